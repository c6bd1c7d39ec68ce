/** Files that look like photos and are none, or not what their name says. */
import sharp from 'sharp';
import { heicPhoto } from './heic.ts';
import { examplePhoto, type PhotoFile } from './photos.ts';

/** Each must be refused by its name, with a reason. */
export async function brokenFiles(): Promise<PhotoFile[]> {
  const { buffer } = await examplePhoto('dandelion-at-dusk');
  return [
    { name: 'empty.jpg', mimeType: 'image/jpeg', buffer: Buffer.alloc(0) },
    {
      name: 'a letter.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('Dear Ms Ito,\nthank you.\n'.repeat(40)),
    },
    { name: 'header only.jpg', mimeType: 'image/jpeg', buffer: buffer.subarray(0, 300) },
    { name: 'damaged.png', mimeType: 'image/png', buffer: await damagedPng() },
    { name: 'from a phone.heic', mimeType: 'image/heic', buffer: heicHeader() },
  ];
}

/** Photos whose second half is missing; some browsers would show the rest in grey. */
export async function truncatedPhotos(): Promise<PhotoFile[]> {
  const { buffer } = await examplePhoto('dandelion-at-dusk');
  const image = sharp(buffer).resize(600);
  const files: [string, string, Buffer][] = [
    ['truncated.jpg', 'image/jpeg', buffer],
    ['progressive.jpg', 'image/jpeg', await image.clone().jpeg({ progressive: true }).toBuffer()],
    ['truncated.png', 'image/png', await image.clone().png().toBuffer()],
    ['truncated.webp', 'image/webp', await image.clone().webp().toBuffer()],
    ['truncated.gif', 'image/gif', await image.clone().gif().toBuffer()],
    ['truncated.avif', 'image/avif', await image.clone().avif({ effort: 0 }).toBuffer()],
    ['truncated.tif', 'image/tiff', await image.clone().tiff().toBuffer()],
    ['truncated.heic', 'image/heic', await heicPhoto('fig')],
  ];
  return files.map(([name, mimeType, file]) => ({
    name,
    mimeType,
    buffer: file.subarray(0, file.length >> 1),
  }));
}

/** A good PNG with the name and type of a JPEG; what counts is inside, so it must open. */
export async function pngNamedJpg(): Promise<PhotoFile> {
  const { buffer } = await examplePhoto('dandelion-at-dusk');
  const png = await sharp(buffer).resize(800, 450).png().toBuffer();
  return { name: 'really a png.jpg', mimeType: 'image/jpeg', buffer: png };
}

async function damagedPng(): Promise<Buffer> {
  const { buffer } = await examplePhoto('fig-in-a-red-bowl');
  const png = await sharp(buffer).resize(300, 200).png().toBuffer();
  return Buffer.concat([png.subarray(0, 60), Buffer.alloc(400, 7)]);
}

/** The first bytes of a HEIC file (ISO/IEC 23008-12): an `ftyp` box of brand `heic`, then nothing that decodes. */
function heicHeader(): Buffer {
  const box = Buffer.alloc(24);
  box.writeUInt32BE(24, 0);
  box.write('ftypheic', 4, 'latin1');
  box.write('mif1heic', 16, 'latin1');
  return Buffer.concat([box, Buffer.alloc(2000, 1)]);
}
