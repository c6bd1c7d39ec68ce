import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeLibraryLinks } from '../../../server/database/postgresBinaries.ts';
import { temporaryFolder } from '../runApp.ts';

let folder: string;
let packageDir: string;
const link = 'native/lib/libfig.so.6';

beforeEach(() => {
  folder = temporaryFolder();
  packageDir = path.join(folder, 'package');
  fs.mkdirSync(path.join(packageDir, 'native/lib'), { recursive: true });
  fs.writeFileSync(path.join(packageDir, 'native/lib/libfig.so.6.17'), 'library');
  fs.writeFileSync(
    path.join(packageDir, 'native/pg-symlinks.json'),
    JSON.stringify([{ source: 'native/lib/libfig.so.6.17', target: link }]),
  );
});

afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(folder, { recursive: true });
});

test('links that npm --ignore-scripts left out are made, relative, so that the folder can move', () => {
  expect(makeLibraryLinks(packageDir, path.join(folder, 'links'))).toEqual([lib()]);
  expect(fs.readlinkSync(path.join(packageDir, link))).toBe('libfig.so.6.17');
  expect(fs.readFileSync(path.join(packageDir, link), 'utf8')).toBe('library');
});

test('links that exist are left alone', () => {
  fs.symlinkSync('elsewhere', path.join(packageDir, link));
  expect(makeLibraryLinks(packageDir, path.join(folder, 'links'))).toEqual([lib()]);
  expect(fs.readlinkSync(path.join(packageDir, link))).toBe('elsewhere');
});

test('in a package folder of somebody else the links go to our own folder, and the libraries are found by it', () => {
  const linksDir = path.join(folder, 'links');
  const { symlinkSync } = fs;
  vi.spyOn(fs, 'symlinkSync').mockImplementation((target, file) => {
    if (String(file).startsWith(packageDir)) throw Object.assign(new Error('refused'), { code: 'EACCES' });
    symlinkSync(target, file);
  });
  expect(makeLibraryLinks(packageDir, linksDir)).toEqual([linksDir, lib()]);
  expect(fs.readFileSync(path.join(linksDir, 'libfig.so.6'), 'utf8')).toBe('library');
  expect(makeLibraryLinks(packageDir, linksDir)).toEqual([linksDir, lib()]);
});

function lib(): string {
  return path.join(packageDir, 'native/lib');
}
