/** Files that lie, are cut off, or are no files at all: the readers answer, and soon. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readExif } from '../../../../client/engine/headers/exif.ts';
import { readableFormats } from '../../../../client/engine/headers/fileFacts.ts';
import { nameProfile } from '../../../../client/engine/headers/iccProfile.ts';
import { inflateStart } from '../../../../client/engine/headers/inflate.ts';
import { readFileFacts } from '../../../../client/engine/headers/readFile.ts';
import { realFiles } from './realFiles.ts';

let files: Buffer[] = [];

beforeAll(async () => {
  files = (await realFiles()).map(({ bytes }) => bytes);
});

/** Facts that could stand in a sentence, whatever the bytes were. */
function check(bytes: Uint8Array): void {
  const facts = readFileFacts(bytes);
  if (!facts) return;
  expect(readableFormats).toContain(facts.format);
  expect(Math.min(facts.stored.width, facts.stored.height)).toBeGreaterThan(0);
  expect(facts.orientation >= 1 && facts.orientation <= 8).toBe(true);
  expect(facts.dpi === null || (facts.dpi > 0 && Number.isFinite(facts.dpi))).toBe(true);
  expect((facts.profile ?? '').length).toBeLessThan(80);
  expect((facts.metadata.copyright ?? '').length).toBeLessThanOrEqual(1000);
}

const aFile = () => fc.nat(files.length - 1).map((index) => files[index] ?? Buffer.alloc(0));

describe('the readers never throw', () => {
  it('for random bytes behind each signature', () => {
    const starts = [
      [0xff, 0xd8, 0xff, 0xe1],
      [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52],
      [...Buffer.from('RIFF\x40\0\0\0WEBPVP8X')],
      [...Buffer.from('\0\0\0\x14ftypavif\0\0\0\0avif')],
      [0, 0, 1, 0],
      [],
    ];
    fc.assert(
      fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), (start, rest) =>
        check(Uint8Array.from([...start, ...rest])),
      ),
      { numRuns: 1500 },
    );
  });

  it('for real files cut off anywhere, which are then not whole', () => {
    fc.assert(
      fc.property(aFile(), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (file, share) => {
        const cut = file.subarray(0, Math.floor(share * file.length));
        check(cut);
        expect(readFileFacts(cut)?.isWhole ?? false).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });

  it('for real files with bytes changed, most of them in the header', () => {
    const change = fc.record({ at: fc.nat(1400), value: fc.integer({ min: 0, max: 255 }) });
    fc.assert(
      fc.property(aFile(), fc.array(change, { minLength: 1, maxLength: 12 }), (file, changes) => {
        const bytes = Uint8Array.from(file);
        for (const { at, value } of changes) bytes[at % bytes.length] = value;
        check(bytes);
      }),
      { numRuns: 1500 },
    );
  });

  it('for real files with a length that lies', () => {
    const lie = fc.constantFrom(0, 1, 0x7f, 0xff);
    fc.assert(
      fc.property(aFile(), fc.nat(900), lie, (file, at, value) => {
        const bytes = Uint8Array.from(file);
        bytes.fill(value, at, at + 4);
        check(bytes);
      }),
      { numRuns: 1000 },
    );
  });

  it('for any bytes given to the readers inside: EXIF, profiles, packed data', () => {
    const tiff = fc.constantFrom([0x49, 0x49, 42, 0, 8, 0, 0, 0], [0x4d, 0x4d, 0, 42, 0, 0, 0, 8], []);
    fc.assert(
      fc.property(tiff, fc.uint8Array({ maxLength: 300 }), (start, rest) => {
        const bytes = Uint8Array.from([...start, ...rest]);
        expect(readExif(bytes).orientation).toBeGreaterThan(0);
        expect(nameProfile(bytes).length).toBeGreaterThan(0);
        expect(inflateStart(bytes, 500).length).toBeLessThanOrEqual(500);
      }),
      { numRuns: 1500 },
    );
  });
});

describe('the readers never take long', () => {
  const megabyte = 1_000_000;
  it.each<[string, number[], number[]]>([
    ['a JPEG of a million empty segments', [0xff, 0xd8], [0xff, 0xe1, 0, 2]],
    ['a JPEG of nothing but 0xff', [0xff, 0xd8], [0xff]],
    ['a JPEG of scans without end', [0xff, 0xd8], [0xff, 0xda, 0, 2, 0xff, 0xff, 0]],
    [
      'a PNG of empty chunks',
      [0x89, 80, 78, 71, 13, 10, 26, 10],
      [0, 0, 0, 0, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 0],
    ],
    [
      'a WebP of empty chunks',
      [...Buffer.from('RIFF\xff\xff\xff\x7fWEBP', 'latin1')],
      [...Buffer.from('EXIF\0\0\0\0')],
    ],
    [
      'an AVIF of empty boxes',
      [...Buffer.from('\0\0\0\x14ftypavif\0\0\0\0avif')],
      [0, 0, 0, 8, ...Buffer.from('meta')],
    ],
    [
      'an icon with 64 pictures that all are the whole file',
      [0, 0, 1, 0, 64, 0],
      [16, 16, 0, 0, 1, 0, 32, 0, 0, 0, 0x10, 0, 0, 0, 0, 0],
    ],
  ])('%s: under a second of processor time for 4 MB', (_name, start, repeated) => {
    const bytes = Buffer.alloc(4 * megabyte, Uint8Array.from(repeated));
    bytes.set(start);
    expect(processorMs(() => check(bytes))).toBeLessThan(1000);
  });

  it('a packed profile of thousands of empty blocks: under half a second of it', () => {
    const spent = processorMs(() => {
      inflateStart(Buffer.alloc(megabyte, Uint8Array.from([0x02, 0x08, 0x20, 0x80])), 65_536);
      inflateStart(Buffer.alloc(megabyte, Uint8Array.from([0x04, 0, 0, 0, 0])), 65_536);
    });
    expect(spent).toBeLessThan(500);
  });
});

/** Wall time would count what else the machine does. */
function processorMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}
