import path from 'node:path';
import * as esbuild from 'esbuild';

/** Bundles one TypeScript file so that plain Node can run it as a process of its own. Returns the bundle's path. */
export async function bundleForNode(entry: string): Promise<string> {
  const outfile = path.resolve('test/.output', `${path.basename(entry, '.ts')}.mjs`);
  await esbuild.build({
    entryPoints: [`./${entry}`],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  return outfile;
}
