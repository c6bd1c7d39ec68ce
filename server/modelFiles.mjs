/**
 * The files of packages that the focus worker loads by their address, for esbuild: each is what it was when it was chosen, or the
 * build stops.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';

/** End of the path -> SHA-256. */
const hashes = {
  'human-models/models/facemesh-detection-full.json':
    '1bdef3b5bfef3132ad5b625eca3493af01a373df4a3b2584fa250e5da16ed960',
  'human-models/models/facemesh-detection-full.bin':
    '5c3f885a2fd36cb36a6e8bf96a902d9702d486dc76454536e7c15ba73c4e5b42',
  'human-models/models/nanodet.json': '4495eb0ec74bd33ee40a79aa06ebc1ccd7e28be1bf7355d93ffb570b8d77f45d',
  'human-models/models/nanodet.bin': '5d0e4f8c4eded666287330be03017d494787d35f523fd77ca23f59db984a4ad9',
  'tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm':
    '77ebb28a6d34f371dbbf2086b7f2de8994acd8ea5a3cf1fa24d2c26c840cac7b',
  'tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm':
    '70a5d516060464e5269f01c74bac1772d6b8ab6cb612acf16b5cdaf61f78d892',
};

/** An esbuild plugin: checks them, and gives them hashed names beside the scripts. */
export const modelFiles = {
  name: 'model-files',
  setup(builder) {
    builder.onLoad(
      { filter: /(human-models[/\\]models|tfjs-backend-wasm[/\\]dist)[/\\][^/\\]+\.(json|bin|wasm)$/ },
      load,
    );
  },
};

async function load({ path }) {
  const found = Object.entries(hashes).find(([end]) => path.replaceAll('\\', '/').endsWith(`/${end}`));
  const contents = await fs.readFile(path);
  const hash = createHash('sha256').update(contents).digest('hex');
  if (!found || found[1] !== hash) {
    return { errors: [{ text: `${path} is not the file that was chosen: its SHA-256 is ${hash}` }] };
  }
  return { contents, loader: 'file' };
}
