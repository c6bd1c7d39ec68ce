/** What it costs to read a file and to plan its import: as much as one person may keep, whatever somebody sends. */
import { expect, test } from 'vitest';
import { parsePresetFile, type ReadPresetFile } from '../../../server/presets/file/presetFile.shared.ts';
import { planImport } from '../../../server/presets/file/presetImport.shared.ts';
import { writePresetFile } from '../../../server/presets/file/writtenPresetFile.shared.ts';

const limits = { presets: 200, specsPerPreset: 60, customSizes: 200 };
const nothing = { presetNames: [], customSizeNames: [], customSizes: [] };

const fileOf = (content: object) => JSON.stringify({ schema: 'all-img-fit-presets/1', ...content });
const sizeOf = (px: number, name = 's') => ({ name, size: { kind: 'longest', px }, formats: ['png'] });
const presetOf = (items: unknown, name = 'p') => ({
  name,
  fit: { mode: 'cover', enlarge: false, background: { kind: 'blur' } },
  settings: { format: 'auto', quality: 90, template: '{photo}' },
  items,
});
const times = <Value>(count: number, make: (at: number) => Value) =>
  Array.from({ length: count }, (_, at) => make(at));

function faultOf(result: ReadPresetFile): string {
  if (result.kind === 'read') throw new Error('It was read');
  return result.faults.map(({ path, message }) => `${path}: ${message}`).join('\n');
}

/** The least of three runs, in milliseconds of this process. */
function costOf(work: () => void): number {
  const runs = times(3, () => {
    const start = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}

test.each<[string, string, string]>([
  ['presets', fileOf({ presets: Array(300_000).fill(1) }), 'presets: must be at most 200 entries long.'],
  [
    'custom sizes',
    fileOf({ presets: [], customSizes: times(1800, (at) => sizeOf(at + 1)) }),
    'customSizes: must be at most 200 entries long.',
  ],
  [
    'items',
    fileOf({ presets: [presetOf([{ spec: 'a', version: 1 }]), presetOf(Array(300_000).fill(1))] }),
    'presets[1].items: A preset holds 60 specs at most, and this would be 300000.',
  ],
])('a file of far too many %s is refused in words', (_what, text, fault) => {
  expect(faultOf(parsePresetFile(text, limits))).toBe(fault);
});

test('more faults than can be named are a fault, also where one person may keep as much as that', () => {
  const text = fileOf({ presets: Array(300_000).fill(1) });
  const fault = faultOf(parsePresetFile(text, { ...limits, presets: 300_000 }));
  expect(fault).toBe(': Too much of it is wrong to name it all.');
});

test('refusing what is too many costs about as much as reading its JSON: nothing of it is looked at', () => {
  const texts = [
    fileOf({ presets: [], customSizes: times(15_000, (at) => sizeOf(at + 1)) }),
    fileOf({ presets: [presetOf(times(28_000, (at) => ({ spec: `s${at}`, version: 1 })))] }),
  ];
  for (const text of texts) {
    const json = costOf(() => JSON.parse(text));
    expect(costOf(() => parsePresetFile(text, limits))).toBeLessThan(20 * json + 50);
  }
});

test('twice as many custom sizes and presets of one name cost about twice as much to plan', () => {
  const file = (count: number) => {
    const read = parsePresetFile(
      fileOf({
        presets: times(count, () => presetOf([{ spec: 'a', version: 1 }])),
        customSizes: times(count, (at) => sizeOf(at + 1, `s${at}`)),
      }),
      { ...limits, presets: count, customSizes: count },
    );
    if (read.kind === 'refused') throw new Error(faultOf(read));
    return { ...read, customSizes: read.customSizes.map((size) => ({ ...size, name: 's' })) };
  };
  const [small, large] = [file(800), file(1600)];
  const plan = (one: typeof small) => planImport(one, nothing, (at) => `my-${at}`);
  expect(plan(large).customSizes.at(-1)?.size.name).toBe('s 1600');
  expect(plan(large).presets.at(-1)?.content.name).toBe('p 1600');
  const least = costOf(() => plan(small));
  expect(costOf(() => plan(large))).toBeLessThan(3 * least + 30);
});

test('a full account, with custom sizes and a fit in every place, is written and read again, and sent as a form', () => {
  const colour = '#123456';
  const fit = { mode: 'contain', enlarge: true, background: { kind: 'colour', colour } } as const;
  const named = (at: number) => `Custom size ${at} `.padEnd(60, 'x');
  const read = parsePresetFile(
    fileOf({
      presets: times(200, (p) =>
        presetOf(
          times(60, (at) => ({ customSize: named((p + at) % 200), fit })),
          `p${p}`,
        ),
      ),
      customSizes: times(200, (at) => sizeOf(at + 1, named(at))),
    }),
    limits,
  );
  if (read.kind === 'refused') throw new Error(faultOf(read));
  const plan = planImport(read, nothing, (at) => `my-${at}`);
  const text = writePresetFile(
    plan.presets.map(({ content }) => content),
    plan.customSizes.map(({ size }) => size),
  );
  expect(text.length).toBeGreaterThan(2_000_000);
  expect(parsePresetFile(text, limits)).toEqual(read);
  expect(new URLSearchParams({ json: text }).toString().length).toBeLessThan(4 * 1024 * 1024 - 1000);
  expect(costOf(() => void parsePresetFile(text, limits))).toBeLessThan(3000);
});
