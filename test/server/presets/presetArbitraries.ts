/** Presets of every kind, for property tests. */
import fc from 'fast-check';
import type { PresetContent, PresetItem } from '../../../server/presets/preset.shared.ts';
import { type Fit, fitModes } from '../../../server/specs/fit.shared.ts';
import { formatWishes } from '../../../server/specs/spec.shared.ts';

const colour = fc
  .integer({ min: 0, max: 0xffffff })
  .map((value) => `#${value.toString(16).padStart(6, '0')}`);

export const anyFit: fc.Arbitrary<Fit> = fc.record({
  mode: fc.constantFrom(...fitModes),
  enlarge: fc.boolean(),
  background: fc.oneof(
    colour.map((value) => ({ kind: 'colour' as const, colour: value })),
    fc.constant({ kind: 'transparent' as const }),
    fc.constant({ kind: 'blur' as const }),
  ),
});

const specId = fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}$/);

export const anyItems: fc.Arbitrary<PresetItem[]> = fc.uniqueArray(
  fc.record({ specId, version: fc.integer({ min: 1, max: 99 }), fit: fc.option(anyFit) }),
  { selector: (item) => item.specId, minLength: 1, maxLength: 20 },
);

/** What an export does beside, each on or off: fields of a record. */
export const anyExtras = {
  smallest: fc.boolean(),
  linear: fc.boolean(),
  keepCopyright: fc.boolean(),
  keepDate: fc.boolean(),
  keepProfile: fc.boolean(),
  keepPlace: fc.boolean(),
};

export const anyContent: fc.Arbitrary<PresetContent> = fc.record({
  name: fc.stringMatching(/^[A-Za-zäöü0-9<>&"' .]{1,60}$/).filter((name) => name.trim() === name),
  items: anyItems,
  fit: anyFit,
  settings: fc.record({
    format: fc.constantFrom(...formatWishes),
    quality: fc.integer({ min: 1, max: 100 }),
    template: fc.constantFrom('{photo}-{spec}', '{group} {index}', 'x'),
    ...anyExtras,
  }),
});
