/** What a preset has to be wherever it comes from: the table, local storage, a file, a link, a field of a form. */
import * as z from 'zod/mini';
import { fitModes } from '../specs/fit.shared.ts';
import { formatWishes } from '../specs/spec.shared.ts';
import { longestTemplate } from './nameTemplate.shared.ts';
import { longestName, type PresetItem } from './preset.shared.ts';

// Else zod tries whether it may compile code, which the policy of our pages forbids and reports.
z.config({ jitless: true });

export const fitShape = z.strictObject({
  mode: z.enum(fitModes),
  enlarge: z.boolean(),
  background: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('colour'), colour: z.string().check(z.regex(/^#[0-9a-f]{6}$/)) }),
    z.strictObject({ kind: z.literal('transparent') }),
    z.strictObject({ kind: z.literal('blur') }),
  ]),
});

/** The longest id of the catalogue has half as many characters. */
const longestSpecId = 80;
const specIdForm = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const latestVersion = 1_000_000;

export const presetItemShape = z.strictObject({
  specId: z.string().check(z.maxLength(longestSpecId), z.regex(specIdForm)),
  version: z.int().check(z.gte(1), z.lte(latestVersion)),
  fit: z.nullable(fitShape),
});

/**
 * A list of the same items, which are only said to be right or not. The list of presets reads 12,000 at once: so it takes a
 * millisecond or two, and by `presetItemShape` twenty.
 */
export const presetItemsShape = z.custom<PresetItem[]>(
  (value) => Array.isArray(value) && value.every(isPresetItem),
);

function isPresetItem(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 3) return false;
  if (!('specId' in value && 'version' in value && 'fit' in value)) return false;
  const { specId, version, fit } = value;
  return (
    typeof specId === 'string' &&
    specId.length <= longestSpecId &&
    specIdForm.test(specId) &&
    typeof version === 'number' &&
    Number.isInteger(version) &&
    version >= 1 &&
    version <= latestVersion &&
    (fit === null || fitShape.safeParse(fit).success)
  );
}

const offUnlessSaid = z._default(z.boolean(), false);

export const exportSettingsShape = z.strictObject({
  format: z.enum(formatWishes),
  quality: z.int().check(z.gte(1), z.lte(100)),
  template: z.string().check(z.minLength(1), z.maxLength(longestTemplate)),
  smallest: offUnlessSaid,
  linear: offUnlessSaid,
  keepCopyright: offUnlessSaid,
  keepDate: offUnlessSaid,
  keepProfile: offUnlessSaid,
  keepPlace: offUnlessSaid,
});

export const presetContentShape = z.strictObject({
  /** Twice as many UTF-16 units as code points may be. */
  name: z.string().check(z.minLength(1), z.maxLength(2 * longestName)),
  items: presetItemsShape,
  fit: fitShape,
  settings: exportSettingsShape,
});
