import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkByNames } from '../../../../client/engine/receipt/checkByNames.ts';
import { checkByReceipt, type FoundFile } from '../../../../client/engine/receipt/checkFiles.ts';
import { parseReceipt } from '../../../../client/engine/receipt/parseReceipt.ts';
import { type Receipt, writeReceipt } from '../../../../client/engine/receipt/receipt.ts';
import type { Spec } from '../../../../server/specs/spec.shared.ts';
import { facts, ofSize } from '../verdictCases.ts';
import { receiptOf, specIds, specNamed } from './receipts.ts';

const hash = (letter: string) => letter.repeat(64);
const factsOf = (spec: Spec) => ({
  ...facts,
  ...ofSize(spec.widthPx, spec.heightPx),
  bytes: 200_000,
  dpi: spec.dpi,
});
const receipt = receiptOf((spec) => ({ facts: factsOf(spec), bytes: 200_000, sha256: hash('a') }));
const found: FoundFile[] = specIds.map((id) => ({
  name: `fig-${id}.jpg`,
  facts: factsOf(specNamed(id)),
  sha256: hash('a'),
}));

function reasonFor(value: unknown): string {
  const parsed = parseReceipt(typeof value === 'string' ? value : JSON.stringify(value));
  return parsed.ok ? 'read' : parsed.reason;
}

/** The receipt with one field changed. */
function changed(change: (copy: Record<string, never>) => void): unknown {
  const copy = JSON.parse(writeReceipt(receipt));
  change(copy);
  return copy;
}

describe('a receipt', () => {
  it('comes back from its text as it was', () => {
    expect(parseReceipt(writeReceipt(receipt))).toEqual({ ok: true, receipt });
    expect(reasonFor(`\ufeff${writeReceipt(receipt)}`)).toBe('read');
  });

  it('has each spec once, with just what is judged, and each file’s verdict with its sources', () => {
    expect(receipt.specs.map(({ id }) => id)).toEqual(specIds);
    expect(receipt.specs[0]).not.toHaveProperty('safeArea');
    expect(receipt.files[0]?.verdicts[0]).toMatchObject({ specId: 'instagram-square', state: 'green' });
    expect(receipt.files[0]?.verdicts[0]?.rows[0]?.checkedOn).toMatch(/^2026-/);
  });

  it.each<[string, unknown, RegExp]>([
    ['no JSON', '{', /not JSON/],
    ['something else', [], /not a receipt of All Img Fit: the file is not an object/],
    ['null', null, /not a receipt/],
    ['a newer version', { allImgFitReceipt: 2 }, /newer All Img Fit/],
    [
      'a file of a spec that is not there',
      changed((copy) => Object.assign(copy, { specs: [] })),
      /which it does not describe/,
    ],
    [
      'a file of a photo that is not there',
      changed((copy) => Object.assign(copy, { photos: [] })),
      /does not name/,
    ],
    [
      'a number that is a text',
      changed((copy) => Object.assign(copy.files?.[0] ?? {}, { bytes: '9' })),
      /files\[0\]\.bytes/,
    ],
    [
      'a hash that is none',
      changed((copy) => Object.assign(copy.files?.[1] ?? {}, { sha256: 'x' })),
      /files\[1\]\.sha256/,
    ],
    [
      'a spec with a side that no canvas has',
      changed((copy) => Object.assign(copy.specs?.[0] ?? {}, { widthPx: 16_385 })),
      /specs\[0\]\.widthPx/,
    ],
    [
      'more specs than a wall can show',
      changed((copy) => Object.assign(copy, { specs: Array(501).fill(copy.specs?.[0]) })),
      /specs is not a list of at most 500/,
    ],
    [
      'a format that there is not',
      changed((copy) => Object.assign(copy.specs?.[0] ?? {}, { formats: ['gif'] })),
      /specs\[0\]\.formats\[0\]/,
    ],
  ])('is not read from %s, and says where', (_name, value, reason) => {
    expect(reasonFor(value)).toMatch(reason);
  });

  it('is parsed or refused, whatever the text, and never throws', () => {
    const text = writeReceipt(receipt);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json({ maxDepth: 3 })), (any) => {
        expect(reasonFor(any)).not.toBe('read');
      }),
    );
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (at, put) => {
        expect(typeof reasonFor(text.slice(0, at) + put + text.slice(at + 1))).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it('takes no field that it does not know, not even a prototype', () => {
    const text = writeReceipt(receipt).replace('{', '{"__proto__": {"polluted": true}, "extra": 1,');
    const parsed = parseReceipt(text);
    expect(parsed).toEqual({ ok: true, receipt });
    expect(parsed.ok && 'polluted' in parsed.receipt).toBe(false);
  });
});

describe('a folder checked by its receipt', () => {
  const stateOf = (files: FoundFile[], of: Receipt = receipt) =>
    checkByReceipt(of, files).map(({ name, state, notes }) => [name, state, notes.length]);

  it('is green when every file is the one that was made', () => {
    expect(stateOf(found)).toEqual(specIds.map((id) => [`fig-${id}.jpg`, 'green', 0]));
  });

  it('is red for a missing file, amber for a changed or unknown one', () => {
    const [first, second] = found;
    if (!first || !second) throw new Error('no files');
    const files = [{ ...first, sha256: hash('b') }, second, { ...second, name: 'notes.txt', facts: null }];
    expect(stateOf(files)).toEqual([
      ['fig-instagram-square.jpg', 'amber', 1],
      ['fig-instagram-portrait-4x5.jpg', 'green', 0],
      ['fig-us-visa-digital.jpg', 'red', 1],
      ['notes.txt', 'amber', 1],
    ]);
  });

  it('is red for a file that breaks a rule, or that is no image any more', () => {
    const broken = found.map((file, index) =>
      index === 0
        ? { ...file, facts: { ...facts, ...ofSize(10, 10) } }
        : index === 1
          ? { ...file, facts: null }
          : file,
    );
    expect(stateOf(broken).map(([, state]) => state)).toEqual(['red', 'red', 'green']);
  });
});

describe('a folder checked by names', () => {
  const specs = ['x-post', 'instagram-square', 'us-visa-digital'].map(specNamed);

  it('each file counts for the spec in its name, never for a part of a longer word', () => {
    const file = (name: string, id: string) => ({ name, facts: factsOf(specNamed(id)), sha256: hash('a') });
    const checked = checkByNames({ specs, uses: new Map() }, [
      file('a-instagram-square-1080x1080.jpg', 'instagram-square'),
      file('us-visa-digital.jpg', 'x-post'),
      file('xx-post.jpg', 'x-post'),
    ]);
    expect(checked.map(({ name, state }) => [name, state])).toEqual([
      ['a-instagram-square-1080x1080.jpg', 'green'],
      ['us-visa-digital.jpg', 'red'],
      ['xx-post.jpg', 'amber'],
      ['x-post', 'red'],
    ]);
  });

  it('a file that a receipt names for several specs counts for each of them', () => {
    const file = { name: 'fig.jpg', facts: factsOf(specNamed('instagram-square')), sha256: hash('a') };
    const uses = new Map([['fig.jpg', ['instagram-square', 'x-post']]]);
    const checked = checkByNames({ specs, uses }, [file]);
    expect(checked[0]?.uses.map(({ spec, state }) => [spec.id, state])).toEqual([
      ['x-post', 'red'],
      ['instagram-square', 'green'],
    ]);
    expect(checked.slice(1).map(({ name }) => name)).toEqual(['us-visa-digital']);
  });
});
