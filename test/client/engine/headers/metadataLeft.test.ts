import { beforeAll, expect, it } from 'vitest';
import { readExif } from '../../../../client/engine/headers/exif.ts';
import { readFileFacts } from '../../../../client/engine/headers/readFile.ts';
import { realFiles } from './realFiles.ts';

let plain: Record<string, Buffer> = {};

beforeAll(async () => {
  const files = await realFiles();
  plain = Object.fromEntries(files.map(({ name, bytes }) => [name, bytes]));
});

/** Puts a segment behind the SOI of a JPEG. */
function withSegment(marker: number, body: string): Buffer {
  const jpeg = plain['301 x 7 jpeg'] ?? Buffer.alloc(0);
  const content = Buffer.from(body, 'latin1');
  const head = Buffer.from([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255]);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}

it('a comment counts as one unless it is blank: that is padding', () => {
  expect(readFileFacts(withSegment(0xfe, 'made with care'))?.metadata.comment).toBe(true);
  expect(readFileFacts(withSegment(0xfe, ' '.repeat(500)))?.metadata.comment).toBe(false);
});

it('IPTC is told from the other resources of Photoshop', () => {
  const resource = (id: number, body: string) =>
    `8BIM${String.fromCharCode(id >> 8, id & 255)}\0\0\0\0\0${String.fromCharCode(body.length)}${body}`;
  const photoshop = (...resources: string[]) => withSegment(0xed, `Photoshop 3.0\0${resources.join('')}`);
  const other = resource(0x03ed, 'resolution');
  expect(readFileFacts(photoshop(other))?.metadata.iptc).toBe(false);
  expect(readFileFacts(photoshop(other, resource(0x0404, 'caption!')))?.metadata.iptc).toBe(true);
});

it.each(['301 x 7 jpeg', '301 x 7 png', '301 x 7 webp'])(
  'bytes behind the end of a %s are noticed',
  (name) => {
    const file = Buffer.concat([plain[name] ?? Buffer.alloc(0), Buffer.from('a film, say')]);
    expect(readFileFacts(file)).toMatchObject({ isWhole: true, metadata: { trailing: true } });
  },
);

it('EXIF is read in both byte orders, with text in UTF-8 or Latin-1', () => {
  const copyright = Buffer.from('© Ana Šimić\0');
  const big = Buffer.alloc(26 + copyright.length);
  big.write('MM\0*\0\0\0\x08\0\x01\x82\x98\0\x02', 'latin1');
  big.writeUInt32BE(copyright.length, 14);
  big.writeUInt32BE(26, 18);
  copyright.copy(big, 26);
  expect(readExif(big).copyright).toBe('© Ana Šimić');
  big.fill(0, 26);
  big.write('\xa9 Zo\xeb 5 %', 26, 'latin1');
  expect(readExif(big).copyright).toBe('© Zoë 5 %');
});

it('the largest picture of an icon stands for it, with what any of them says', () => {
  const png = plain['gps png'] ?? Buffer.alloc(0);
  const tiny = plain['1 x 1 png'] ?? Buffer.alloc(0);
  const entry = (side: number, length: number, at: number) => {
    const bytes = Buffer.from([side, side, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    bytes.writeUInt32LE(length, 8);
    bytes.writeUInt32LE(at, 12);
    return bytes;
  };
  const ico = Buffer.concat([
    Buffer.from([0, 0, 1, 0, 2, 0]),
    entry(41, png.length, 38),
    entry(1, tiny.length, 38 + png.length),
    png,
    tiny,
  ]);
  expect(readFileFacts(ico)).toMatchObject({
    format: 'ico',
    stored: { width: 41, height: 30 },
    sizes: [
      { width: 41, height: 30 },
      { width: 1, height: 1 },
    ],
    isWhole: true,
    metadata: { exif: true, gps: true, copyright: '(C) Ana Simic', trailing: false },
  });
  expect(readFileFacts(ico.subarray(0, ico.length - 1))?.isWhole).toBe(false);
});
