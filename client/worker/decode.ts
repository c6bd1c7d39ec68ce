/** From a file to pixels: the decoded photo, and the smaller copies that the page shows and the focus search reads. */
import type { Pixels } from '../engine/blur.ts';
import type { Size } from '../engine/geometry.ts';
import { shrinkSteps, sizeWithin } from '../engine/shrink.ts';
import { decodeFailure, sniffImage, sniffLength } from '../engine/sniff.ts';
import { contextOf } from './canvas.ts';
import { focusSide } from './focus.ts';

/** Longest sides in pixels. */
const previewSide = 1600;
const thumbnailSide = 192;

export interface OpenedPhoto {
  photo: Size;
  preview: ImageBitmap;
  thumbnail: ImageBitmap;
  /** What the focus search looks at. */
  lookFor: Pixels;
}

/** Decodes with the EXIF orientation applied. Throws an Error whose message is a sentence for the person. */
export async function decodePhoto(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file);
  } catch {
    throw new Error(await reasonOf(file));
  }
}

export async function openPhoto(file: Blob): Promise<OpenedPhoto> {
  const bitmap = await decodePhoto(file);
  const photo = { width: bitmap.width, height: bitmap.height };
  try {
    const preview = shrink(bitmap, sizeWithin(photo, previewSide));
    const thumbnail = shrink(preview, sizeWithin(photo, thumbnailSide));
    const forFocus = shrink(preview, sizeWithin(photo, focusSide));
    const lookFor = contextOf(forFocus).getImageData(0, 0, forFocus.width, forFocus.height);
    return {
      photo,
      preview: preview.transferToImageBitmap(),
      thumbnail: thumbnail.transferToImageBitmap(),
      lookFor,
    };
  } finally {
    bitmap.close();
  }
}

/** Draws the image smaller in steps of at most a half: each step alone is too small for any browser's scaler to alias. */
function shrink(image: ImageBitmap | OffscreenCanvas, to: Size): OffscreenCanvas {
  let from: ImageBitmap | OffscreenCanvas = image;
  for (const step of shrinkSteps(image, to)) from = draw(from, step);
  return draw(from, to);
}

function draw(image: ImageBitmap | OffscreenCanvas, { width, height }: Size): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  const context = contextOf(canvas);
  context.imageSmoothingQuality = 'high';
  context.drawImage(image, 0, 0, width, height);
  return canvas;
}

async function reasonOf(file: Blob): Promise<string> {
  const name = file instanceof File ? file.name : '';
  const bytes = new Uint8Array(await file.slice(0, sniffLength).arrayBuffer());
  const sniffed = sniffImage(bytes, file.size, name);
  return sniffed.kind === 'refused' ? sniffed.reason : decodeFailure(name, sniffed.format);
}
