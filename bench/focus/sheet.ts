/** A picture of the worst crops, to look at: numbers do not see a head that is glued to an edge. */
import sharp from 'sharp';
import type { FocusBox } from '../../client/engine/focus/box.ts';
import type { Rect } from '../../client/engine/geometry.ts';
import type { Score } from './measure.ts';

export interface Cell {
  score: Score;
  crop: Rect;
  boxes: readonly FocusBox[];
}

const side = 340;
const words = 34;
const columns = 5;
const colours = {
  face: '#ff4040',
  person: '#4aa8ff',
  animal: '#ffb000',
  object: '#c080ff',
  region: '#909090',
};

/** Each photo dark outside of the crop; labelled boxes green, ours by kind, thicker the more they weigh. */
export async function writeSheet(file: string, cells: readonly Cell[]): Promise<void> {
  const pictures = await Promise.all(cells.map(drawCell));
  await sharp({
    create: {
      width: side * columns,
      height: Math.max(1, Math.ceil(cells.length / columns)) * (side + words),
      channels: 3,
      background: '#181818',
    },
  })
    .composite(
      pictures.map((input, i) => ({
        input,
        left: (i % columns) * side,
        top: Math.floor(i / columns) * (side + words),
      })),
    )
    .png({ palette: true })
    .toFile(file);
}

async function drawCell({
  score: { photo, aspect, kept, ofAttainable },
  crop,
  boxes,
}: Cell): Promise<Buffer> {
  const scale = (side - 6) / Math.max(photo.width, photo.height);
  const width = Math.round(photo.width * scale);
  const height = Math.round(photo.height * scale);
  const rect = ({ x, y, width: w, height: h }: Rect, style: string) =>
    `<rect x="${x * width}" y="${y * height}" width="${w * width}" height="${h * height}" ${style}/>`;
  const drawn = [
    `<path fill="#000" fill-opacity="0.6" fill-rule="evenodd" d="M0 0h${width}v${height}h${-width}z M${crop.x * width} ${crop.y * height}h${crop.width * width}v${crop.height * height}h${-crop.width * width}z"/>`,
    ...photo.keep.map((box) => rect(box, 'fill="none" stroke="#20ff20" stroke-width="3"')),
    ...boxes.map((box) =>
      rect(box.box, `fill="none" stroke="${colours[box.kind]}" stroke-width="${0.5 + 2 * box.weight}"`),
    ),
    text(`${photo.name}`, height + 13),
    text(
      `${photo.kind}, ${aspect}: kept ${Math.round(kept * 100)} %, of attainable ${Math.round(ofAttainable * 100)} %`,
      height + 28,
    ),
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side + words}">${drawn.join('')}</svg>`;
  const picture = await sharp(photo.file)
    .rotate()
    .resize(width, height, { fit: 'fill' })
    .flatten()
    .extend({ right: side - width, bottom: side + words - height, background: '#181818' })
    .toColourspace('srgb')
    .png()
    .toBuffer();
  return sharp(picture)
    .composite([{ input: Buffer.from(svg) }])
    .png()
    .toBuffer();
}

function text(words: string, y: number): string {
  return `<text x="3" y="${y}" font-family="sans-serif" font-size="12" fill="#fff">${words.replace(/[<&]/g, '')}</text>`;
}
