import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FileFacts } from '../../../../client/engine/headers/fileFacts.ts';
import { readFileFacts } from '../../../../client/engine/headers/readFile.ts';
import { realFiles } from './realFiles.ts';

beforeAll(async () => {
  await realFiles();
});

async function factsOf(name: string): Promise<FileFacts> {
  const file = (await realFiles()).find((candidate) => candidate.name === name);
  const facts = file && readFileFacts(file.bytes);
  if (!facts) throw new Error(`no facts of ${name}`);
  return facts;
}

const kinds = ['jpeg', 'progressive jpeg', 'png', 'webp', 'lossless webp', 'avif'];

describe('against what sharp reads from the same bytes', () => {
  it('size, format, transparency, resolution and wholeness are the same for every file', async () => {
    const files = await realFiles();
    expect(files.length).toBeGreaterThan(90);
    for (const { name, bytes } of files) {
      const facts = readFileFacts(bytes);
      const { width, height, format, hasAlpha, density, autoOrient, compression } =
        await sharp(bytes).metadata();
      const isAvif = compression === 'av1';
      expect([name, facts?.format]).toEqual([name, isAvif ? 'avif' : format]);
      expect([name, facts?.oriented]).toEqual([name, autoOrient]);
      // sharp turns an AVIF when it opens it, and so never tells how it is stored.
      if (!isAvif) expect([name, facts?.stored]).toEqual([name, { width, height }]);
      expect([name, facts?.hasAlpha]).toEqual([name, hasAlpha]);
      // sharp does not read the resolution of WebP and AVIF.
      if (density === 300) expect([name, facts?.dpi]).toEqual([name, 300]);
      expect([name, facts?.isWhole, facts?.bytes, facts?.metadata.trailing]).toEqual([
        name,
        true,
        bytes.length,
        false,
      ]);
    }
  });

  it('EXIF, XMP and profiles are found where sharp finds them, and nowhere else', async () => {
    for (const { name, bytes } of await realFiles()) {
      const facts = readFileFacts(bytes);
      const { exif, xmp, icc } = await sharp(bytes).metadata();
      expect([name, facts?.metadata.exif]).toEqual([name, exif !== undefined]);
      expect([name, facts?.metadata.xmp]).toEqual([name, xmp !== undefined]);
      if (icc) expect([name, typeof facts?.profile]).toEqual([name, 'string']);
      else
        expect([name, ['sRGB', null, 'CMYK without a profile'].includes(facts?.profile ?? null)]).toEqual([
          name,
          true,
        ]);
    }
  });
});

describe.each(kinds)('in a %s', (kind) => {
  it('profiles are known by their colours, whatever they call themselves', async () => {
    expect((await factsOf(`p3 ${kind}`)).profile).toBe('Display P3');
    expect((await factsOf(`srgb ${kind}`)).profile).toBe('sRGB');
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('orientation %i is told', async (orientation) => {
    const facts = await factsOf(`${orientation} turned ${kind}`);
    expect(facts.orientation).toBe(orientation);
    expect(facts.stored).toEqual({ width: 41, height: 30 });
    expect(facts.oriented).toEqual(orientation >= 5 ? { width: 30, height: 41 } : { width: 41, height: 30 });
  });

  it('the resolution is read', async () => {
    expect((await factsOf(`300 dpi ${kind}`)).dpi).toBe(300);
  });

  it('a place in XMP is noticed', async () => {
    expect((await factsOf(`xmp ${kind}`)).metadata).toMatchObject({ xmp: true, gps: true, exif: false });
  });
});

it.each(['jpeg', 'png', 'webp', 'avif'])(
  'who, when and where are read from the EXIF of a %s',
  async (kind) => {
    expect((await factsOf(`gps ${kind}`)).metadata).toEqual({
      exif: true,
      moreExif: false,
      gps: true,
      xmp: false,
      iptc: false,
      comment: false,
      copyright: '(C) Ana Simic',
      artist: 'Ana Simic',
      date: '2026:11:21 18:04:59',
      trailing: false,
    });
  },
);
