/**
 * Writes curves.jsonl: the bytes of different pictures at every quality from 1 to 100, for the search of the byte window and
 * its test; and prints the table of client/engine/typicalSizes.ts. Native JPEG (libjpeg-turbo, 4:2:0, as browsers write it), mozjpeg, WebP and AVIF, by sharp.
 * node --import ./test/runTypeScript.mjs bench/byteWindow/recordCurves.ts
 */
import { writeFile } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { distinctPhotos } from '../../test/photos/photos.ts';

const encoders: Record<string, (image: Sharp, quality: number) => Sharp> = {
  jpeg: (image, quality) => image.jpeg({ quality, chromaSubsampling: '4:2:0' }),
  mozjpeg: (image, quality) => image.jpeg({ quality, mozjpeg: true, chromaSubsampling: '4:2:0' }),
  webp: (image, quality) => image.webp({ quality, effort: 2 }),
  avif: (image, quality) => image.avif({ quality, effort: 0, chromaSubsampling: '4:2:0' }),
};

/** AVIF takes ten times as long as the others, so only the small pictures are encoded. */
const mostPixels: Record<string, number> = { avif: 60_000 };

/** Photos from 180 to 1080 pixels wide, and two drawings: hard text on white, flat shapes. */
async function pictures(): Promise<{ name: string; pixels: Buffer }[]> {
  const widths = [180, 320, 413, 600, 800, 1080];
  const photos = (await distinctPhotos(16)).map(async ({ name, buffer }, index) => {
    const width = widths[index % widths.length] ?? 600;
    return { name: `${name} ${width}`, pixels: await sharp(buffer).resize(width).png().toBuffer() };
  });
  const lines = Array.from(
    { length: 24 },
    (_, i) => `<text x="10" y="${20 + 22 * i}">The quick brown fox ${i}</text>`,
  );
  const text = `<svg xmlns="http://www.w3.org/2000/svg" width="500" height="560" font-size="18"><rect width="500" height="560" fill="#fff"/>${lines.join('')}</svg>`;
  const shapes =
    '<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><rect width="512" height="512" fill="#0a4"/><circle cx="256" cy="256" r="180" fill="#fd0"/></svg>';
  const drawings = Object.entries({ text, shapes }).map(async ([name, svg]) => ({
    name,
    pixels: await sharp(Buffer.from(svg)).flatten().png().toBuffer(),
  }));
  return Promise.all([...photos, ...drawings]);
}

const curves: { picture: string; encoder: string; pixels: number; bytes: number[] }[] = [];
for (const { name, pixels } of await pictures()) {
  const { data, info } = await sharp(pixels).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  for (const [encoder, encode] of Object.entries(encoders)) {
    if (info.width * info.height > (mostPixels[encoder] ?? Infinity)) continue;
    const bytes: number[] = [];
    for (let quality = 1; quality <= 100; quality += 1) {
      const image = sharp(data, { raw: { width: info.width, height: info.height, channels: 3 } });
      bytes.push((await encode(image, quality).toBuffer()).length);
    }
    curves.push({ picture: name, encoder, pixels: info.width * info.height, bytes });
  }
}
const lines = curves.map((curve) => `${JSON.stringify(curve)}\n`);
await writeFile(new URL('./curves.jsonl', import.meta.url), lines.join(''));
for (const encoder of Object.keys(encoders)) {
  const own = curves.filter((curve) => curve.encoder === encoder);
  const typical = Array.from({ length: 100 }, (_, index) => {
    const logs = own.map(({ bytes, pixels }) => Math.log((8 * (bytes[index] ?? 1)) / pixels));
    return Math.round(1000 * Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length));
  });
  console.log(encoder, JSON.stringify(typical));
}
