/** Makes one file for its byte window: encodes what the ladder asks for, until it lands or cannot. */
import { type Attempt, fitBytes, type LadderEnd, type LadderOrder } from '../engine/byteLadder.ts';
import { heavinessOf } from '../engine/byteWindow.ts';
import { nothingKept } from '../engine/fileMetadata/sourceMetadata.ts';
import { type WrittenMetadata, writeMetadata } from '../engine/fileMetadata/writeMetadata.ts';
import type { Size } from '../engine/geometry.ts';
import { type EncodedFormat, type Encoder, encodeCanvas } from './encode.ts';

export interface WindowOrder {
  format: EncodedFormat;
  /** mozjpeg from the start. Otherwise it is tried only where the window leaves the browser's JPEG little quality. */
  isSmallest: boolean;
  ladder: Omit<LadderOrder, 'encoding' | 'mayHalveChroma'>;
  /** Counts into the bytes; padding is decided here. */
  metadata: Omit<WrittenMetadata, 'padTo'>;
  /** The picture at that size, drawn; asked for once per size in a row. */
  drawAt(size: Size): Promise<OffscreenCanvas>;
  signal: AbortSignal;
}

export interface WindowFile {
  bytes: Uint8Array;
  encoder: Encoder;
  attempt: Attempt;
  /** What it took, or why it could not be done; then the bytes are of the nearest file. */
  end: LadderEnd;
}

/** Under this quality mozjpeg's JPEG looks clearly better at the same bytes, and is worth its time. */
const poorQuality = 70;

/** Rejects with the signal's reason, or with an Error whose message is a sentence for the person. */
export async function encodeIntoWindow(order: WindowOrder): Promise<WindowFile> {
  const first = await climb(order, order.isSmallest);
  const isPoor =
    first.end.kind === 'cannot' ? first.end.reason === 'tooLarge' : first.attempt.quality < poorQuality;
  const isLimited = order.ladder.window.maxBytes !== null && order.ladder.quality >= poorQuality;
  if (order.format !== 'jpeg' || first.encoder !== 'browser' || !isPoor || !isLimited) return first;
  const { attempt, end } = first;
  const pixels = attempt.size.width * attempt.size.height;
  // What is heavy for one JPEG encoder is heavy for the other.
  const heaviness = heavinessOf({ bytes: end.bytes, quality: attempt.quality, pixels }, 'jpeg');
  const second = await climb({ ...order, ladder: { ...order.ladder, heaviness } }, true);
  return second.end.kind === 'cannot' && first.end.kind === 'made' ? first : second;
}

async function climb(order: WindowOrder, isSmallest: boolean): Promise<WindowFile> {
  const { format, metadata, signal } = order;
  const ladder = fitBytes({ ...order.ladder, ...abilitiesOf(format, isSmallest) });
  /** Only the answer's file is wanted, and it is known only at the end. */
  const made = new Map<string, Pick<WindowFile, 'bytes' | 'encoder'>>();
  const drawAt = keepLast(order.drawAt);

  let step = ladder.next();
  while (!step.done) {
    signal.throwIfAborted();
    const attempt = step.value;
    const file = await encodeCanvas(await drawAt(attempt.size), { format, isSmallest, ...attempt });
    const bytes = writeMetadata(file.bytes, format, { ...metadata, padTo: null });
    made.set(keyOf(attempt), { encoder: file.encoder, bytes });
    step = ladder.next(bytes.length);
  }
  const end = step.value;
  const file = made.get(keyOf(end.attempt));
  if (!file) throw new Error('The file that fits was not among those that were made.');
  const padTo = end.kind === 'made' ? end.padTo : null;
  const bytes =
    padTo === null ? file.bytes : writeMetadata(file.bytes, format, { dpi: null, kept: nothingKept, padTo });
  return { bytes, encoder: file.encoder, attempt: end.attempt, end };
}

/** Asks again only when the size changes: the ladder stays with one until it is done with it. */
function keepLast(drawAt: WindowOrder['drawAt']): WindowOrder['drawAt'] {
  const last: { key?: string; canvas?: Promise<OffscreenCanvas> } = {};
  return (size) => {
    const key = `${size.width} ${size.height}`;
    if (last.canvas && last.key === key) return last.canvas;
    last.key = key;
    last.canvas = drawAt(size);
    return last.canvas;
  };
}

/** Which curve the sizes follow, and whether the encoder can halve the colours' resolution. */
function abilitiesOf(
  format: EncodedFormat,
  isSmallest: boolean,
): Pick<LadderOrder, 'encoding' | 'mayHalveChroma'> {
  if (format === 'jpeg' && isSmallest) return { encoding: 'mozjpeg', mayHalveChroma: true };
  return { encoding: format, mayHalveChroma: format === 'avif' };
}

function keyOf({ quality, chroma, size }: Attempt): string {
  return `${quality} ${chroma} ${size.width}x${size.height}`;
}
