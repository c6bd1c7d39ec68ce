import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  keepOnly,
  nothingKept,
  readSourceMetadata,
  type SourceMetadata,
} from '../../../../client/engine/fileMetadata/sourceMetadata.ts';
import { writeExif } from '../../../../client/engine/fileMetadata/writeExif.ts';
import { type WrittenMetadata, writeMetadata } from '../../../../client/engine/fileMetadata/writeMetadata.ts';
import { readExif } from '../../../../client/engine/headers/exif.ts';
import { readFileFacts } from '../../../../client/engine/headers/readFile.ts';
import { keepNothing } from '../../../../client/engine/verdict.ts';
import { examplePhoto } from '../../../photos/photos.ts';
import { realFiles, whereAndWhose } from '../headers/realFiles.ts';

const formats = ['jpeg', 'png', 'webp'] as const;
type Format = (typeof formats)[number];

let files: Record<Format, Buffer>;
let withProfile: Record<Format, Buffer>;
let photo: Buffer;

beforeAll(async () => {
  const { buffer } = await examplePhoto('fig-in-a-red-bowl');
  const image = sharp(buffer).resize(120, 80);
  const make = (pipeline: typeof image) => ({
    jpeg: pipeline.clone().jpeg().toBuffer(),
    png: pipeline.clone().png().toBuffer(),
    webp: pipeline.clone().webp().toBuffer(),
  });
  const settled = async (made: ReturnType<typeof make>) => ({
    jpeg: await made.jpeg,
    png: await made.png,
    webp: await made.webp,
  });
  files = await settled(make(image));
  withProfile = await settled(make(image.clone().withIccProfile('p3')));
  photo = await image.clone().jpeg().withExif(whereAndWhose).toBuffer();
});

function write(bytes: Uint8Array, format: Format, written: Partial<WrittenMetadata>): Uint8Array {
  return writeMetadata(bytes, format, { dpi: null, kept: nothingKept, padTo: null, ...written });
}

const notice: SourceMetadata = {
  copyright: '© Ana Šimić, всё',
  artist: 'Ana Šimić',
  date: '2026:11:21 18:04:59',
  gps: null,
};

describe.each(formats)('a %s', (format) => {
  it.each([72, 96, 300, 600])('says %i dpi, to sharp and to us, and its picture is the same', async (dpi) => {
    const written = write(files[format], format, { dpi });
    expect(readFileFacts(written)).toMatchObject({
      dpi,
      isWhole: true,
      metadata: { moreExif: false, gps: false },
    });
    if (format !== 'webp') expect((await sharp(written).metadata()).density).toBe(dpi);
    expect(await pixels(written)).toEqual(await pixels(files[format]));
  });

  it('written again, says the new resolution once', () => {
    const again = write(write(files[format], format, { dpi: 72 }), format, { dpi: 300 });
    expect(readFileFacts(again)?.dpi).toBe(300);
    expect(again.length).toBe(write(files[format], format, { dpi: 300 }).length);
  });

  it('carries the notice and the date, in any script, and nothing else', async () => {
    const written = write(files[format], format, { dpi: 300, kept: notice });
    const facts = readFileFacts(written);
    expect(facts).toMatchObject({ dpi: 300, orientation: 1 });
    expect(facts?.metadata).toEqual({
      exif: true,
      moreExif: false,
      gps: false,
      xmp: false,
      iptc: false,
      comment: false,
      copyright: notice.copyright,
      artist: notice.artist,
      date: notice.date,
      trailing: false,
    });
    const { exif } = await sharp(written).metadata();
    expect(exif?.includes(Buffer.from(notice.copyright ?? ''))).toBe(true);
    expect(await pixels(written)).toEqual(await pixels(files[format]));
  });

  it('keeps its profile byte for byte', async () => {
    const written = write(withProfile[format], format, { dpi: 300, kept: notice, padTo: 30_000 });
    const [before, after] = await Promise.all([
      sharp(withProfile[format]).metadata(),
      sharp(written).metadata(),
    ]);
    expect(before.icc?.length).toBeGreaterThan(100);
    expect(after.icc).toEqual(before.icc);
    expect(readFileFacts(written)?.profile).toBe('Display P3');
  });

  it('is padded to the bytes that are asked for, or a few more, and shows the same picture', async () => {
    for (const more of [1, 3, 13, 40, 1000, 70_000, 300_000]) {
      const padTo = files[format].length + more;
      const written = write(files[format], format, { padTo });
      expect(written.length).toBeGreaterThanOrEqual(padTo);
      expect(written.length).toBeLessThan(padTo + 28);
      if (more >= 40) expect(written.length).toBeLessThanOrEqual(padTo + 5);
      expect(readFileFacts(written)).toMatchObject({
        isWhole: true,
        metadata: { comment: false, trailing: false },
      });
      expect(await pixels(written)).toEqual(await pixels(files[format]));
    }
  });

  it('is given back untouched when there is nothing to write', () => {
    expect(write(files[format], format, {})).toBe(files[format]);
  });
});

