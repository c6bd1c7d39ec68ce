/** The crops of others in the same run: the middle, smartcrop, smartcrop with faces, sharp's attention and entropy. */
import sharp from 'sharp';
import smartcrop from 'smartcrop';
import type { FocusBox } from '../../client/engine/focus/box.ts';
import type { Rect } from '../../client/engine/geometry.ts';
import type { LabelledPhoto } from './labels.ts';
import { type Aspect, aspectNames, aspects, largestSize } from './measure.ts';

export type Crops = Record<Aspect, Rect>;

export const peerNames = [
  'centre',
  'sharp attention',
  'sharp entropy',
  'smartcrop',
  'smartcrop + faces',
] as const;
export type Peer = (typeof peerNames)[number];

/** In fractions of the photo. `boxes`: what our own worker found; of them smartcrop is given the faces. */
export async function cropsOfPeers(
  photo: LabelledPhoto,
  boxes: readonly FocusBox[],
): Promise<Record<Peer, Crops>> {
  const upright = await sharp(photo.file)
    .rotate()
    .toColourspace('srgb')
    .removeAlpha()
    .png({ compressionLevel: 1 })
    .toBuffer();
  const faces = boxes.filter(({ kind }) => kind === 'face').map(({ box }) => box);
  return {
    centre: await each(async (size) => ({ x: (1 - size.width) / 2, y: (1 - size.height) / 2, ...size })),
    'sharp attention': await each((size) => bySharp(upright, photo, size, sharp.strategy.attention)),
    'sharp entropy': await each((size) => bySharp(upright, photo, size, sharp.strategy.entropy)),
    smartcrop: await each((size) => bySmartcrop(upright, photo, size, [])),
    'smartcrop + faces': await each((size) => bySmartcrop(upright, photo, size, faces)),
  };

  async function each(crop: (size: { width: number; height: number }) => Promise<Rect>): Promise<Crops> {
    const crops = await Promise.all(
      aspectNames.map(async (name) => [name, await crop(largestSize(photo, aspects[name]))] as const),
    );
    return Object.fromEntries(crops) as Crops;
  }
}

/** libvips finds the crop while it resizes; here nothing is made smaller. */
async function bySharp(
  image: Buffer,
  { width, height }: LabelledPhoto,
  size: { width: number; height: number },
  position: number,
): Promise<Rect> {
  const { info } = await sharp(image)
    .resize(Math.round(width * size.width), Math.round(height * size.height), { fit: 'cover', position })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { x: -(info.cropOffsetLeft ?? 0) / width, y: -(info.cropOffsetTop ?? 0) / height, ...size };
}

/** With smartcrop's own settings, boosts and reductions; a weight of 1 for each face. */
async function bySmartcrop(
  image: Buffer,
  { width, height }: LabelledPhoto,
  size: { width: number; height: number },
  faces: readonly Rect[],
): Promise<Rect> {
  interface Copy {
    width: number;
    height: number;
  }
  const boost = faces.map((face) => ({
    x: face.x * width,
    y: face.y * height,
    width: face.width * width,
    height: face.height * height,
    weight: 1,
  }));
  const imageOperations = {
    open: async (): Promise<Copy> => ({ width, height }),
    resample: async (_: Copy, toWidth: number, toHeight: number): Promise<Copy> => ({
      width: Math.floor(toWidth),
      height: Math.floor(toHeight),
    }),
    getData: async (copy: Copy) => {
      const { data } = await sharp(image)
        .resize(copy.width, copy.height, { fit: 'fill', kernel: 'cubic' })
        .ensureAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      return { ...copy, data };
    },
  };
  const options = {
    width: Math.round(width * size.width),
    height: Math.round(height * size.height),
    boost,
    imageOperations,
  };
  // smartcrop hands the image to `open` and never looks at it.
  const { topCrop } = await smartcrop.crop(null as never, options as never);
  return {
    x: topCrop.x / width,
    y: topCrop.y / height,
    width: topCrop.width / width,
    height: topCrop.height / height,
  };
}
