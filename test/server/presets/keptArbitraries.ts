/** Random custom sizes and presets, as people may make them: every rule of the forms holds. */

import fc from 'fast-check';
import { checkText } from '../../../server/http/text.shared.ts';
import { pixelsOf } from '../../../server/presets/customSizes/customSize.shared.ts';
import { nameKey } from '../../../server/presets/names.shared.ts';
import { checkTemplate } from '../../../server/presets/nameTemplate.shared.ts';
import type {
  CustomSize,
  CustomSizeContent,
  Preset,
  WrittenSize,
} from '../../../server/presets/preset.shared.ts';
import { builtIn } from '../../../server/specs/catalogue.ts';
import type { Fit } from '../../../server/specs/fit.shared.ts';
import type { Format, SafeArea } from '../../../server/specs/spec.shared.ts';
import { formatWishes } from '../../../server/specs/spec.shared.ts';
import { anyExtras } from './presetArbitraries.ts';

const names = fc
  .oneof(
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }),
    fc.constantFrom(
      'Passport',
      'Größe “A”',
      '商店',
      '<b>&amp;',
      '__proto__',
      'constructor',
      '"], ["',
      "O'Brien\\",
    ),
  )
  .map((name) => name.normalize('NFC').trim())
  .filter((name) => checkText(name, { label: '', min: 1, max: 60 }).fault === null);

const hundredths = (min: number, max: number) =>
  fc.integer({ min: min * 100, max: max * 100 }).map((n) => n / 100);

const sizes: fc.Arbitrary<{ size: WrittenSize; dpi: number | null }> = fc.oneof(
  fc.record({
    size: fc.record({
      kind: fc.constant('size' as const),
      width: fc.integer({ min: 1, max: 16_384 }),
      height: fc.integer({ min: 1, max: 16_384 }),
      unit: fc.constant('px' as const),
    }),
    dpi: fc.option(fc.integer({ min: 30, max: 2400 })),
  }),
  fc.record({
    size: fc.record({
      kind: fc.constant('size' as const),
      width: hundredths(0.01, 17),
      height: hundredths(0.01, 17),
      unit: fc.constantFrom('mm' as const, 'cm' as const, 'in' as const),
    }),
    dpi: fc.integer({ min: 30, max: 900 }),
  }),
  fc.record({
    size: fc
      .record({ kind: fc.constant('ratio' as const), width: hundredths(1, 100), height: hundredths(1, 100) })
      .filter(({ width, height }) => Math.max(width, height) <= 20 * Math.min(width, height)),
    dpi: fc.option(fc.integer({ min: 30, max: 2400 })),
  }),
  fc.record({
    size: fc.oneof(
      fc.record({ kind: fc.constant('longest' as const), px: fc.integer({ min: 1, max: 16_384 }) }),
      fc.record({ kind: fc.constant('percent' as const), percent: hundredths(1, 100) }),
    ),
    dpi: fc.constant(null),
  }),
);

const fits: fc.Arbitrary<Fit> = fc.record({
  mode: fc.constantFrom('cover' as const, 'contain' as const, 'inside' as const, 'stretch' as const),
  enlarge: fc.boolean(),
  background: fc.oneof(
    fc.record({
      kind: fc.constant('colour' as const),
      colour: fc.constantFrom('#ffffff', '#204060', '#000000'),
    }),
    fc.constantFrom({ kind: 'transparent' as const }, { kind: 'blur' as const }),
  ),
});

const share = (hundredthsOfPercent: number) => Number((hundredthsOfPercent / 10_000).toFixed(4));
const half = (hundredthsOfPercent: number) => Number((hundredthsOfPercent / 20_000).toFixed(5));
const edge = fc.integer({ min: 1, max: 4999 }).map(share);
const part = fc.integer({ min: 1, max: 9999 });

