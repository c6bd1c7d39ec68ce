import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import {
  decodeFailure,
  type ImageFormat,
  imageFormats,
  sniffImage,
  sniffLength,
} from '../../../client/engine/sniff.ts';
import { encodeBmp } from '../../photos/bmp.ts';
import { heicPhoto } from '../../photos/heic.ts';
import { encodeJxl } from '../../photos/jxl.ts';

const picture = sharp({ create: { width: 40, height: 30, channels: 3, background: '#a03060' } });
const real: Record<ImageFormat, Promise<Buffer>> = {
  jpeg: picture.clone().jpeg().toBuffer(),
  png: picture.clone().png().toBuffer(),
  webp: picture.clone().webp().toBuffer(),
  avif: picture.clone().avif().toBuffer(),
  gif: picture.clone().gif().toBuffer(),
  svg: Promise.resolve(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')),
  bmp: Promise.resolve(encodeBmp(Buffer.alloc(40 * 30 * 3, 90), 40, 30)),
  heic: heicPhoto('fig'),
  tiff: picture.clone().tiff().toBuffer(),
  jxl: picture.clone().png().toBuffer().then(encodeJxl),
};
const endings: Record<ImageFormat, string> = {
  jpeg: 'jpg',
  png: 'png',
  webp: 'webp',
  avif: 'avif',
  gif: 'gif',
  svg: 'svg',
  bmp: 'bmp',
  heic: 'heic',
  tiff: 'tif',
  jxl: 'jxl',
};

function sniff(content: Uint8Array | string, name = 'file') {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return sniffImage(bytes.subarray(0, sniffLength), bytes.length, name);
}

function reasonFor(content: Uint8Array | string, name = 'file'): string {
  const sniffed = sniff(content, name);
  return sniffed.kind === 'refused' ? sniffed.reason : `taken as ${sniffed.format}`;
}

/** An ISO base media file that is nothing but its first box. */
function box(main: string, ...others: string[]): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(16 + 4 * others.length);
  return Buffer.concat([
    length,
    Buffer.from(`ftyp${main}\0\0\0\0${others.join('')}`, 'latin1'),
    Buffer.alloc(40),
  ]);
}

describe('each format', () => {
  it.each(imageFormats)('%s is known by its bytes, under any name', async (format) => {
    const bytes = await real[format];
    expect(sniff(bytes, `a.${endings[format]}`)).toEqual({ kind: 'image', format });
    expect(sniff(bytes, 'no ending')).toEqual({ kind: 'image', format });
  });

  it.each(imageFormats)('%s with the name of another is read and noted', async (format) => {
    const other = format === 'png' ? 'jpg' : 'png';
    const sniffed = sniff(await real[format], `really.${other}`);
    expect(sniffed).toMatchObject({ kind: 'image', format });
    expect(sniffed).toHaveProperty(
      'note',
      expect.stringMatching(`^really.${other} is an? .+ although its name ends in .${other}`),
    );
  });

  it('takes the usual spellings of an ending', async () => {
    for (const name of ['a.JPG', 'a.jpeg', 'a.jfif']) {
      expect(sniff(await real.jpeg, name)).toEqual({ kind: 'image', format: 'jpeg' });
    }
  });

  it('SVG may begin with a byte order mark, a declaration, comments, a DOCTYPE, a prefix, or be UTF-16', () => {
    const beginnings = [
      '\xef\xbb\xbf<svg>',
      '<?xml version="1.0"?>\n<!-- made by hand -->\n<svg viewBox="0 0 1 1">',
      '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "x">\n<svg\n width="1">',
      '  \n<svg:svg xmlns:svg="http://www.w3.org/2000/svg">',
      `\xff\xfe${[...'<svg/>'].map((letter) => `${letter}\0`).join('')}`,
      `\xfe\xff${[...'<svg/>'].map((letter) => `\0${letter}`).join('')}`,
    ];
    for (const start of beginnings) expect(sniff(start)).toEqual({ kind: 'image', format: 'svg' });
  });

  it('a box file is HEIC or AVIF by its brands', () => {
    expect(sniff(box('heic', 'mif1', 'heic'))).toEqual({ kind: 'image', format: 'heic' });
    expect(sniff(box('mif1', 'heic'))).toEqual({ kind: 'image', format: 'heic' });
    expect(sniff(box('mif1', 'avif', 'miaf'))).toEqual({ kind: 'image', format: 'avif' });
  });

  it('TIFF may have either order of bytes, and JPEG XL come bare or in boxes', () => {
    for (const start of ['II*\0', 'MM\0*', 'II+\0']) expect(sniff(start)).toMatchObject({ format: 'tiff' });
    for (const start of ['\xff\x0a', '\0\0\0\x0cJXL \r\n\x87\n']) {
      expect(sniff(start)).toMatchObject({ format: 'jxl' });
    }
  });
});

