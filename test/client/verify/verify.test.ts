/** The program itself, as CI would run it, on files that sharp made. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readFileFacts } from '../../../client/engine/headers/readFile.ts';
import { writeReceipt } from '../../../client/engine/receipt/receipt.ts';
import { examplePhoto } from '../../photos/photos.ts';
import { plain } from '../engine/plainWords.ts';
import { receiptOf, specIds, specNamed } from '../engine/receipt/receipts.ts';

const program = path.resolve(import.meta.dirname, '../../../dist/server/verify.js');
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'all-img-fit-verify-'));
  const { buffer } = await examplePhoto('fig-in-a-red-bowl');
  const made = new Map<string, Buffer>();
  for (const id of specIds) {
    const { widthPx, heightPx } = specNamed(id);
    const file = await sharp(buffer).resize(widthPx, heightPx).jpeg({ quality: 60 }).toBuffer();
    made.set(id, file);
    await writeFile(path.join(folder, `fig-${id}.jpg`), file);
  }
  const receipt = receiptOf(({ id }) => {
    const bytes = made.get(id) ?? Buffer.alloc(0);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return { facts: readFileFacts(bytes), bytes: bytes.length, sha256 };
  });
  await writeFile(path.join(folder, 'manifest.json'), writeReceipt(receipt));
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function verify(...given: string[]): Promise<{ code: number; said: string }> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...given]);
    return { code: 0, said: plain(stdout) };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, said: plain(stdout + stderr) };
  }
}

it('ends with 0 when every file keeps its rules', async () => {
  const { code, said } = await verify(folder);
  expect(said).toContain('green  fig-instagram-square.jpg');
  expect(said).toContain('3 files: 3 green.');
  expect(code).toBe(0);
});

async function makeAnother(name: string, width: number, height: number): Promise<void> {
  const picture = sharp({ create: { width, height, channels: 3, background: 'red' } });
  await picture.jpeg().toFile(path.join(folder, name));
}

it('ends with 1 and says which rule is broken, where it was read and when', async () => {
  await makeAnother('fig-instagram-square.jpg', 1441, 1441);
  const { code, said } = await verify(folder);
  expect(code).toBe(1);
  expect(said).toMatch(/red {4}fig-instagram-square\.jpg/);
  expect(said).toMatch(/1441 × 1441 pixels instead of 1080 × 1080\. \(.+; read \d+ Nov 2026\)/);
});

it('ends with 0 where the place takes the size although another is best, and says so', async () => {
  await makeAnother('fig-instagram-square.jpg', 1440, 1440);
  const { code, said } = await verify(folder);
  expect(said).toMatch(/amber {2}fig-instagram-square\.jpg/);
  expect(said).toContain('1440 × 1440 pixels are taken; 1080 × 1080 are best.');
  expect(code).toBe(0);
});

it('ends with 1 when a file is missing', async () => {
  await rm(path.join(folder, 'fig-us-visa-digital.jpg'));
  const { code, said } = await verify(folder);
  expect(said).toContain('It is not in the folder.');
  expect(code).toBe(1);
});

it('takes a receipt that lies elsewhere, and prints JSON where that is asked for', async () => {
  const { code, said } = await verify(folder, path.join(folder, 'manifest.json'), '--json');
  expect(code).toBe(0);
  expect(JSON.parse(said)).toHaveLength(3);
});

it('ends with 2 where there is nothing to check by', async () => {
  await writeFile(path.join(folder, 'manifest.json'), '{"name": "something else"}');
  expect(await verify(folder)).toMatchObject({
    code: 2,
    said: expect.stringContaining('not a receipt of All Img Fit'),
  });
  expect(await verify(path.join(folder, 'nowhere'))).toMatchObject({ code: 2 });
  expect(await verify()).toMatchObject({ code: 2, said: expect.stringContaining('Usage') });
  expect(await verify(folder, '--loudly')).toMatchObject({ code: 2 });
});

describe('by a file of presets', () => {
  const settings = { format: 'auto', quality: 90, template: '{photo}-{spec}' };
  const fit = { mode: 'cover' };
  const all = specIds.map((spec) => ({ spec, version: specNamed(spec).version }));
  const tile = {
    name: 'Shop tile',
    size: { kind: 'size', width: 300, height: 200, unit: 'px' },
    formats: ['jpeg'],
  };
  let presetFile = '';

  async function writePresets(items: object[], more: object = {}): Promise<void> {
    presetFile = path.join(folder, '..', `${path.basename(folder)}-presets.json`);
    const presets = [{ name: 'Market', fit, settings, items }];
    await writeFile(presetFile, JSON.stringify({ schema: 'all-img-fit-presets/1', presets, ...more }));
  }

  afterEach(() => rm(presetFile, { force: true }));

  it('each file is held against the spec in its name, and the receipt is none of them', async () => {
    await writePresets(all);
    const { code, said } = await verify(folder, presetFile);
    expect(said).toContain('3 files: 3 green.');
    expect(code).toBe(0);
  });

  it('one file serves several specs where the receipt says so, by the rules of the preset', async () => {
    const { buffer } = await examplePhoto('fig-in-a-red-bowl');
    const one = await sharp(buffer).resize(1080, 1080).jpeg().toBuffer();
    const names = new Map(specIds.map((id) => [`fig-${id}.jpg`, id]));
    for (const name of names.keys()) await rm(path.join(folder, name));
    await writeFile(path.join(folder, 'fig.jpg'), one);
    const receipt = receiptOf(() => ({
      facts: readFileFacts(one),
      bytes: one.length,
      sha256: 'a'.repeat(64),
    }));
    const [file] = receipt.files;
    const shared = { ...receipt, files: file ? [{ ...file, name: 'fig.jpg', specIds: [...specIds] }] : [] };
    await writeFile(path.join(folder, 'manifest.json'), writeReceipt(shared));
    await writePresets(all);
    const { code, said } = await verify(folder, presetFile);
    expect(said).toContain('Portrait post 4:5: 1080 × 1080 pixels instead of');
    expect(said).not.toContain('No file is for');
    expect(code).toBe(1);
  });

  it('custom sizes go by their names; a spec without a file and one that nobody knows are red', async () => {
    await makeAnother('fig-shop-tile.jpg', 301, 200);
    await writePresets([...all, { customSize: 'Shop tile' }, { spec: 'nowhere-post', version: 1 }], {
      customSizes: [tile],
    });
    await rm(path.join(folder, 'fig-us-visa-digital.jpg'));
    const { code, said } = await verify(folder, presetFile);
    expect(said).toContain('301 × 200 pixels instead of 300 × 200');
    expect(said).toContain('No file is for ID photo, US visa');
    expect(said).toMatch(/red {4}nowhere-post\n +This catalogue does not know the spec/);
    expect(code).toBe(1);
  });

  it('ends with 2 where the file is broken or has no preset of that name', async () => {
    await writePresets(all);
    expect(await verify(folder, presetFile, '--preset', 'Market')).toMatchObject({ code: 0 });
    expect(await verify(folder, presetFile, '--preset', 'Fair')).toMatchObject({
      code: 2,
      said: expect.stringContaining('It has no preset “Fair”, but “Market”.'),
    });
    await writePresets([{ spec: 'x-post' }]);
    expect(await verify(folder, presetFile)).toMatchObject({
      code: 2,
      said: expect.stringContaining('presets[0].items[0].version is missing.'),
    });
  });
});