const safeAreas: fc.Arbitrary<SafeArea> = fc.oneof(
  fc.record({ kind: fc.constant('inset' as const), top: edge, right: edge, bottom: edge, left: edge }),
  fc.tuple(part, part).map(([width, height]) => ({
    kind: 'rectangle' as const,
    x: half(10_000 - width),
    y: half(10_000 - height),
    width: share(width),
    height: share(height),
  })),
  part.map((diameter) => ({ kind: 'circle' as const, x: 0.5, y: 0.5, radius: half(diameter) })),
);

/** One preferred, the others in the order of the form. */
const formatLists = fc.constantFrom<Format[]>(
  ['jpeg'],
  ['png'],
  ['webp', 'jpeg'],
  ['jpeg', 'png', 'webp'],
  ['png', 'jpeg', 'webp'],
);

export const customSizeContents: fc.Arbitrary<CustomSizeContent> = fc
  .record({
    name: names,
    sized: sizes,
    fit: fc.option(fits),
    formats: formatLists,
    quality: fc.option(fc.integer({ min: 1, max: 100 })),
    least: fc.option(fc.integer({ min: 1000, max: 400_000 })),
    most: fc.option(fc.integer({ min: 400_001, max: 1_000_000_000 })),
    safeArea: fc.option(safeAreas),
    mask: fc.option(fc.constantFrom('circle' as const, 'rounded' as const)),
  })
  .map(({ sized: { size, dpi }, formats, quality, least, most, fit, mask, ...rest }) => {
    const { widthPx, heightPx } = pixelsOf({ size, dpi });
    const hasShape = size.kind === 'size' || size.kind === 'ratio';
    const isMaskable = hasShape && Math.max(widthPx, heightPx) <= 2 * Math.min(widthPx, heightPx);
    const isClear = fit?.mode === 'contain' && fit.background.kind === 'transparent';
    const isJpegOnly = formats.every((format) => format === 'jpeg');
    return {
      ...rest,
      size,
      dpi,
      formats,
      quality: formats.every((format) => format === 'png') ? null : quality,
      minBytes: least,
      maxBytes: most,
      fit: size.kind === 'percent' || (isClear && isJpegOnly) ? null : fit,
      mask: isMaskable ? mask : null,
    };
  });

const settings = fc.record({
  format: fc.constantFrom(...formatWishes),
  quality: fc.integer({ min: 1, max: 100 }),
  template: fc
    .constantFrom('{photo}-{spec}-{width}x{height}', '{index}', 'a {format} "b"', '{group} – {photo}')
    .filter((template) => checkTemplate(template).ok),
  ...anyExtras,
});

/** A person's custom sizes and presets made of them: no name twice, every custom size there. */
export const keptThings: fc.Arbitrary<{ sizes: CustomSize[]; presets: Preset[] }> = fc
  .uniqueArray(customSizeContents, { selector: ({ name }) => nameKey(name), maxLength: 5 })
  .map((contents) =>
    contents.map((content, at) => ({ ...content, id: `my-${uuidOf(at)}`, version: (at % 3) + 1 })),
  )
  .chain((own) => {
    const ids = [
      ...builtIn.specs.slice(0, 30).map(({ id }) => id),
      'a-spec-of-tomorrow',
      ...own.map(({ id }) => id),
    ];
    const versions = new Map(own.map(({ id, version }) => [id, version]));
    const items = fc.uniqueArray(
      fc
        .record({
          specId: fc.constantFrom(...ids),
          version: fc.integer({ min: 1, max: 9 }),
          fit: fc.option(fits),
        })
        .map((item) => ({ ...item, version: versions.get(item.specId) ?? item.version })),
      { selector: ({ specId }) => specId, minLength: 1, maxLength: 8 },
    );
    const presets = fc.uniqueArray(fc.record({ name: names, items, fit: fits, settings }), {
      selector: ({ name }) => nameKey(name),
      maxLength: 4,
    });
    return presets.map((list) => ({
      sizes: own,
      presets: list.map((preset, at) => ({ ...preset, id: uuidOf(100 + at), version: 1 })),
    }));
  });

export function uuidOf(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}
