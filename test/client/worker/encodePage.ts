/** Runs in the browser, for encode.test.ts: draws a picture on a canvas and makes files of it. */
import type { LadderEnd } from '../../../client/engine/byteLadder.ts';
import { nothingKept } from '../../../client/engine/fileMetadata/sourceMetadata.ts';
import type { Size } from '../../../client/engine/geometry.ts';
import { type EncodeOrder, encodeCanvas } from '../../../client/worker/encode.ts';
import { encodeIntoWindow, type WindowOrder } from '../../../client/worker/encodeIntoWindow.ts';

export interface MadeFile {
  base64: string;
  encoder: string;
  ms: number;
}

async function draw(
  url: string,
  size: Size,
  colorSpace: 'srgb' | 'display-p3' = 'srgb',
): Promise<OffscreenCanvas> {
  const bitmap = await createImageBitmap(await (await fetch(url)).blob());
  const canvas = new OffscreenCanvas(size.width, size.height);
  const context = canvas.getContext('2d', { willReadFrequently: true, colorSpace });
  if (!context) throw new Error('No 2d context.');
  context.drawImage(bitmap, 0, 0, size.width, size.height);
  return canvas;
}

export async function make(
  url: string,
  size: Size,
  order: EncodeOrder,
  colorSpace?: 'srgb' | 'display-p3',
): Promise<MadeFile> {
  const canvas = await draw(url, size, colorSpace);
  const start = performance.now();
  const { bytes, encoder } = await encodeCanvas(canvas, order);
  return { base64: base64Of(bytes), encoder, ms: performance.now() - start };
}

/** What the browser's own PNG weighs, and its pixels as PNG for comparison. */
export async function makeCanvasPng(url: string, size: Size): Promise<string> {
  const blob = await (await draw(url, size)).convertToBlob({ type: 'image/png' });
  return base64Of(new Uint8Array(await blob.arrayBuffer()));
}

/** Plays a browser that answers PNG for a type, as Safari does for WebP. */
export function forgetHowToWrite(type: string): void {
  const prototype = OffscreenCanvas.prototype;
  const convertToBlob = prototype.convertToBlob;
  prototype.convertToBlob = function (options) {
    return convertToBlob.call(this, options?.type === type ? { type: 'image/png' } : options);
  };
}

export interface WindowResult extends MadeFile {
  end: LadderEnd;
  quality: number;
  drawn: Size[];
}

export async function makeIntoWindow(
  url: string,
  order: Pick<WindowOrder, 'format' | 'isSmallest' | 'ladder'> & { dpi: number | null; stopAfter?: number },
): Promise<WindowResult | string> {
  const controller = new AbortController();
  const drawn: Size[] = [];
  const start = performance.now();
  try {
    const file = await encodeIntoWindow({
      ...order,
      metadata: { dpi: order.dpi, kept: nothingKept },
      signal: controller.signal,
      async drawAt(size) {
        drawn.push(size);
        if (drawn.length === order.stopAfter) controller.abort();
        return draw(url, size);
      },
    });
    const { bytes, encoder, end, attempt } = file;
    return {
      base64: base64Of(bytes),
      encoder,
      ms: performance.now() - start,
      end,
      quality: attempt.quality,
      drawn,
    };
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

function base64Of(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
