/** The bench's photos, made once from Debian's wallpapers (lomiri-wallpapers-16.04 and -20.04) into node_modules/.cache. */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

const source = process.env.BENCH_WALLPAPERS ?? '/usr/share/backgrounds';
const cache = fileURLToPath(new URL('../../node_modules/.cache/all-img-fit/bench', import.meta.url));
const jpeg = { quality: 93, chromaSubsampling: '4:2:0' };

const recipes = {
  /** A bird before a soft ground. */
  'bird-24mp.jpg': () => grown('Kleiber_by_Lukas_Baubkus.jpg', 6000, 4000),
  /** Dense foliage: a small photo, mirrored to four. */
  'foliage-24mp.jpg': () => mirrored('life_by_Aitzol_Berasategi.jpg', 3000, 2000),
  'bird-24mp-p3.jpg': async () =>
    sharp(await photo('bird-24mp.jpg'))
      .withIccProfile('p3')
      .jpeg(jpeg)
      .toBuffer(),
  'dragonfly-12mp.jpg': () => grown('Dragonfly_by_Bolly.jpg', 4032, 3024),
  'bird-100mp.jpg': () => mirrored('Kleiber_by_Lukas_Baubkus.jpg', 5824, 4368),
  'text.png': () => fineText(3000),
};
export type PhotoName = keyof typeof recipes;

/** A photo's bytes. Throws with what must be installed when its source is missing. */
export async function photo(name: PhotoName): Promise<Buffer> {
  const file = path.join(cache, name);
  if (!fs.existsSync(file)) {
    const bytes = await recipes[name]();
    fs.mkdirSync(cache, { recursive: true });
    fs.writeFileSync(`${file}.part`, bytes);
    fs.renameSync(`${file}.part`, file);
  }
  return fs.readFileSync(file);
}

/** The file for a process of its own. */
export async function photoPath(name: PhotoName): Promise<string> {
  await photo(name);
  return path.join(cache, name);
}

/** Cut to that size, with the grain that a camera's file has and a reworked wallpaper lacks. */
async function grown(name: string, width: number, height: number): Promise<Buffer> {
  const noise = { type: 'gaussian' as const, mean: 128, sigma: 4 };
  const grain = await sharp({ create: { width, height, channels: 3, background: '#808080', noise } })
    .png({ compressionLevel: 0 })
    .toBuffer();
  const picture = await sharp(wallpaper(name)).resize(width, height).png({ compressionLevel: 0 }).toBuffer();
  return sharp(picture)
    .composite([{ input: grain, blend: 'soft-light' }])
    .jpeg(jpeg)
    .toBuffer();
}

/** Four times the picture of that size, so that neighbours fit: itself, mirrored across, down and both. */
async function mirrored(name: string, width: number, height: number): Promise<Buffer> {
  const tile = await sharp(wallpaper(name)).resize(width, height).removeAlpha().toBuffer();
  const [across, down] = [await sharp(tile).flop().toBuffer(), await sharp(tile).flip().toBuffer()];
  const both = await sharp(across).flip().toBuffer();
  const create = { width: width * 2, height: height * 2, channels: 3 as const, background: '#000' };
  return sharp({ create, limitInputPixels: false })
    .composite([
      { input: tile, left: 0, top: 0 },
      { input: across, left: width, top: 0 },
      { input: down, left: 0, top: height },
      { input: both, left: width, top: height },
    ])
    .jpeg(jpeg)
    .toBuffer();
}

/** Lines of black serifs on white, 14 to 30 pixels high. */
function fineText(side: number): Promise<Buffer> {
  const words =
    'Quick zephyrs blow, vexing daft Jim; 0123456789 sphinx of black quartz, judge my vow. '.repeat(5);
  const lines = Array.from({ length: Math.ceil(side / 26) }, (_, i) => {
    const size = 14 + (i % 9) * 2;
    return `<text x="${-((i * 37) % 200)}" y="${i * 26 + 20}" font-size="${size}" font-family="DejaVu Serif, serif">${words}</text>`;
  });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}"><rect width="100%" height="100%" fill="#fff"/>${lines.join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

function wallpaper(name: string): string {
  const file = path.join(source, name);
  if (fs.existsSync(file)) return file;
  throw new Error(
    `${file} is missing. On Debian: apt-get install lomiri-wallpapers-16.04 lomiri-wallpapers-20.04; elsewhere unpack them and set BENCH_WALLPAPERS.`,
  );
}
