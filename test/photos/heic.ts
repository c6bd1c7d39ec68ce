/**
 * HEIC files, which no package that we use writes. `fig.heic` (180 x 120), `fig-in-p3.heic` and `cut-out.heic` (120 x 120) were
 * made of public/example/fig-in-a-red-bowl.jpg, resized by sharp, with heif-enc of libheif 1.15 at quality 75.
 */
import { readFile } from 'node:fs/promises';

export type HeicName = 'fig' | 'fig-in-p3' | 'cut-out';

export function heicPhoto(name: HeicName): Promise<Buffer> {
  return readFile(new URL(`./${name}.heic`, import.meta.url));
}

interface Place {
  start: number;
  end: number;
}

/**
 * `fig.heic` with the wish to be turned: `quarters` x 90 degrees against the clock (irot), then mirrored left to right (imir;
 * ISO/IEC 23008-12, 6.5.10 and 6.5.12). What it adds to the box `ipco` is told to all boxes around it, and to the place of the pixels.
 */
export async function turnedHeic({ quarters, isMirrored }: { quarters: number; isMirrored: boolean }) {
  const heic = await heicPhoto('fig');
  const meta = find(heic, ['meta']);
  const containers = [
    meta,
    find(heic, ['meta', 'iprp']),
    find(heic, ['meta', 'iprp', 'ipco']),
    find(heic, ['meta', 'iprp', 'ipma']),
  ];
  const [, , ipco, ipma] = containers;
  if (!ipco || !ipma) throw new Error('fig.heic has no properties');
  const boxes = [box('irot', quarters), ...(isMirrored ? [box('imir', 1)] : [])];
  const known = countBoxes(heic, ipco);
  const properties = Buffer.concat(boxes);
  // The first item of ipma is the picture: its count stands behind version, flags, the number of items and its id.
  const countAt = ipma.start + 8 + 4 + 4 + 2;
  const count = heic[countAt] ?? 0;
  const wishes = Buffer.from(boxes.map((_, index) => 0x80 | (known + 1 + index)));
  const grown = Buffer.from(heic);
  grown[countAt] = count + boxes.length;
  for (const place of containers.slice(0, 3)) grow(grown, place, properties.length);
  for (const place of [containers[0], containers[1], ipma]) if (place) grow(grown, place, wishes.length);
  movePixels(grown, properties.length + wishes.length);
  const associationsEnd = countAt + 1 + count;
  return Buffer.concat([
    grown.subarray(0, ipco.end),
    properties,
    grown.subarray(ipco.end, associationsEnd),
    wishes,
    grown.subarray(associationsEnd),
  ]);
}

function box(kind: string, value: number): Buffer {
  return Buffer.from([0, 0, 0, 9, ...Buffer.from(kind, 'latin1'), value]);
}

function grow(file: Buffer, place: Place | undefined, bytes: number): void {
  if (place) file.writeUInt32BE(file.readUInt32BE(place.start) + bytes, place.start);
}

/** Every item of iloc (here of version 0, with a base of four bytes) lies behind `meta` and moves with the end of the file. */
function movePixels(file: Buffer, bytes: number): void {
  const { start } = find(file, ['meta', 'iloc']);
  if (file[start + 8] !== 0 || file.readUInt16BE(start + 12) !== 0x4440) {
    throw new Error('fig.heic counts places in another way');
  }
  const items = file.readUInt16BE(start + 14);
  for (let at = start + 16, item = 0; item < items; item++) {
    file.writeUInt32BE(file.readUInt32BE(at + 4) + bytes, at + 4);
    at += 10 + file.readUInt16BE(at + 8) * 8;
  }
}

function find(file: Buffer, kinds: readonly string[], within: Place = { start: 0, end: file.length }): Place {
  const [kind, ...inner] = kinds;
  for (let at = within.start; at < within.end; at += Math.max(8, file.readUInt32BE(at))) {
    if (file.toString('latin1', at + 4, at + 8) !== kind) continue;
    const place = { start: at, end: at + file.readUInt32BE(at) };
    if (inner.length === 0) return place;
    return find(file, inner, { start: at + (kind === 'meta' ? 12 : 8), end: place.end });
  }
  throw new Error(`There is no box ${kinds.join('/')}`);
}

function countBoxes(file: Buffer, { start, end }: Place): number {
  let count = 0;
  for (let at = start + 8; at < end; at += Math.max(8, file.readUInt32BE(at))) count += 1;
  return count;
}
