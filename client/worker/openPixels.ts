/** From a file to a photo in the kernel's memory, by the best path that browser and file allow. */
import { readJpeg } from '../engine/headers/jpegHeader.ts';
import { type ImageFormat, sniffImage, sniffLength } from '../engine/sniff.ts';
import { turnOf, upright } from '../engine/turn.ts';
import { readBitmapRows } from './bitmapRows.ts';
import { decodePicture } from './decode.ts';
import type { DecodedPicture } from './inputs/decodedPicture.ts';
import type { Kernel } from './kernel.ts';
import type { SharedFrame } from './messages.ts';
import { chromaStepOf, hasJpegPlanes, type Path, type TurnableFrame } from './paths.ts';
import { type PhotoPixels, type StoredPhoto, seenPhoto } from './photoPixels.ts';
import { type RgbOptions, rgbPhoto } from './rgbPhoto.ts';
import { takeYuv, yuvPhoto } from './yuvPhoto.ts';

export interface OpenOptions extends RgbOptions {
  paths: ReadonlySet<Path>;
  /** The file's frame, if it is decoded already; it is closed here. */
  frame?: SharedFrame | undefined;
}

/**
 * Decodes the file into memory that is taken from the kernel and stays taken. Throws an Error whose message is a sentence for
 * the person.
 */
export async function openPixels(kernel: Kernel, file: Blob, options: OpenOptions): Promise<PhotoPixels> {
  const decoded = options.frame ?? (await decodeFrame(file, options.paths));
  if (!decoded) return openBitmap(kernel, file, options);
  const frame = decoded.image as TurnableFrame;
  const { rotation, flip } = frame;
  const mark = kernel.taken();
  try {
    const turn = turnOf(rotation, flip);
    if (decoded.planes && options.paths.has('planes') && !options.isLinear) {
      const stored = await readPlanes(kernel, frame, options.levels);
      return { ...seenPhoto(kernel, stored, turn), colorSpace: decoded.planes };
    }
    if (options.paths.has('frame')) {
      return seenPhoto(kernel, await readFrame(kernel, frame, options), turn);
    }
  } catch (error) {
    // A frame that the browser has decoded and won't hand over: it can still be drawn.
    if (!(error instanceof DOMException)) throw error;
    kernel.release(mark);
  } finally {
    frame.close();
  }
  return openBitmap(kernel, file, options);
}

/** null when WebCodecs can't decode the file: then createImageBitmap decides, and finds the words if it can't either. */
export async function decodeFrame(file: Blob, paths: ReadonlySet<Path>): Promise<SharedFrame | null> {
  if (!paths.has('planes') && !paths.has('frame')) return null;
  try {
    const data = await file.arrayBuffer();
    const sniffed = sniffImage(
      new Uint8Array(data, 0, Math.min(sniffLength, data.byteLength)),
      file.size,
      '',
    );
    const type = sniffed.kind === 'image' ? mediaTypes[sniffed.format] : undefined;
    if (!type || !(await ImageDecoder.isTypeSupported(type))) return null;
    const decoder = new ImageDecoder({ type, data, transfer: [data] });
    try {
      const { image } = await decoder.decode();
      try {
        return { image, planes: type === mediaTypes.jpeg ? await spaceOfPlanes(image, file) : null };
      } catch (error) {
        image.close();
        throw error;
      }
    } finally {
      decoder.close();
    }
  } catch {
    return null;
  }
}

const mediaTypes: Partial<Record<ImageFormat, string>> = {
  jpeg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  bmp: 'image/bmp',
  jxl: 'image/jxl',
};

/** Only asked for JPEGs: other formats may keep chroma elsewhere between the pixels. */
async function spaceOfPlanes(frame: VideoFrame, file: Blob): Promise<PredefinedColorSpace | null> {
  if (!hasJpegPlanes(frame)) return null;
  if (frame.colorSpace.primaries === 'bt709') return 'srgb';
  // WebCodecs has no word for the primaries of Display P3, in which phones take photos.
  const head = new Uint8Array(await file.slice(0, profileLength).arrayBuffer());
  return readJpeg(head)?.profile === 'Display P3' ? 'display-p3' : null;
}

/** Where a JPEG's colour profile ends, with large metadata before it. */
const profileLength = 512 * 1024;

async function readPlanes(kernel: Kernel, frame: VideoFrame, levels: number): Promise<StoredPhoto> {
  const step = chromaStepOf(frame.format) ?? [1, 1];
  const { luma, chroma } = takeYuv(kernel, sizeOf(frame), step);
  const layout = [luma, chroma].flatMap(({ at, stride }) => at.map((offset) => ({ offset, stride })));
  await frame.copyTo(kernel.view(), { layout });
  frame.close();
  return yuvPhoto(kernel, { luma, chroma, step }, levels);
}

function readFrame(kernel: Kernel, frame: VideoFrame, options: OpenOptions): Promise<StoredPhoto> {
  const { width, height } = sizeOf(frame);
  const readRows = async (top: number, count: number, offset: number) => {
    // Asked for RGBA, the browser converts to sRGB; without `format` the values would be those of the file's own space.
    await frame.copyTo(kernel.view(), {
      format: 'RGBA',
      rect: { x: 0, y: top, width, height: count },
      layout: [{ offset, stride: width * 4 }],
    });
  };
  return rgbPhoto(kernel, { width, height }, readRows, options);
}

/** As it lies in the file, before it is turned. */
function sizeOf(frame: VideoFrame) {
  const { width, height } = frame.visibleRect ?? { width: frame.codedWidth, height: frame.codedHeight };
  return { width, height };
}

/** Bitmaps, and what our own decoders make, are upright already. */
async function openBitmap(kernel: Kernel, file: Blob, options: OpenOptions): Promise<PhotoPixels> {
  const picture = await decodePicture(file);
  if (picture.kind === 'pixels') return openDecoded(kernel, picture.decoded, options);
  const { bitmap } = picture;
  try {
    const { width, height } = bitmap;
    const rows = readBitmapRows(kernel, bitmap);
    const stored = await rgbPhoto(kernel, { width, height }, rows, options);
    return seenPhoto(kernel, stored, upright);
  } finally {
    bitmap.close();
  }
}

async function openDecoded(
  kernel: Kernel,
  { width, height, pixels, colorSpace }: DecodedPicture,
  options: OpenOptions,
): Promise<PhotoPixels> {
  const readRows = (top: number, count: number, at: number) =>
    kernel.view().set(pixels.subarray(top * width * 4, (top + count) * width * 4), at);
  const stored = await rgbPhoto(kernel, { width, height }, readRows, options);
  return { ...seenPhoto(kernel, stored, upright), colorSpace };
}
