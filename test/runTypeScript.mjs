/**
 * Lets Node 20 run the project's TypeScript as it stands: `node --import ./test/runTypeScript.mjs FILE.ts`. For tools
 * (benches, screenshots); the server is bundled, and the tests have vitest. Node 24 needs none of this.
 */
import { readFile } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';
import { transform } from 'esbuild';

// The hooks below run in a thread of Node's own, which loads this file a second time.
if (isMainThread) register(import.meta.url);

/** A hook of Node's module loader: types are taken out of .ts files, line for line. */
export async function load(url, context, nextLoad) {
  if (!url.endsWith('.ts') || url.includes('/node_modules/')) return nextLoad(url, context);
  const path = fileURLToPath(url);
  const source = await readFile(path, 'utf8');
  const { code } = await transform(source, {
    loader: 'ts',
    format: 'esm',
    target: 'esnext',
    sourcefile: path,
    sourcemap: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
