/** What a preset has to be wherever it comes from: the table, local storage, a file, a link, a field of a form. */
import * as z from 'zod/mini';
import { fitModes } from '../specs/fit.shared.ts';
import { formats } from '../specs/spec.shared.ts';
import { longestTemplate } from './nameTemplate.shared.ts';
import { longestName } from './preset.shared.ts';

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

export const presetItemShape = z.strictObject({
  specId: z.string().check(z.maxLength(longestSpecId), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)),
  version: z.int().check(z.gte(1), z.lte(1_000_000)),
  fit: z.nullable(fitShape),
});

export const exportSettingsShape = z.strictObject({
  format: z.enum(['auto', ...formats]),
  quality: z.int().check(z.gte(1), z.lte(100)),
  template: z.string().check(z.minLength(1), z.maxLength(longestTemplate)),
});

export const presetContentShape = z.strictObject({
  /** Twice as many UTF-16 units as code points may be. */
  name: z.string().check(z.minLength(1), z.maxLength(2 * longestName)),
  items: z.array(presetItemShape),
  fit: fitShape,
  settings: exportSettingsShape,
});
