/**
 * The Chromium of the npm package @sparticuz/chromium (linux-x64), unpacked so that it runs on a bare machine: with the
 * package's own copies of the system libraries that it needs (NSS, NSPR, Expat) and with its own font. The package
 * unpacks these libraries on AWS only, and into a folder of /tmp that anybody may have filled before.
 */
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import { untar } from './untar.ts';

export interface Browser {
  path: string;
  /** What the browser needs in its environment, beside what is there. */
  environment: Record<string, string>;
}

const decompress = promisify(brotliDecompress);

/** Only the packaged font, whatever the machine has: `relative` is this file's folder, `xdg` is XDG_CACHE_HOME. */
const fontsConfig = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
</fontconfig>
`;

/**
 * Unpacks Chromium on the first call (200 MB, 2..7 s); later calls only look. Several processes may call it at once:
 * each unpacks into a folder of its own, and renaming that folder to the final name is the one atomic step.
 */
export async function packagedChromium(): Promise<Browser> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const root = entry.slice(0, entry.lastIndexOf(join('build', 'cjs')));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };

  const caches = [join(root, '..', '..', '.cache'), join(homedir(), '.cache', 'all-img-fit')];
  const failures: string[] = [];
  for (const cache of caches) {
    const folder = join(cache, `chromium-${version}`);
    try {
      if (!(await exists(folder))) await unpackOnce(join(root, 'bin'), folder);
      return browserIn(folder);
    } catch (error) {
      failures.push(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new Error(`could not be unpacked: ${failures.join('; ')}`);
}

async function unpackOnce(archives: string, folder: string): Promise<void> {
  await mkdir(dirname(folder), { recursive: true });
  const partial = await mkdtemp(`${folder}-partial-`);
  try {
    await writeFile(
      join(partial, 'chromium'),
      await decompress(await readFile(join(archives, 'chromium.br'))),
      {
        mode: 0o755,
      },
    );
    await untar(await decompress(await readFile(join(archives, 'swiftshader.tar.br'))), partial);
    await untar(await decompress(await readFile(join(archives, 'al2023.tar.br'))), partial);
    await untar(await decompress(await readFile(join(archives, 'fonts.tar.br'))), partial);
    await writeFile(join(partial, 'fonts.conf'), fontsConfig);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    if (!(await exists(folder))) throw error; // else another process was first, and its copy is as good
  }
}

function browserIn(folder: string): Browser {
  const libraries = [join(folder, 'lib'), process.env.LD_LIBRARY_PATH];
  return {
    path: join(folder, 'chromium'),
    environment: {
      LD_LIBRARY_PATH: libraries.filter(Boolean).join(':'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
      XDG_CACHE_HOME: join(folder, 'cache'),
    },
  };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