it('a transparent WebP stays transparent with EXIF in it', async () => {
  for (const { name, bytes } of await realFiles()) {
    if (!/^cut-out .*webp$/.test(name)) continue;
    const written = write(bytes, 'webp', { dpi: 300 });
    expect([name, readFileFacts(written)?.hasAlpha, (await sharp(written).metadata()).hasAlpha]).toEqual([
      name,
      true,
      true,
    ]);
    expect(await pixels(written)).toEqual(await pixels(bytes));
  }
});

describe('what is kept', () => {
  it('is read from a photo, and nothing of it without being asked for', () => {
    const source = readSourceMetadata(photo);
    expect(source).toMatchObject({
      copyright: '(C) Ana Simic',
      artist: 'Ana Simic',
      date: '2026:11:21 18:04:59',
    });
    expect(source.gps?.length).toBeGreaterThanOrEqual(4);
    expect(keepOnly(source, keepNothing)).toEqual(nothingKept);
    expect(keepOnly(source, { ...keepNothing, copyright: true })).toEqual({
      ...nothingKept,
      copyright: '(C) Ana Simic',
      artist: 'Ana Simic',
    });
  });

  it('is read from every kind of file that has it', async () => {
    const named = (await realFiles()).filter(({ name }) => name.startsWith('gps '));
    expect(named).toHaveLength(4);
    for (const { name, bytes } of named) {
      const { gps, ...rest } = readSourceMetadata(bytes);
      expect([name, rest, (gps ?? []).length > 3]).toEqual([
        name,
        { copyright: '(C) Ana Simic', artist: 'Ana Simic', date: '2026:11:21 18:04:59' },
        true,
      ]);
    }
  });

  it('the place is written as it was, where it is asked for', () => {
    const source = readSourceMetadata(photo);
    for (const format of formats) {
      const written = write(files[format], format, {
        kept: keepOnly(source, { ...keepNothing, place: true }),
      });
      expect(readFileFacts(written)?.metadata).toMatchObject({ gps: true, copyright: null, date: null });
      const again = readSourceMetadata(written);
      expect(again.gps).toHaveLength(source.gps?.length ?? 0);
      const latitude = (entries: SourceMetadata['gps']) =>
        Array.from(entries?.find(({ tag }) => tag === 2)?.value ?? []);
      expect(latitude(again.gps)).toEqual(latitude(source.gps));
    }
  });

  it('comes back from our EXIF for any text; what is no date is left out', () => {
    const text = fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).map((said) => `a${said}z`);
    fc.assert(
      fc.property(text, text, fc.boolean(), (copyright, artist, isDate) => {
        const date = isDate ? '2026:01:02 03:04:05' : 'last summer';
        const exif = readExif(writeExif({ copyright, artist, date, gps: null }, 72) ?? new Uint8Array());
        const clean = (said: string) => said.replaceAll(/\p{Cc}/gu, ' ').replaceAll(/\p{Cs}/gu, '\ufffd');
        expect(exif).toMatchObject({
          copyright: clean(copyright),
          artist: clean(artist),
          date: isDate ? date : null,
          dpi: 72,
          hasMore: false,
        });
      }),
      { numRuns: 300 },
    );
  });
});

async function pixels(file: Uint8Array): Promise<string> {
  return (await sharp(file).raw().toBuffer()).toString('base64');
}
