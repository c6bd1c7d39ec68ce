/** A row of the catalogue as a person writes it (catalogue/*.json), and its meaning as a Spec. */
import { z } from 'zod';
import { formats, type SafeArea, type Spec } from './spec.shared.ts';

const px = z.int().min(16).max(10_000);
const bytes = z.int().positive();
const percent = z.number().min(0).max(100);
const mm = z.number().positive().max(100);

/** Safe areas are written in the unit of their source, so that a reader can compare the two. */
const writtenSafeArea = z.union([
  z.strictObject({
    insetPercent: z.strictObject({
      top: percent.default(0),
      right: percent.default(0),
      bottom: percent.default(0),
      left: percent.default(0),
    }),
  }),
  /** The same distance from all four edges; needs `dpi`. */
  z.strictObject({ insetMm: mm }),
  /** Width and height in pixels of a rectangle in the middle. */
  z.strictObject({ centrePx: z.tuple([px, px]) }),
  /** Radius of a circle in the middle, in percent of the smaller side. */
  z.strictObject({ circlePercent: percent }),
]);
type WrittenSafeArea = z.infer<typeof writtenSafeArea>;

const source = z.strictObject({
  text: z.string().trim().min(1),
  url: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
});

const writtenSpec = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'),
    name: z.string().trim().min(1).max(40),
    version: z.int().positive(),
    widthPx: px,
    heightPx: px,
    formats: z.array(z.enum(formats)).min(1),
    minBytes: bytes.nullable().default(null),
    maxBytes: bytes.nullable().default(null),
    dpi: z.int().min(30).max(2400).nullable().default(null),
    safeArea: writtenSafeArea.nullable().default(null),
    mask: z.enum(['circle', 'rounded']).nullable().default(null),
    background: z.string().trim().min(1).nullable().default(null),
    note: z.string().trim().default(''),
    sources: z.array(source).min(1),
    confidence: z.enum(['A', 'B']),
    checkedOn: z.iso.date(),
  })
  .refine((row) => row.minBytes === null || row.maxBytes === null || row.minBytes < row.maxBytes, {
    path: ['minBytes'],
    message: 'must be below maxBytes',
  })
  .refine((row) => row.safeArea === null || !('insetMm' in row.safeArea) || row.dpi !== null, {
    path: ['safeArea'],
    message: 'in millimetres needs dpi',
  })
  .refine((row) => row.safeArea === null || liesInside(row.safeArea, row), {
    path: ['safeArea'],
    message: 'must lie inside the image',
  });

/** One file of the catalogue: a group and its specs in the order of the page. */
export const writtenGroup = z.strictObject({
  group: z.string().trim().min(1),
  specs: z.array(writtenSpec).min(1),
});

/** The written row as the rest of the product knows it: the group inside, the safe area in fractions of 0..1. */
export function toSpec(group: string, row: z.infer<typeof writtenSpec>): Spec {
  return {
    ...row,
    group,
    safeArea: row.safeArea === null ? null : toFractions(row.safeArea, row),
    background: row.background === null ? null : { words: row.background, colour: null },
    minPx: null,
    maxPx: null,
    derived: [],
    head: null,
    sizing: { kind: 'fixed' },
    printedMm: null,
    alsoTaken: [],
    fit: null,
    quality: null,
    proofs: {},
    differ: [],
    earlier: [],
  };
}

interface Sizes {
  widthPx: number;
  heightPx: number;
  dpi: number | null;
}

function toFractions(written: WrittenSafeArea, { widthPx, heightPx, dpi }: Sizes): SafeArea {
  if ('insetPercent' in written) {
    const { top, right, bottom, left } = written.insetPercent;
    return {
      kind: 'inset',
      top: top / 100,
      right: right / 100,
      bottom: bottom / 100,
      left: left / 100,
    };
  }
  if ('insetMm' in written) {
    const insetPx = (written.insetMm * (dpi ?? 0)) / 25.4;
    const [x, y] = [insetPx / widthPx, insetPx / heightPx];
    return { kind: 'inset', top: y, right: x, bottom: y, left: x };
  }
  if ('centrePx' in written) {
    const [width, height] = [written.centrePx[0] / widthPx, written.centrePx[1] / heightPx];
    return {
      kind: 'rectangle',
      x: (1 - width) / 2,
      y: (1 - height) / 2,
      width,
      height,
    };
  }
  return {
    kind: 'circle',
    x: 0.5,
    y: 0.5,
    radius: written.circlePercent / 100,
  };
}

function liesInside(written: WrittenSafeArea, sizes: Sizes): boolean {
  const area = toFractions(written, sizes);
  if (area.kind === 'inset') return area.left + area.right < 1 && area.top + area.bottom < 1;
  if (area.kind === 'rectangle')
    return area.width > 0 && area.width <= 1 && area.height > 0 && area.height <= 1;
  return area.radius > 0 && area.radius <= 0.5;
}
