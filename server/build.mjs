/**
 * Makes dist/: the server bundle, and the public assets under hashed names with .br and .gz beside them.
 * Writes only what changed, each file by rename, so that a running server never meets a half-written one.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import zlib from 'node:zlib';
import * as esbuild from 'esbuild';
import subsetFont from 'subset-font';
import { asIs } from './asIs.mjs';
import { compileKernel } from './compileKernel.mjs';
import { modelFiles } from './modelFiles.mjs';

/** The icons that the pages use, by their names in lucide. The sprite holds these and no others. */
const icons = [
  'chevron-down',
  'ellipsis',
  'layout-grid',
  'moon',
  'plus',
  'redo-2',
  'sliders-horizontal',
  'sun',
  'sun-moon',
  'undo-2',
  'x',
];

/** Basic Latin, Latin-1, and the punctuation, arrows and spaces that the pages use. */
const fontText = [
  ...codePoints(0x20, 0x7e),
  ...codePoints(0xa0, 0xff),
  '–—‘’“”…×·→←↑↓✓\u2009\u00a0\u202f',
].join('');
const fontWeights = { min: 400, max: 750 };

const { version } = JSON.parse(fs.readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const dist = path.join(root, 'dist');
const cache = path.join(root, 'node_modules/.cache/all-img-fit');
const compressible = new Set([
  '.js',
  '.css',
  '.svg',
  '.json',
  '.wasm',
  '.txt',
  '.ico',
  '.webmanifest',
  '.bin',
]);

/** Builds everything once. Rejects with esbuild's own message when a source has an error. */
export async function build() {
  /** Path below dist/ -> content. @type {Map<string, Uint8Array>} */
  const files = new Map();
  /** Logical name -> url. @type {Record<string, string>} */
  const assets = {};

  /** Adds one asset under a name with its content's hash; the logical name may hold folders. */
  const addAsset = (logicalName, content) => {
    const { dir, name, ext } = path.posix.parse(logicalName);
    const hash = createHash('sha256').update(content).digest('base64url').slice(0, 10).replace(/[-_]/g, 'x');
    assets[logicalName] = `/${path.posix.join('assets', dir, `${name}-${hash}${ext}`)}`;
    files.set(`public${assets[logicalName]}`, content);
  };

  const font = await makeFont();
  addAsset('archivo.woff2', fs.readFileSync(font));
  addAsset('icons.svg', Buffer.from(makeSprite()));
  for (const file of listFiles(path.join(root, 'public'))) {
    const content = fs.readFileSync(path.join(root, 'public', file));
    if (file.startsWith('root/')) files.set(`public/${file}`, content);
    else addAsset(file, content);
  }
  const kernel = await compileKernel(path.join(root, 'client/kernel'), cache);
  // Not served: for the tests. The worker has them in itself, so that it works however soon the network goes.
  files.set('kernel-simd.wasm', kernel.simd);
  files.set('kernel-scalar.wasm', kernel.scalar);
  for (const bundle of clientBundles) await addBundle({ ...bundle, kernel }, assets, files);
  await addCompressed(files);
  files.set('assets.json', Buffer.from(`${JSON.stringify(assets, null, 2)}\n`));
  await addServer(files);
  writeDist(files);
  return { assets, files };
}

const clientBundles = [
  { name: 'site', entry: 'client/site/site.ts', format: 'iife' },
  { name: 'account', entry: 'client/account/account.ts', format: 'esm' },
  { name: 'presets', entry: 'client/presets/presets.ts', format: 'esm' },
  { name: 'workspace', entry: 'client/workspace/main.ts', format: 'esm' },
  { name: 'pixels', entry: 'client/worker/pixels.ts', format: 'esm' },
  { name: 'focus', entry: 'client/worker/focus/focus.ts', format: 'esm' },
  { name: 'focusHere', entry: 'client/worker/focus/here.ts', format: 'esm' },
  { name: 'site', entry: 'client/styles/site.css' },
  { name: 'presets', entry: 'client/styles/presets.css' },
  { name: 'workspace', entry: 'client/styles/workspace.css' },
  { name: 'receipt', entry: 'client/styles/receipt.css' },
];

/** Bundles one client entry; what it splits off or refers to gets a hashed name beside it. */
async function addBundle({ name, entry, format, kernel }, assets, files) {
  const isScript = format !== undefined;
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: { [name]: `./${entry}` },
    outdir: 'dist/public/assets',
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    legalComments: 'none',
    target: isScript ? 'es2022' : ['chrome123', 'firefox120', 'safari17.5'], // the first with light-dark()
    ...(isScript ? { format, splitting: format === 'esm' } : {}),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/assets/',
    loader: { '.wasm': 'file', '.woff2': 'file', '.svg': 'file', '.webp': 'file', '.avif': 'file' },
    external: ['/assets/*'],
    // See client/worker/kernel.ts and client/workspace/exporter.ts.
    define: {
      APP_VERSION: JSON.stringify(version),
      KERNEL_BUILDS: JSON.stringify({ simd: inBase64(kernel.simd), scalar: inBase64(kernel.scalar) }),
    },
    plugins: [asIs, knownAssets(assets), modelFiles],
    logLevel: 'warning',
  });
  for (const [output, { entryPoint }] of Object.entries(metafile.outputs)) {
    const below = path.posix.relative('dist/public/assets', output);
    if (entryPoint === entry) assets[name + path.extname(output)] = `/assets/${below}`;
  }
  for (const file of outputFiles) files.set(path.relative(dist, file.path), file.contents);
}

