/** An icon: its picture in the sizes that browsers and Windows ask for, and in its own. */
import { planAt } from '../engine/drawPlan.ts';
import { faviconSides, largestIconSide, writeIco } from '../engine/icoFile.ts';
import { encodeCanvas } from './encode.ts';
import type { MakeParts, RawFile } from './makeFile.ts';
import type { FileOrder } from './messages.ts';

/** The bytes of an icon cannot be changed: a window that it does not meet is missed. */
export async function makeIcon(
  { plan, window }: FileOrder,
  { canvases, signal }: MakeParts,
): Promise<RawFile> {
  const { output } = plan;
  const longest = Math.max(output.width, output.height);
  if (longest > largestIconSide) {
    throw new Error(`An icon has at most ${largestIconSide} pixels a side; choose PNG.`);
  }
  const sides = [...faviconSides.filter((side) => side < longest), longest];
  const pngs: Uint8Array[] = [];
  for (const side of sides) {
    signal.throwIfAborted();
    const scaled = (length: number) => Math.max(1, Math.round((length * side) / longest));
    const size = { width: scaled(output.width), height: scaled(output.height) };
    const order = { format: 'png', quality: 100, chroma: 'full', isSmallest: false } as const;
    pngs.push((await encodeCanvas(canvases.draw(planAt(plan, size), false), order)).bytes);
  }
  const bytes = writeIco(pngs);
  if (!bytes) throw new Error('The icon could not be put together.');
  const { minBytes, maxBytes } = window;
  const isOver = bytes.length > (maxBytes ?? Infinity);
  const isUnder = bytes.length < (minBytes ?? 0);
  return {
    bytes,
    encoder: 'All Img Fit',
    quality: null,
    output,
    measures: [],
    missed: isOver ? 'tooLarge' : isUnder ? 'tooSmall' : null,
    encodes: sides.length,
  };
}
