/** The rules of a written spec as the rest of the product knows them: pixels, and fractions of the image. */
import type { Band, DerivedView, HeadRule, PixelLimit, SafeArea, SpecRules } from './spec.shared.ts';
import type { WrittenBand, WrittenRectangle, WrittenRules, WrittenSafeArea } from './writtenSpec.ts';

/** Takes note of what is wrong with a field. */
export type Say = (field: string, fault: string) => void;

/** What fractions are taken of. */
interface Measure {
  widthPx: number;
  heightPx: number;
  printedMm: { width: number; height: number } | null;
}

const mmPerInch = 25.4;
/** How far the shapes of a digital file and of its print may be apart: China's visa asks for 390 × 560 px and 33 × 48 mm. */
const shapeTolerance = 0.02;

/**
 * The size in pixels and on paper; null, and said, where the row gives none or more than one.
 * Pixels of a printed size are round(mm ÷ 25.4 × dpi).
 */
export function readSize(written: WrittenRules, say: Say): Measure | null {
  const { widthPx, heightPx, sizeMm, sizeIn, dpi } = written;
  if (sizeMm && sizeIn) {
    say('sizeIn', 'stands beside sizeMm: one of them is enough');
    return null;
  }
  const [width, height] = sizeMm ?? sizeIn?.map((inches) => inches * mmPerInch) ?? [];
  const printedMm = width && height ? { width: toMicrometres(width), height: toMicrometres(height) } : null;
  if (widthPx && heightPx) {
    if (printedMm && dpi) {
      say('widthPx', 'follows from the printed size and dpi: leave widthPx and heightPx out');
      return null;
    }
    const shapes = printedMm ? (widthPx / heightPx) * (printedMm.height / printedMm.width) : 1;
    if (Math.abs(shapes - 1) > shapeTolerance)
      say('widthPx', 'and heightPx have another shape than the print');
    return { widthPx, heightPx, printedMm };
  }
  if (widthPx || heightPx || !printedMm || !dpi) {
    say('widthPx', 'and heightPx are needed, or sizeMm or sizeIn with dpi');
    return null;
  }
  const toPx = (length: number) => Math.round((length / mmPerInch) * dpi);
  return { widthPx: toPx(printedMm.width), heightPx: toPx(printedMm.height), printedMm };
}

/** All rules for an image of that size. */
export function toRules(written: WrittenRules, measure: Measure, say: Say): SpecRules {
  const { widthPx, heightPx } = measure;
  const exactly = written.exact ? { widthPx, heightPx, longestPx: null } : null;
  if (exactly && (written.minPx || written.maxPx))
    say('exact', 'says what minPx and maxPx say: one is enough');
  const safeArea = written.safeArea ? toSafeArea(written.safeArea, measure, say) : null;
  return {
    widthPx,
    heightPx,
    formats: written.formats ?? [],
    minBytes: written.minBytes ?? null,
    maxBytes: written.maxBytes ?? null,
    minPx: exactly ?? toLimit(written.minPx),
    maxPx: exactly ?? toLimit(written.maxPx),
    dpi: written.dpi ?? null,
    safeArea,
    mask: written.mask ?? null,
    derived: (written.derived ?? []).map(({ name, area, mask, shownPx }, index) => {
      if (area === 'safeArea' && safeArea?.kind !== 'rectangle')
        say(`derived.${index}.area`, 'is the safe area, which is no rectangle');
      const shown =
        area === 'safeArea' ? whichRectangle(safeArea) : area ? toRectangle(area, measure) : wholeImage;
      return { name, area: shown, mask: mask ?? null, shownPx: shownPx ?? null };
    }),
    background: written.background
      ? { words: written.background.words, colour: written.background.colour ?? null }
      : null,
    head: written.head ? toHead(written.head, measure, say) : null,
  };
}

type Area = DerivedView['area'];
const wholeImage: Area = { x: 0, y: 0, width: 1, height: 1 };

function whichRectangle(safeArea: SafeArea | null): Area {
  if (safeArea?.kind !== 'rectangle') return wholeImage;
  const { x, y, width, height } = safeArea;
  return { x, y, width, height };
}

function toRectangle(written: WrittenRectangle, { widthPx, heightPx }: Measure): Area {
  if ('centrePx' in written)
    return inTheMiddle(written.centrePx[0] / widthPx, written.centrePx[1] / heightPx);
  if ('centreRatio' in written) {
    const wider = written.centreRatio[0] / written.centreRatio[1] / (widthPx / heightPx);
    return inTheMiddle(Math.min(1, wider), Math.min(1, 1 / wider));
  }
  if ('rectanglePx' in written) {
    const [x, y, width, height] = written.rectanglePx;
    return { x: x / widthPx, y: y / heightPx, width: width / widthPx, height: height / heightPx };
  }
  const [x, y, width, height] = written.rectanglePercent;
  return { x: x / 100, y: y / 100, width: width / 100, height: height / 100 };
}

function inTheMiddle(width: number, height: number): Area {
  return { x: (1 - width) / 2, y: (1 - height) / 2, width, height };
}

function toSafeArea(written: WrittenSafeArea, measure: Measure, say: Say): SafeArea {
  if ('insetPercent' in written) {
    const { top = 0, right = 0, bottom = 0, left = 0 } = written.insetPercent;
    return { kind: 'inset', top: top / 100, right: right / 100, bottom: bottom / 100, left: left / 100 };
  }
  if ('insetMm' in written) {
    const { printedMm } = measure;
    if (!printedMm) say('safeArea', 'in millimetres needs sizeMm or sizeIn');
    const [x, y] = printedMm
      ? [written.insetMm / printedMm.width, written.insetMm / printedMm.height]
      : [0, 0];
    return { kind: 'inset', top: y, right: x, bottom: y, left: x };
  }
  if ('circlePercent' in written)
    return { kind: 'circle', x: 0.5, y: 0.5, radius: written.circlePercent / 100 };
  return { kind: 'rectangle', ...toRectangle(written, measure) };
}

function toLimit(written: WrittenRules['minPx']): PixelLimit | null {
  if (!written) return null;
  const { width = null, height = null, longest = null } = written;
  return { widthPx: width, heightPx: height, longestPx: longest };
}

function toHead(written: NonNullable<WrittenRules['head']>, measure: Measure, say: Say): HeadRule {
  const { words, mayCrop } = written;
  const { widthPx, heightPx, printedMm } = measure;
  const toBand = (field: string, band: WrittenBand | undefined, across: boolean): Band | null => {
    if (!band) return null;
    if ('mm' in band && !printedMm) say(`head.${field}`, 'in millimetres needs sizeMm or sizeIn');
    const [range, whole] =
      'mm' in band
        ? [band.mm, across ? printedMm?.width : printedMm?.height]
        : 'px' in band
          ? [band.px, across ? widthPx : heightPx]
          : [band.percent, 100];
    const [min, max] = range.map((end) => (end === null || !whole ? null : end / whole));
    return { min: min ?? 0, max: max ?? 1 };
  };
  return {
    height: toBand('height', written.height, false),
    eyes: toBand('eyes', written.eyes, false),
    above: toBand('above', written.above, false),
    width: toBand('width', written.width, true),
    words,
    mayCrop,
  };
}

/** Takes away what binary fractions leave behind 101.6 = 4 × 25.4. */
function toMicrometres(length: number): number {
  return Math.round(length * 1000) / 1000;
}