describe('a file that cannot be read', () => {
  it('says so by its name: empty', () => {
    expect(sniffImage(new Uint8Array(), 0, 'nothing.jpg')).toEqual({
      kind: 'refused',
      reason: 'nothing.jpg is empty (0 bytes).',
    });
  });

  it.each([
    ['a JPEG 2000 image', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['a Photoshop file', '8BPS\0\x01'],
    ['a PDF document', '%PDF-1.7'],
    ['a camera RAW file', 'II*\0\x10\0\0\0CR\x02\0'],
    ['a camera RAW file', 'IIU\0'],
    ['a camera RAW file', 'FUJIFILMCCD-RAW 0201'],
    ['a Windows icon', '\0\0\x01\0\x01\0'],
    ['a GIMP file', 'gimp xcf v011'],
    ['a video', '\x1a\x45\xdf\xa3'],
    ['a video', 'RIFF\x10\0\0\0AVI LIST'],
    ['a sound file', 'RIFF\x10\0\0\0WAVEfmt '],
    ['a sound file', 'ID3\x04'],
    ['an archive', 'PK\x03\x04'],
    ['an archive', '\x1f\x8b\x08'],
    ['a web page (HTML)', '<!DOCTYPE html><svg></svg>'],
    ['a web page (HTML)', '\n<html lang="en">'],
  ])('says so by its name: %s', (what, start) => {
    const reason = reasonFor(start, 'odd.jpg');
    expect(reason.startsWith(`odd.jpg is ${what}`)).toBe(true);
    expect(reason).toMatch(/\.$/);
  });

  it('says so by its name: video and camera RAW in the box format', () => {
    expect(reasonFor(box('isom', 'mp42'), 'clip.mp4')).toMatch(/^clip.mp4 is a video/);
    expect(reasonFor(box('qt  '), 'clip.jpg')).toMatch(/^clip.jpg is a video/);
    expect(reasonFor(box('crx ', 'isom'), 'a.cr3')).toMatch(/^a.cr3 is a camera RAW file/);
  });

  it('uses the name only to choose the words for a TIFF, in which most cameras wrap their raw data', () => {
    expect(reasonFor('II*\0\x08\0\0\0', 'DSC_1.NEF')).toMatch(/^DSC_1.NEF is a camera RAW file/);
    expect(sniff('II*\0\x08\0\0\0', 'scan.tif')).toEqual({ kind: 'image', format: 'tiff' });
  });

  it('quotes what a text starts with', () => {
    expect(reasonFor('Dear Ms Ito,\nthank you for the photos of the garden.', 'letter.jpg')).toBe(
      'letter.jpg is text, not an image; it starts “Dear Ms Ito, thank you for the…”.',
    );
    expect(reasonFor('{"error":"not found"}', 'a.png')).toContain('“{"error":"not found"}”');
    // "BM" alone does not make a bitmap.
    expect(reasonFor('BMW is a car maker, and this is a text.')).toMatch(/is text/);
  });

  it('shows the first bytes of something unknown, and knows a file of zeros', () => {
    expect(reasonFor('\x00\x9c\x02\xfe\x00')).toMatch(/it starts with the bytes 00 9c 02 fe\.$/);
    expect(reasonFor(Buffer.alloc(5000), 'copy.jpg')).toBe(
      'copy.jpg holds only zeros; the copy or download went wrong.',
    );
  });

  it('names a file that passed but does not decode', () => {
    expect(decodeFailure('cut.jpg', 'jpeg', { width: 4000, height: 3000 })).toBe(
      'cut.jpg starts like a JPEG but could not be decoded: it is damaged or cut off.',
    );
    expect(decodeFailure('a.avif', 'avif', null)).toMatch(/like an AVIF/);
  });

  it('says of a huge one that it may be too large', () => {
    expect(decodeFailure('map.png', 'png', { width: 30_000, height: 20_000 })).toBe(
      'map.png has 600 megapixels (30000 × 20000) and could not be decoded: it is too large for this browser, or damaged.',
    );
  });

  it('never shows a name with hidden or endless characters', () => {
    const reason = reasonFor('', 'a\u202Egpj.exe\u0007');
    expect(reason).toMatch(/^agpj.exe is empty/);
    expect(reasonFor('', '\u200B')).toMatch(/^The file is empty/);
    expect([...reasonFor('', `${'long '.repeat(100)}.jpg`)].length).toBeLessThan(120);
  });
});

describe('whatever the bytes', () => {
  const signatures = [
    '\xff\xd8\xff',
    '\x89PNG\r\n\x1a\n',
    'RIFF',
    'GIF89a',
    '\0\0\0\x1cftyp',
    '<svg',
    'BM',
    'II*\0',
    'PK\x03\x04',
    '',
  ];
  const anyFile = fc
    .tuple(fc.constantFrom(...signatures), fc.uint8Array({ maxLength: 300 }))
    .map(([start, rest]) => Buffer.concat([Buffer.from(start, 'latin1'), rest]));

  it('answers with a format or with a sentence that names the file', () => {
    fc.assert(
      fc.property(anyFile, fc.string({ unit: 'binary' }), (bytes, name) => {
        sniffImage(bytes, bytes.length, name);
        const sniffed = sniffImage(bytes, bytes.length, 'photo.jpg');
        if (sniffed.kind === 'refused') expect(sniffed.reason).toMatch(/^photo\.jpg .+\.$/);
        else expect(imageFormats).toContain(sniffed.format);
      }),
      { numRuns: 2000 },
    );
  });

  it('answers for real files cut off anywhere', async () => {
    for (const format of imageFormats) {
      const bytes = await real[format];
      for (let length = 1; length < Math.min(bytes.length, 80); length++) {
        const sniffed = sniff(bytes.subarray(0, length), 'cut');
        if (sniffed.kind === 'image') expect(sniffed.format).toBe(format);
        else expect(sniffed.reason).toMatch(/^cut .+\.$/);
      }
    }
  });
});
