/** From a drawn canvas to the bytes of a file: by the browser where it does that well, by our PNG writer, or by a codec that is loaded. */
import type { Chroma } from '../engine/byteLadder.ts';
import { contextOf } from './canvas.ts';
import { writePng } from './pngWriter.ts';

/** Formats with one picture; an icon is made of PNGs (engine/icoFile). */
export type EncodedFormat = 'jpeg' | 'png' | 'webp' | 'avif';

/** Who made the bytes, as a receipt names it. */
export type Encoder = 'browser' | 'mozjpeg' | 'libwebp' | 'libaom' | 'All Img Fit';

export interface EncodeOrder {
  format: EncodedFormat;
  /** 1..100; PNG has none. */
  quality: number;
  /** The browser writes JPEG and WebP with `half`, whatever is asked for here. */
  chroma: Chroma;
  /** JPEG by mozjpeg. */
  isSmallest: boolean;
}

export interface EncodedFile {
  bytes: Uint8Array<ArrayBuffer>;
  encoder: Encoder;
}

/** A loaded codec; null where it could not. Pixels are sRGB, RGBA. */
export type WasmEncode = (
  pixels: { data: Uint8Array; width: number; height: number },
  order: Pick<EncodeOrder, 'quality' | 'chroma'>,
) => Uint8Array | null;

/** Longest side in pixels: 16 bits in JPEG's frame, 14 in WebP's; AVIF and PNG go beyond what a canvas can be. */
const longestSide: Record<EncodedFormat, number> = {
  jpeg: 65_535,
  webp: 16_383,
  avif: 65_535,
  png: 2 ** 31 - 1,
};

const names: Record<EncodedFormat, string> = { jpeg: 'JPEG', png: 'PNG', webp: 'WebP', avif: 'AVIF' };

/** Throws an Error whose message is a sentence for the person. */
export async function encodeCanvas(canvas: OffscreenCanvas, order: EncodeOrder): Promise<EncodedFile> {
  const { format } = order;
  if (Math.max(canvas.width, canvas.height) > longestSide[format]) {
    throw new Error(
      `${names[format]} holds at most ${longestSide[format]} pixels a side; choose another format.`,
    );
  }
  switch (format) {
    case 'png':
      return encodePng(canvas);
    case 'avif':
      return encodeByCodec(canvas, order, 'libaom');
    case 'jpeg':
      if (order.isSmallest) return encodeByCodec(canvas, order, 'mozjpeg');
      return (await encodeNatively(canvas, order)) ?? encodeByCodec(canvas, order, 'mozjpeg');
    case 'webp':
      return (await encodeNatively(canvas, order)) ?? encodeByCodec(canvas, order, 'libwebp');
  }
}

/** Formats that this browser has been found not to write. */
const notWritten = new Set<EncodedFormat>();

/** null where the browser writes another format: the standard lets it answer PNG for a type that it cannot write. */
async function encodeNatively(
  canvas: OffscreenCanvas,
  { format, quality }: EncodeOrder,
): Promise<EncodedFile | null> {
  if (notWritten.has(format)) return null;
  const type = `image/${format}`;
  const blob = await toBlob(canvas, { type, quality: nativeQuality(format, quality) });
  if (blob.type !== type) {
    notWritten.add(format);
    return null;
  }
  return { bytes: new Uint8Array(await blob.arrayBuffer()), encoder: 'browser' };
}

/** At exactly 1 Chromium writes lossless WebP, several times the size of quality 99. */
function nativeQuality(format: EncodedFormat, quality: number): number {
  return format === 'webp' ? Math.min(quality / 100, 0.995) : quality / 100;
}

async function toBlob(canvas: OffscreenCanvas, options: { type: string; quality?: number }): Promise<Blob> {
  try {
    return await canvas.convertToBlob(options);
  } catch {
    throw new Error(
      `This browser could not make a file of ${canvas.width} × ${canvas.height} pixels; there may not be enough memory.`,
    );
  }
}

async function encodePng(canvas: OffscreenCanvas): Promise<EncodedFile> {
  // Only the browser embeds the profile of a canvas with wider colours.
  if (contextOf(canvas).getImageData(0, 0, 1, 1).colorSpace === 'display-p3') {
    const blob = await toBlob(canvas, { type: 'image/png' });
    return { bytes: new Uint8Array(await blob.arrayBuffer()), encoder: 'browser' };
  }
  return { bytes: await writePng(readPixels(canvas)), encoder: 'All Img Fit' };
}

type CodecName = Exclude<Encoder, 'browser' | 'All Img Fit'>;

/** Each in a script of its own with its WebAssembly beside it, fetched from our own origin when it is first needed. */
const loaders: Record<CodecName, () => Promise<WasmEncode>> = {
  mozjpeg: async () => (await import('./encoders/mozjpeg.ts')).loadMozjpeg(),
  libwebp: async () => (await import('./encoders/webp.ts')).loadWebp(),
  libaom: async () => (await import('./encoders/avif.ts')).loadAvif(),
};

const loaded = new Map<CodecName, Promise<WasmEncode>>();

async function encodeByCodec(
  canvas: OffscreenCanvas,
  order: EncodeOrder,
  name: CodecName,
): Promise<EncodedFile> {
  const encode = await loadCodec(name);
  const pixels = readPixels(canvas);
  const bytes = encode(pixels, order);
  if (!bytes || bytes.length === 0) {
    throw new Error(
      `${names[order.format]} of ${pixels.width} × ${pixels.height} pixels could not be made; there may not be enough memory.`,
    );
  }
  // Out of the codec's own memory, which the next file overwrites.
  return { bytes: new Uint8Array(bytes), encoder: name };
}

/** Loads a codec once; a failure is forgotten, so that the next file tries again. */
function loadCodec(name: CodecName): Promise<WasmEncode> {
  const known = loaded.get(name);
  if (known) return known;
  const loading = loaders[name]();
  loaded.set(name, loading);
  loading.catch(() => loaded.delete(name));
  return loading;
}

/** sRGB whatever the canvas has: the codecs embed no profile. */
function readPixels(canvas: OffscreenCanvas): { data: Uint8Array; width: number; height: number } {
  const { width, height } = canvas;
  const { data } = contextOf(canvas).getImageData(0, 0, width, height, { colorSpace: 'srgb' });
  return { data: new Uint8Array(data.buffer, data.byteOffset, data.byteLength), width, height };
}
