/** The colour profile of Adobe RGB (1998), written from its published figures: primaries as seen in D50, gamma 2.2 (563/256). */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Sharp } from 'sharp';

const columns = {
  rXYZ: [0.60974, 0.31111, 0.01947],
  gXYZ: [0.20528, 0.62567, 0.06087],
  bXYZ: [0.14919, 0.06322, 0.74457],
  wtpt: [0.9642, 1, 0.82491],
};

/** The image as a file in that space, in whatever format it is set to. */
export async function inAdobeRgb(image: Sharp): Promise<Buffer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'all-img-fit-icc-'));
  try {
    const profile = path.join(folder, 'adobe.icc');
    await writeFile(profile, adobeRgbProfile());
    return await image.withIccProfile(profile).toBuffer();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** An ICC profile of version 2 with a matrix and one curve (ICC.1:2001-04, 6.3.1.2). */
function adobeRgbProfile(): Buffer {
  const tags: [string, Buffer][] = [
    ['desc', description('Adobe RGB (1998), for tests')],
    ['cprt', Buffer.concat([Buffer.from('text\0\0\0\0none\0', 'latin1')])],
    ...Object.entries(columns).map(([name, values]): [string, Buffer] => [name, xyz(values)]),
    ...['rTRC', 'gTRC', 'bTRC'].map((name): [string, Buffer] => [name, curve()]),
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length, 0);
  const bodies: Buffer[] = [];
  let at = 128 + table.length;
  for (const [i, [name, content]] of tags.entries()) {
    const body = Buffer.concat([content, Buffer.alloc(-content.length & 3)]);
    table.write(name, 4 + i * 12, 'latin1');
    table.writeUInt32BE(at, 8 + i * 12);
    table.writeUInt32BE(content.length, 12 + i * 12);
    bodies.push(body);
    at += body.length;
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(0x02200000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  header.writeUInt16BE(2000, 24);
  header.writeUInt16BE(1, 26);
  header.writeUInt16BE(1, 28);
  header.write('acsp', 36, 'latin1');
  for (const [i, value] of columns.wtpt.entries()) header.writeInt32BE(fixed(value), 68 + i * 4);
  return Buffer.concat([header, table, ...bodies]);
}

function xyz(values: readonly number[]): Buffer {
  const body = Buffer.alloc(20);
  body.write('XYZ ', 0, 'latin1');
  for (const [i, value] of values.entries()) body.writeInt32BE(fixed(value), 8 + i * 4);
  return body;
}

function curve(): Buffer {
  const body = Buffer.alloc(14);
  body.write('curv', 0, 'latin1');
  body.writeUInt32BE(1, 8);
  body.writeUInt16BE(563, 12);
  return body;
}

function description(text: string): Buffer {
  const body = Buffer.alloc(12 + text.length + 1 + 78);
  body.write('desc', 0, 'latin1');
  body.writeUInt32BE(text.length + 1, 8);
  body.write(text, 12, 'latin1');
  return body;
}

function fixed(value: number): number {
  return Math.round(value * 65536);
}
