/** Files of presets, for whatever comes: there and back, and never anything that the forms would refuse. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  readCustomSizeForm,
  writeCustomSizeForm,
} from '../../../server/presets/customSizes/customSizeForm.shared.ts';
import { parsePresetFile, type ReadPresetFile } from '../../../server/presets/file/presetFile.shared.ts';
import { planImport } from '../../../server/presets/file/presetImport.shared.ts';
import { carryPreset, writePresetFile } from '../../../server/presets/file/writtenPresetFile.shared.ts';
import type { CustomSize, CustomSizeContent } from '../../../server/presets/preset.shared.ts';
import { readPresetForm, writePresetForm } from '../../../server/presets/presetForm.shared.ts';
import { keptThings, uuidOf } from './keptArbitraries.ts';

const limits = { presets: 200, specsPerPreset: 60, customSizes: 200 };
const nothing = { presetNames: [], customSizeNames: [], customSizes: [] };

function readOf(result: ReadPresetFile) {
  if (result.kind === 'refused') throw new Error(JSON.stringify(result.faults));
  return result;
}

describe('for whatever comes', () => {
  test('written and read again is the same, here and after an import into nothing', () => {
    fc.assert(
      fc.property(keptThings, ({ sizes, presets }) => {
        fc.pre(sizes.length + presets.length > 0);
        const text = writePresetFile(presets, sizes);
        const parsed = readOf(parsePresetFile(text, limits));
        expect(parsed.presets).toEqual(presets.map((one) => carryPreset(one, sizes)));
        const plan = planImport(parsed, nothing, (at) => `my-${uuidOf(500 + at)}`);
        expect(plan.customSizes).toHaveLength(sizes.length);
        expect(plan.reused).toEqual([]);
        const contents = plan.presets.map(({ content }) => content);
        expect(
          writePresetFile(
            contents,
            inOrderOf(
              sizes,
              plan.customSizes.map(({ size }) => size),
            ),
          ),
        ).toBe(text);
      }),
      { numRuns: 300 },
    );
  });

  test('a file that was spoiled anywhere is read by the rules of the forms or refused by path, and nothing throws', () => {
    fc.assert(
      fc.property(keptThings, fc.nat(), junk, ({ sizes, presets }, place, value) => {
        const spoiled =
          JSON.stringify(spoil(JSON.parse(writePresetFile(presets, sizes)), place, value)) ?? '';
        expectLawful(parsePresetFile(spoiled, limits));
      }),
      { numRuns: 600 },
    );
  });

  test('any text is refused or lawful, and nothing throws', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.json(),
      fc.string().map((text) => `{"schema":"all-img-fit-presets/1","presets":${text}}`),
    );
    fc.assert(
      fc.property(texts, (text) => expectLawful(parsePresetFile(text, limits))),
      { numRuns: 500 },
    );
  });
});

const junk = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    -1,
    0,
    0.5,
    1e300,
    2 ** 53,
    '',
    'x'.repeat(5000),
    '\ud800',
    null,
    [],
    {},
    'jpeg',
    'px',
    true,
  ),
);

/** Changes one of the values inside, the first one at place 0. */
function spoil(value: unknown, place: number, by: unknown): unknown {
  let left = place % Math.max(1, countOf(value));
  const walk = (inner: unknown): unknown => {
    if (left-- === 0) return by;
    if (Array.isArray(inner)) return inner.map(walk);
    if (typeof inner !== 'object' || inner === null) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, one]) => [name, walk(one)]));
  };
  return walk(value);
}

function countOf(value: unknown): number {
  const inner = typeof value === 'object' && value !== null ? Object.values(value) : [];
  return inner.reduce<number>((sum, one) => sum + countOf(one), 1);
}

function expectLawful(result: ReadPresetFile): void {
  if (result.kind === 'refused') {
    expect(result.faults.length).toBeGreaterThan(0);
    for (const { path, message } of result.faults) {
      expect(path).toMatch(/^($|schema$|presets\b|customSizes\b|\w+$|\[")/);
      expect(message).toMatch(/\S.*[.]$/s);
      expect(message.length).toBeLessThan(300);
    }
    return;
  }
  const items = result.presets.flatMap((one) => one.items);
  const sizes = items.flatMap((one): CustomSizeContent[] =>
    one.kind === 'customSize' ? [one.customSize] : [],
  );
  for (const size of [...sizes, ...result.customSizes]) {
    expect(readCustomSizeForm(writeCustomSizeForm(size)).content).toEqual(size);
  }
  const { presets } = planImport(result, nothing, (at) => `my-${uuidOf(at)}`);
  for (const { content } of presets)
    expect(readPresetForm(writePresetForm(content), limits).content).toEqual(content);
}

/** The custom sizes that an import made, in the order in which they were kept before. */
function inOrderOf(before: readonly CustomSize[], made: readonly CustomSize[]): CustomSize[] {
  return before.flatMap(({ name }) => made.find((size) => size.name === name) ?? []);
}
