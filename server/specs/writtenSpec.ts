/**
 * The catalogue as people write it (catalogue/*.json): every value once, in the unit of its source. What the values mean is
 * in writtenRules.ts and writtenProofs.ts, how to write them in CONTRIBUTING.md.
 */
import { z } from 'zod';
import { confidences, formats, ruleNames } from './spec.shared.ts';

const px = z.int().min(16).max(10_000);
/** For limits and bands, which may lie below any size that we make or above it. */
const anyPx = z.int().min(0).max(100_000);
const bytes = z.int().positive();
const percent = z.number().min(0).max(100);
const mm = z.number().positive().max(1000);
const words = z.string().trim().min(1).max(200);
const name = z.string().trim().min(1).max(40);
const mask = z.enum(['circle', 'rounded']);
const hasSome = (limits: object) => Object.values(limits).some((limit) => limit !== undefined);

/** A rectangle of the image. */
const rectangles = [
  /** Width and height in pixels, in the middle. */
  z.strictObject({ centrePx: z.tuple([px, px]) }),
  /** The largest one of this shape, in the middle. */
  z.strictObject({ centreRatio: z.tuple([z.number().positive(), z.number().positive()]) }),
  /** Left, top, width, height. */
  z.strictObject({ rectanglePx: z.tuple([anyPx, anyPx, px, px]) }),
  z.strictObject({ rectanglePercent: z.tuple([percent, percent, percent, percent]) }),
] as const;
const rectangle = z.union(rectangles);
export type WrittenRectangle = z.infer<typeof rectangle>;

const edges = { top: percent, right: percent, bottom: percent, left: percent };
const safeArea = z.union([
  ...rectangles,
  z.strictObject({ insetPercent: z.strictObject(edges).partial().refine(hasSome, 'names no edge') }),
  /** The same distance from all four edges; needs a size in mm or inches. */
  z.strictObject({ insetMm: mm }),
  /** Radius of a circle in the middle, in percent of the smaller side. */
  z.strictObject({ circlePercent: percent }),
]);
export type WrittenSafeArea = z.infer<typeof safeArea>;

const derivedView = z.strictObject({
  name,
  /** Left out: all of the image. `safeArea`: the very rectangle of that rule. */
  area: z.union([rectangle, z.literal('safeArea')]).optional(),
  mask: mask.optional(),
  shownPx: z.int().min(8).max(10_000).optional(),
});

const pixelLimit = z
  .strictObject({ width: anyPx, height: anyPx, longest: anyPx })
  .partial()
  .refine(hasSome, 'limits nothing');

/** From, to; null for no end. Millimetres are those on paper and need a size in mm or inches. */
const range = (unit: z.ZodNumber) => z.tuple([unit.nullable(), unit.nullable()]);
const band = z.union([
  z.strictObject({ mm: range(mm) }),
  z.strictObject({ percent: range(percent) }),
  z.strictObject({ px: range(anyPx) }),
]);
export type WrittenBand = z.infer<typeof band>;

const head = z.strictObject({
  words,
  height: band.optional(),
  eyes: band.optional(),
  above: band.optional(),
  width: band.optional(),
  mayCrop: z.boolean().default(true),
});

/** What a version is counted for. In a row null says the same as leaving out; in an earlier version null says "had none". */
const writtenRules = z
  .strictObject({
    widthPx: px.nullable(),
    heightPx: px.nullable(),
    /** Width, height on paper. With `dpi` they give the pixels; beside pixels they give the measure of millimetres. */
    sizeMm: z.tuple([mm, mm]).nullable(),
    sizeIn: z.tuple([mm, mm]).nullable(),
    dpi: z.int().min(30).max(2400).nullable(),
    formats: z.array(z.enum(formats)).min(1),
    minBytes: bytes.nullable(),
    maxBytes: bytes.nullable(),
    minPx: pixelLimit.nullable(),
    maxPx: pixelLimit.nullable(),
    /** The place takes no other size: the same as `minPx` and `maxPx` of this size. */
    exact: z.boolean().nullable(),
    safeArea: safeArea.nullable(),
    mask: mask.nullable(),
    derived: z.array(derivedView).nullable(),
    background: z
      .strictObject({
        words,
        colour: z
          .string()
          .regex(/^#[0-9a-f]{6}$/)
          .optional(),
      })
      .nullable(),
    head: head.nullable(),
  })
  .partial();
export type WrittenRules = z.infer<typeof writtenRules>;

const sourceKey = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens');
const proof = z.strictObject({
  sources: z.array(sourceKey).optional(),
  confidence: z.enum(confidences).optional(),
  checkedOn: z.iso.date().optional(),
});

const writtenSpec = z.strictObject({
  id: z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens')
    .regex(/^(?!my-)/, 'must not begin with my-, which custom sizes do'),
  name,
  version: z.int().positive(),
  ...writtenRules.shape,
  formats: z.array(z.enum(formats)).min(1),
  alsoTaken: z.array(z.string().regex(/^[A-Z][A-Z0-9]+$/, 'must be a name like GIF')).default([]),
  note: z.string().trim().max(400).default(''),
  /** Keys of the file's sources; left out with confidence K alone. */
  sources: z.array(sourceKey).default([]),
  /** These two are of every rule that `proofs` does not name. */
  confidence: z.enum(confidences),
  checkedOn: z.iso.date(),
  proofs: z.partialRecord(z.enum(ruleNames), proof).default({}),
  differ: z
    .array(
      z.strictObject({
        rule: z.enum(ruleNames),
        says: z.array(z.strictObject({ words, source: sourceKey.optional() })).min(2),
      }),
    )
    .default([]),
  /** Newest first: all versions before this one, each with the rules that it had otherwise. */
  earlier: z
    .array(z.strictObject({ version: z.int().positive(), until: z.iso.date(), rules: writtenRules }))
    .default([]),
});
export type WrittenSpec = z.infer<typeof writtenSpec>;

const source = z.strictObject({
  text: words,
  url: z
    .url({ protocol: /^https?$/, hostname: /^[a-z0-9-]+(\.[a-z0-9-]+)+$/ })
    .max(300)
    .regex(/^[!-~]+$/, 'must have neither spaces nor other characters that a link escapes')
    .nullable()
    .default(null),
});
export type Source = z.infer<typeof source>;

/** One file of the catalogue: a group, what its specs were read from, and the specs in the order of the page. */
export const writtenGroup = z.strictObject({
  group: z.string().trim().min(1).max(40),
  sources: z.record(sourceKey, source).default({}),
  specs: z.array(writtenSpec).min(1),
});
