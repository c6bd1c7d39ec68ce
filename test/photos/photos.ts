/** The photos that the browser tests add: made from the project's own example photos, in memory, when a test asks. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { encodeBmp } from './bmp.ts';
import { encodeJxl } from './jxl.ts';

/** A file as a person chooses it. The shape is what playwright's setInputFiles takes. */
export interface PhotoFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

/** Pixels as sharp gives them; `channels` is 3 (RGB) or 4 (RGBA). */
export interface Pixels {
  data: Buffer;
  width: number;
  height: number;
  channels: number;
}

export const exampleNames = [
  'dandelion-at-dusk',
  'fig-in-a-red-bowl',
  'picos-de-europa',
  'two-dogs-at-a-window',
] as const;
export type ExampleName = (typeof exampleNames)[number];

/** One of the photos that the project ships, untouched. */
export async function examplePhoto(name: ExampleName): Promise<PhotoFile> {
  const path = fileURLToPath(new URL(`../../public/example/${name}.jpg`, import.meta.url));
  return { name: `${name}.jpg`, mimeType: 'image/jpeg', buffer: await readFile(path) };
}

/** Different pictures: windows of 900 x 700 pixels that wander over the example photos. At most 16. */
export async function distinctPhotos(count: number): Promise<PhotoFile[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const name = exampleNames[index % exampleNames.length] ?? exampleNames[0];
      const step = Math.floor(index / exampleNames.length);
      const { buffer } = await examplePhoto(name);
      const left = 60 + 190 * step;
      const crop = sharp(buffer).extract({ left, top: 90 + 150 * step, width: 900, height: 700 });
      const jpeg = await crop.jpeg({ quality: 90 }).toBuffer();
      return { name: `${name} ${step + 1}.jpg`, mimeType: 'image/jpeg', buffer: jpeg };
    }),
  );
}

/** The side of the coloured squares in the corners of the marked picture, in pixels. */
export const cornerPx = 120;

/** Colours of the marked picture's corners, as seen: top left, top right, bottom left, bottom right. */
export const cornerColours = {
  topLeft: [220, 30, 30],
  topRight: [30, 170, 60],
  bottomLeft: [30, 60, 220],
  bottomRight: [240, 200, 40],
} as const;

/** A real photo, 1200 x 800, whose four corners tell which side is up. */
export async function markedPicture(): Promise<Pixels> {
  const { buffer } = await examplePhoto('fig-in-a-red-bowl');
  const size = { width: 1200, height: 800 };
  const square = (colour: readonly [number, number, number]) => ({
    create: {
      width: cornerPx,
      height: cornerPx,
      channels: 3 as const,
      background: { r: colour[0], g: colour[1], b: colour[2] },
    },
  });
  const marked = sharp(buffer)
    .resize({ ...size, fit: 'cover' })
    .composite([
      { input: square(cornerColours.topLeft), gravity: 'northwest' },
      { input: square(cornerColours.topRight), gravity: 'northeast' },
      { input: square(cornerColours.bottomLeft), gravity: 'southwest' },
      { input: square(cornerColours.bottomRight), gravity: 'southeast' },
    ]);
  return pixelsOf(await marked.removeAlpha().png().toBuffer());
}

/** What must be done to the picture so that a reader who obeys the tag (EXIF 2.32, 0x0112) sees it upright again. */
const turnsBeforeTag: Record<number, { angle: 0 | 90 | 180 | 270; flop: boolean }> = {
  1: { angle: 0, flop: false },
  2: { angle: 0, flop: true },
  3: { angle: 180, flop: false },
  4: { angle: 180, flop: true },
  5: { angle: 90, flop: true },
  6: { angle: 270, flop: false },
  7: { angle: 270, flop: true },
  8: { angle: 90, flop: false },
};

/** The picture as a JPEG whose pixels lie as EXIF orientation 1..8 says; upright it is always the same picture. */
export async function turnedPhoto(picture: Pixels, orientation: number): Promise<PhotoFile> {
  const turn = turnsBeforeTag[orientation];
  if (!turn) throw new Error(`EXIF knows no orientation ${orientation}`);
  const turned = pixelsOf(await sharpOf(picture).rotate(turn.angle).png().toBuffer());
  const stored = sharpOf(await turned).flop(turn.flop);
  const buffer = await stored
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .withMetadata({ orientation })
    .toBuffer();
  return { name: `orientation ${orientation}.jpg`, mimeType: 'image/jpeg', buffer };
}

export async function smallerPicture(picture: Pixels, { width, height }: { width: number; height: number }) {
  return pixelsOf(await sharpOf(picture).resize(width, height, { fit: 'fill' }).png().toBuffer());
}

/** The same picture in every format that is read and that we can write, each once. */
export async function photoInEveryFormat(picture: Pixels): Promise<PhotoFile[]> {
  const image = () => sharpOf(picture);
  const { width, height } = picture;
  const png = await image().png().toBuffer();
  const files: [string, string, Buffer | Promise<Buffer>][] = [
    ['photo.jpg', 'image/jpeg', image().jpeg({ quality: 95, chromaSubsampling: '4:4:4' }).toBuffer()],
    ['photo.png', 'image/png', png],
    ['photo.webp', 'image/webp', image().webp({ quality: 95 }).toBuffer()],
    ['photo.avif', 'image/avif', image().avif({ quality: 90, effort: 0 }).toBuffer()],
    ['photo.tif', 'image/tiff', image().tiff({ compression: 'lzw' }).toBuffer()],
    ['photo.jxl', 'image/jxl', encodeJxl(png)],
    ['photo.gif', 'image/gif', image().gif().toBuffer()],
    ['photo.bmp', 'image/bmp', encodeBmp(picture.data, width, height)],
    ['photo.svg', 'image/svg+xml', svgOf(png, { width, height }, true)],
    ['photo without size.svg', 'image/svg+xml', svgOf(png, { width, height }, false)],
  ];
  return Promise.all(
    files.map(async ([name, mimeType, buffer]) => ({ name, mimeType, buffer: await buffer })),
  );
}

/** A PNG that is transparent outside of a disc in its middle. */
export async function cutOutPhoto(): Promise<PhotoFile> {
  const { buffer } = await examplePhoto('fig-in-a-red-bowl');
  const side = 600;
  const disc = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><circle cx="300" cy="300" r="260"/></svg>`;
  const cutOut = sharp(buffer)
    .resize(side, side)
    .composite([{ input: Buffer.from(disc), blend: 'dest-in' }]);
  return { name: 'cut out.png', mimeType: 'image/png', buffer: await cutOut.png().toBuffer() };
}

/** A photo of exactly that size, however small or narrow. */
export async function photoOfSize(width: number, height: number): Promise<PhotoFile> {
  const { buffer } = await examplePhoto('picos-de-europa');
  const png = await sharp(buffer).resize(width, height, { fit: 'fill' }).png().toBuffer();
  return { name: `${width}x${height}.png`, mimeType: 'image/png', buffer: png };
}

/** The pixels of an image file, upright, as RGB or RGBA. */
export async function pixelsOf(file: Buffer): Promise<Pixels> {
  const { data, info } = await sharp(file)
    .autoOrient()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

function sharpOf({ data, width, height, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width, height, channels: channels === 4 ? 4 : 3 } });
}

function svgOf(png: Buffer, { width, height }: { width: number; height: number }, saysSize: boolean): Buffer {
  const size = saysSize ? `width="${width}" height="${height}"` : '';
  const image = `<image width="${width}" height="${height}" href="data:image/png;base64,${png.toString('base64')}"/>`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${size}>${image}</svg>`,
  );
}