/** Lets a style sheet name an asset that the build itself makes: url('archivo.woff2'). */
function knownAssets(assets) {
  return {
    name: 'known-assets',
    setup(builder) {
      builder.onResolve({ filter: /./ }, ({ kind, path: wanted }) => {
        const url = kind === 'url-token' ? assets[wanted] : undefined;
        return url === undefined ? null : { path: url, external: true };
      });
    },
  };
}

async function addServer(files) {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: {
      main: './server/main.ts',
      admin: './server/admin.ts',
      verify: './client/verify/verify.ts', // a program for the shell; it knows nothing of the server
    },
    outdir: 'dist/server',
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    sourcemap: true,
    logLevel: 'warning',
  });
  for (const file of outputFiles) files.set(path.relative(dist, file.path), file.contents);
  files.set('server/catalogue.json', Buffer.from(JSON.stringify(await readCatalogue())));
}

/** The specs, for the program that checks folders: it knows nothing of the server. */
async function readCatalogue() {
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['./server/specs/catalogue.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'warning',
  });
  const source = Buffer.from(outputFiles[0].contents).toString('base64');
  const { builtIn } = await import(`data:text/javascript;base64,${source}`);
  return builtIn.specs;
}

/** Subsets the variable font and keeps the result, because the work takes a second. Returns the file's path. */
async function makeFont() {
  const source = fs.readFileSync(
    path.join(root, 'node_modules/@fontsource-variable/archivo/files/archivo-latin-wght-normal.woff2'),
  );
  const key = createHash('sha256').update(source).update(fontText).update(JSON.stringify(fontWeights));
  const target = path.join(cache, `archivo-${key.digest('hex').slice(0, 16)}.woff2`);
  if (fs.existsSync(target)) return target;
  const content = await subsetFont(source, fontText, {
    targetFormat: 'woff2',
    variationAxes: { wght: fontWeights },
  });
  fs.mkdirSync(cache, { recursive: true });
  replaceFile(target, content);
  return target;
}

/** One SVG with a <symbol> per icon; stroke and size come from the style sheet through `.icon`. */
function makeSprite() {
  const symbols = icons.map((name) => {
    const svg = fs.readFileSync(path.join(root, `node_modules/lucide-static/icons/${name}.svg`), 'utf8');
    const inner = svg.replace(/^[\s\S]*?<svg[^>]*>/, '').replace(/<\/svg>\s*$/, '');
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner.replace(/\s*\n\s*/g, '')}</symbol>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`;
}

/** Adds .br and .gz beside each compressible public file; a hashed name already compressed is read back. */
async function addCompressed(files) {
  const brotli = promisify(zlib.brotliCompress);
  const { BROTLI_PARAM_QUALITY: quality } = zlib.constants;
  const gzip = promisify(zlib.gzip);
  const work = [];
  for (const [name, content] of [...files]) {
    if (!name.startsWith('public/') || !compressible.has(path.extname(name))) continue;
    const add = async (extension, compress) => {
      const kept = path.join(dist, name + extension);
      const isHashed = name.startsWith('public/assets/');
      files.set(
        name + extension,
        isHashed && fs.existsSync(kept) ? fs.readFileSync(kept) : await compress(content),
      );
    };
    work.push(
      // The best quality takes 18 s for a model's weights and saves 4 %.
      add('.br', (buffer) => brotli(buffer, { params: { [quality]: buffer.length > 1_000_000 ? 5 : 11 } })),
      add('.gz', (buffer) => gzip(buffer, { level: 9 })),
    );
  }
  await Promise.all(work);
}

/** Makes dist/ hold exactly these files. */
function writeDist(files) {
  for (const [name, content] of files) {
    const target = path.join(dist, name);
    if (fs.existsSync(target) && fs.readFileSync(target).equals(content)) continue;
    fs.mkdirSync(path.dirname(target), { recursive: true });
    replaceFile(target, content);
  }
  for (const name of listFiles(dist)) {
    if (!files.has(name)) fs.rmSync(path.join(dist, name), { force: true });
  }
}

function replaceFile(target, content) {
  const unfinished = `${target}.${process.pid}`;
  fs.writeFileSync(unfinished, content);
  fs.renameSync(unfinished, target);
}

/** Paths of all files below a folder, with forward slashes, sorted; dot-files are left out. */
function listFiles(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}

function inBase64(bytes) {
  return Buffer.from(bytes).toString('base64');
}

function codePoints(from, to) {
  return Array.from({ length: to - from + 1 }, (_, i) => String.fromCodePoint(from + i));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await build();
  } catch (error) {
    if (!error.errors) throw error; // esbuild has printed its own errors already
    process.exitCode = 1;
  }
}
