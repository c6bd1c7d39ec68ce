/** A change of a rule bumps the version, and ids stay: held by specsLock.json. UPDATE_SPECS_LOCK=1 adds what is new to it. */
import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createCatalogue } from '../../server/specs/catalogue.shared.ts';
import { builtIn } from '../../server/specs/catalogue.ts';
import { brokenVersions, lockNewVersions } from './specsLock.ts';
import { parseRow } from './writtenRow.ts';

const file = 'test/server/specsLock.json';
const howToAdd = `UPDATE_SPECS_LOCK=1 npx vitest run --config test/vitest.config.ts test/server/specsLock`;
const readLock = () =>
  z
    .record(z.string(), z.record(z.string(), z.string().regex(/^[0-9a-f]{64}$/)))
    .parse(JSON.parse(fs.readFileSync(file, 'utf8')));

describe('the catalogue', () => {
  test('has every version that was locked, with the rules that it had', () => {
    expect(Object.keys(readLock()).length).toBeGreaterThanOrEqual(173);
    expect(brokenVersions(builtIn, readLock())).toEqual([]);
  });

  test('has all its versions locked', () => {
    const wanted = lockNewVersions(builtIn, readLock());
    if (process.env.UPDATE_SPECS_LOCK === '1') fs.writeFileSync(file, `${JSON.stringify(wanted, null, 2)}\n`);
    expect(readLock(), `a new spec or version is added by: ${howToAdd}`).toEqual(wanted);
  });
});

describe('a lock', () => {
  const catalogueOf = (...changes: Record<string, unknown>[]) => createCatalogue(changes.map(parseRow), []);
  const lock = lockNewVersions(catalogueOf({ maxBytes: 9 }), {});
  const earlier = [{ version: 1, until: '2026-11-20', rules: { maxBytes: 9 } }];
  const corrected = catalogueOf({ version: 2, maxBytes: 8, earlier });

  test('is content with the same rules, under another name, note, proof and order of fields', () => {
    const told = catalogueOf({
      maxBytes: 9,
      name: 'Other',
      note: 'More.',
      confidence: 'C',
      alsoTaken: ['GIF'],
    });
    expect(brokenVersions(told, lock)).toEqual([]);
    expect(lockNewVersions(told, lock)).toEqual(lock);
    const [spec = parseRow({})] = told.specs;
    const turned = Object.fromEntries(Object.entries(spec).toReversed());
    expect(lockNewVersions(createCatalogue([{ ...spec, ...turned }], []), {})).toEqual(lock);
  });

  test.each([
    ['a limit', { maxBytes: 8 }],
    ['a size', { maxBytes: 9, widthPx: 1081 }],
    ['the preferred format', { maxBytes: 9, formats: ['png', 'jpeg'] }],
    ['a safe area', { maxBytes: 9, safeArea: { circlePercent: 40 } }],
    ['the words of a background', { maxBytes: 9, background: { words: 'white' } }],
  ])('refuses that %s changes and the version does not', (_what, change) => {
    expect(brokenVersions(catalogueOf(change), lock)).toEqual([
      'place-post: a rule changed, so version has to be 2, and earlier has to say what was',
    ]);
    expect(lockNewVersions(catalogueOf(change), lock)).toEqual(lock); // and updating does not make it good
  });

  test('refuses that an id goes or gets another name', () => {
    const renamed = catalogueOf({ id: 'place-picture', maxBytes: 9 });
    const gone = ['place-post: is gone, but presets name it: an id stays as it is'];
    expect(brokenVersions(renamed, lock)).toEqual(gone);
    expect(brokenVersions(renamed, lockNewVersions(renamed, lock))).toEqual(gone);
  });

  test('takes a correction that says what was, and refuses one that says it wrong or goes back again', () => {
    expect(brokenVersions(corrected, lock)).toEqual([]);
    const both = lockNewVersions(corrected, lock);
    expect(Object.keys(both['place-post'] ?? {})).toEqual(['1', '2']);
    expect(brokenVersions(corrected, both)).toEqual([]);
    const wrong = [{ version: 1, until: '2026-11-20', rules: { maxBytes: 10 } }];
    expect(brokenVersions(catalogueOf({ version: 2, maxBytes: 8, earlier: wrong }), both)).toEqual([
      'place-post: earlier does not give the rules that version 1 had',
    ]);
    expect(brokenVersions(catalogueOf({ maxBytes: 9 }), both)).toEqual([
      'place-post: version went back from 2 to 1',
    ]);
  });

  test('takes a new spec', () => {
    const more = catalogueOf({ maxBytes: 9 }, { id: 'place-story', name: 'Story' });
    expect(brokenVersions(more, lock)).toEqual([]);
    expect(Object.keys(lockNewVersions(more, lock))).toEqual(['place-post', 'place-story']);
  });
});
