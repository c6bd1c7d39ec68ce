/** The step lists for people who add or correct a spec, followed to the letter. */
import fs from 'node:fs';
import { expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { parseCatalogue } from '../../server/specs/parseCatalogue.ts';
import { writtenGroup } from '../../server/specs/writtenSpec.ts';

const guide = fs.readFileSync('CONTRIBUTING.md', 'utf8');
const [added = '', corrected = ''] = [...guide.matchAll(/```json\n(.*?)```/gs)].map(
  ([, example = '']) => example,
);
const row: Record<string, unknown> = JSON.parse(added);
const change: Record<string, unknown> = JSON.parse(`{${corrected}}`);
const file = (specs: unknown[], ...keys: string[]) => {
  const sources = Object.fromEntries(keys.map((key) => [key, { text: key, url: 'https://example.org/' }]));
  return [['place.json', { group: 'Instagram', sources, specs }]] as const;
};

test('the row that shows how to add a spec is the one in the catalogue', () => {
  const [spec] = parseCatalogue(file([row], 'recurpost'));
  const { sources, ...rules } = builtIn.find('instagram-portrait-4x5') ?? {};
  expect(sources).toHaveLength(1);
  expect(spec).toMatchObject(rules);
});

test('the correction that is shown makes a new version and keeps the old value', () => {
  const [spec] = parseCatalogue(
    file([{ ...row, ...change, sources: ['recurpost', 'api'] }], 'recurpost', 'api'),
  );
  expect(spec).toMatchObject({
    version: 2,
    maxBytes: 2_000_000,
    checkedOn: '2026-11-21',
    proofs: { bytes: { sources: [1], confidence: 'A', checkedOn: '2027-01-05' } },
    earlier: [{ version: 1, rules: { maxBytes: 5_000_000 } }],
  });
});

test('every field that a row or a source may have is explained', () => {
  const explained = guide.slice(guide.indexOf('## Add a spec'), guide.indexOf('## Correct a spec'));
  const { sources, specs } = writtenGroup.shape;
  const fields = [specs.element, sources.unwrap().valueType].flatMap(({ shape }) => Object.keys(shape));
  expect(fields).toContain('maxBytes');
  expect(
    fields.filter((field) => field !== 'earlier' && !new RegExp(`[\`"]${field}[\`"]`).test(explained)),
  ).toEqual([]);
});
