import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { findChromium, launchBrowser } from './chromium.ts';
import { untar } from './untar.ts';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the browser of the tests', () => {
  test('is the one that CHROMIUM_PATH names, or nothing', async () => {
    const { path, environment } = await findChromium();
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    vi.stubEnv('CHROMIUM_PATH', path);
    expect(await findChromium()).toEqual({ path, environment: {} });
    vi.stubEnv('CHROMIUM_PATH', '/nowhere/chromium');
    await expect(findChromium()).rejects.toThrow(/CHROMIUM_PATH is \/nowhere\/chromium, which does not run/);
  });

  test('finds nobody but this machine', async () => {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await expect(page.goto('http://example.org/')).rejects.toThrow(/ERR_NAME_NOT_RESOLVED/);
    } finally {
      await browser.close();
    }
  });
});

describe('untar', () => {
  test('writes files with their content and refuses one that would land elsewhere', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'allimgfit-untar-'));
    try {
      await untar(tarOf('a/b.txt', 'hello'), folder);
      expect(await readFile(join(folder, 'a/b.txt'), 'utf8')).toBe('hello');
      await expect(untar(tarOf('../c.txt', 'hello'), folder)).rejects.toThrow(/leaves/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

/** A tar with one file, as short as the format allows. */
function tarOf(name: string, text: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${text.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write('0', 156);
  const content = Buffer.alloc(512);
  content.write(text);
  return Buffer.concat([header, content, Buffer.alloc(1024)]);
}
