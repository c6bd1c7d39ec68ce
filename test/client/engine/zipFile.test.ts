import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../client/engine/crc32.ts';
import { centralDirectory, localHeader, type ZippedFile } from '../../../client/engine/zipFile.ts';
import { unzip } from '../../browser/unzip.ts';

const at = new Date(2026, 10, 22, 13, 37, 42);

const contents = fc.uniqueArray(
  fc.record({ name: fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }), bytes: fc.uint8Array() }),
  { maxLength: 12, selector: ({ name }) => name },
);

it('an unpacker finds every file again, whatever its name and bytes', () => {
  fc.assert(
    fc.property(contents, (given) => {
      const files = given.map(({ name, bytes }) => ({ name, bytes: bytes.length, crc32: crc32(bytes) }));
      const parts = given.flatMap(({ bytes }, i) => {
        const file = files[i];
        return file ? [localHeader(file, at), bytes] : [];
      });
      const found = unzip(Buffer.concat([...parts, centralDirectory(files, at)]));
      expect(found.map(({ name, bytes }) => ({ name, bytes: new Uint8Array(bytes) }))).toEqual(given);
    }),
  );
});

it('the day and time are those of the clock on the wall', () => {
  const header = Buffer.from(localHeader({ name: 'a', bytes: 0, crc32: 0 }, at));
  const [time, day] = [header.readUInt16LE(10), header.readUInt16LE(12)];
  expect([time >> 11, (time >> 5) & 63, (time & 31) * 2]).toEqual([13, 37, 42]);
  expect([(day >> 9) + 1980, (day >> 5) & 15, day & 31]).toEqual([2026, 11, 22]);
});

describe('beyond four gigabytes', () => {
  const gigabyte = 1024 ** 3;
  const files: ZippedFile[] = Array.from({ length: 6 }, (_, i) => ({
    name: `${i}.png`,
    bytes: gigabyte,
    crc32: i,
  }));
  const directory = Buffer.from(centralDirectory(files, at));
  const place = (index: number) => index * (30 + 5 + gigabyte);

  it('an entry says where it is in eight bytes', () => {
    let from = 0;
    const offsets = files.map(() => {
      const extra = directory.readUInt16LE(from + 30);
      const near = directory.readUInt32LE(from + 42);
      const far = extra > 0 ? Number(directory.readBigUInt64LE(from + 46 + 5 + 4)) : null;
      from += 46 + 5 + extra;
      return far === null ? near : [near, far];
    });
    expect(offsets).toEqual([
      0,
      place(1),
      place(2),
      place(3),
      [0xffffffff, place(4)],
      [0xffffffff, place(5)],
    ]);
  });

  it('so does the end, which is found through its locator', () => {
    const locator = directory.length - 22 - 20;
    expect(directory.readUInt32LE(locator)).toBe(0x07064b50);
    const end = Number(directory.readBigUInt64LE(locator + 8)) - place(6);
    expect(directory.readUInt32LE(end)).toBe(0x06064b50);
    expect(Number(directory.readBigUInt64LE(end + 32))).toBe(6);
    expect(Number(directory.readBigUInt64LE(end + 48))).toBe(place(6));
    expect(Number(directory.readBigUInt64LE(end + 40))).toBe(end);
  });
});

it('more than 65,535 files are counted in eight bytes', () => {
  const many = Array.from({ length: 70_000 }, (_, i) => ({ name: `${i}`, bytes: 0, crc32: 0 }));
  const directory = Buffer.from(centralDirectory(many, at));
  const end = directory.length - 22;
  expect(directory.readUInt16LE(end + 10)).toBe(0xffff);
  expect(Number(directory.readBigUInt64LE(end - 20 - 56 + 32))).toBe(70_000);
});
