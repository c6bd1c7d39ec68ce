/** The form in which the content of a custom size is kept and sent. Its rules are those of the form: see customSizeForm. */
import * as z from 'zod/mini';
import { formats } from '../../specs/spec.shared.ts';
import { type CustomSizeContent, longestName, units } from '../preset.shared.ts';
import { fitShape } from '../presetShape.shared.ts';

const number = z.number();

const sizeShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('size'), width: number, height: number, unit: z.enum(units) }),
  z.strictObject({ kind: z.literal('ratio'), width: number, height: number }),
  z.strictObject({ kind: z.literal('longest'), px: number }),
  z.strictObject({ kind: z.literal('percent'), percent: number }),
]);

const safeAreaShape = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('inset'), top: number, right: number, bottom: number, left: number }),
  z.strictObject({ kind: z.literal('rectangle'), x: number, y: number, width: number, height: number }),
  z.strictObject({ kind: z.literal('circle'), x: z.literal(0.5), y: z.literal(0.5), radius: number }),
]);

/** What a custom size is apart from its name, as the table keeps it. */
export const customSizeRulesShape = z.strictObject({
  size: sizeShape,
  fit: z.nullable(fitShape),
  formats: z.array(z.enum(formats)).check(z.minLength(1), z.maxLength(formats.length)),
  quality: z.nullable(number),
  minBytes: z.nullable(z.int()),
  maxBytes: z.nullable(z.int()),
  dpi: z.nullable(number),
  safeArea: z.nullable(safeAreaShape),
  mask: z.nullable(z.enum(['circle', 'rounded'])),
});

export const customSizeContentShape = z.strictObject({
  /** Twice as many UTF-16 units as code points may be. */
  name: z.string().check(z.minLength(1), z.maxLength(2 * longestName)),
  ...customSizeRulesShape.shape,
});

// The shape and the type are one thing: what the shape takes has to be a content.
customSizeContentShape satisfies z.ZodMiniType<CustomSizeContent>;
