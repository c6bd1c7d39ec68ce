/** Files that look like photos and are none, or not what their name says. */
import sharp from 'sharp';
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

/** A JPEG whose second half is missing. Browsers show what is there, so it may be opened or refused, not crash. */
export async function truncatedPhoto(): Promise<PhotoFile> {
  const { buffer } = await examplePhoto('dandelion-at-dusk');
  return { name: 'truncated.jpg', mimeType: 'image/jpeg', buffer: buffer.subarray(0, buffer.length >> 1) };
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
