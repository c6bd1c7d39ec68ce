/** Scripts for a page or a worker of the tests, as the build makes them: what is loaded later lies beside, with its WebAssembly. */
import path from 'node:path';
import { build } from 'esbuild';
import { asIs } from '../../../server/asIs.mjs';
import { kernelInBase64 } from './kernelFiles.ts';

/** Path -> content; the entry keeps its name. */
export async function bundleModule(entry: URL): Promise<[string, Uint8Array][]> {
  const { outputFiles } = await build({
    entryPoints: [entry.pathname],
    outdir: '/out',
    bundle: true,
    splitting: true,
    format: 'esm',
    publicPath: '/',
    loader: { '.wasm': 'file' },
    plugins: [asIs],
    define: { KERNEL_BUILDS: JSON.stringify(kernelInBase64()) },
    write: false,
    minify: true,
  });
  return outputFiles.map((file) => [`/${path.relative('/out', file.path)}`, file.contents]);
}

export const mediaTypes: Record<string, string> = {
  '.js': 'text/javascript',
  '.wasm': 'application/wasm',
  '.html': 'text/html',
  '.png': 'image/png',
};
