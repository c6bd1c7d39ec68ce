/** Compiles the pixel kernel (client/kernel, AssemblyScript) to WebAssembly, and keeps the result while nothing changes. */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { main, version } from 'assemblyscript/asc';

/** `__heap_base` and no start-up code: the kernel keeps no objects, it is given memory (client/worker/kernel.ts). */
const options = ['--runtime', 'stub', '-O3', '--converge', '--noAssert', '--use', 'abort='];
const builds = { simd: [...options, '--enable', 'simd'], scalar: options };

/**
 * The two builds; `scalar` is for browsers without SIMD. Throws the compiler's messages when a source has an error.
 * @param {string} folder where the sources lie; kernel.ts is the door
 * @param {string} cache
 * @returns {Promise<{ simd: Uint8Array, scalar: Uint8Array }>}
 */
export async function compileKernel(folder, cache) {
  const names = fs.readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const sources = Object.fromEntries(
    names.map((name) => [name, fs.readFileSync(path.join(folder, name), 'utf8')]),
  );
  const state = JSON.stringify([version, builds, sources]);
  const key = createHash('sha256').update(state).digest('hex').slice(0, 16);
  const [simd, scalar] = await Promise.all(
    Object.entries(builds).map(async ([name, args]) => {
      const kept = path.join(cache, `kernel-${name}-${key}.wasm`);
      if (fs.existsSync(kept)) return fs.readFileSync(kept);
      const binary = await compile(sources, args);
      fs.mkdirSync(cache, { recursive: true });
      fs.writeFileSync(`${kept}.${process.pid}`, binary);
      fs.renameSync(`${kept}.${process.pid}`, kept);
      return binary;
    }),
  );
  return { simd, scalar };
}

async function compile(sources, args) {
  let binary;
  const { error, stderr } = await main(['kernel.ts', '--outFile', 'kernel.wasm', ...args], {
    readFile: (name) => sources[name] ?? null,
    writeFile(name, content) {
      if (name === 'kernel.wasm') binary = content;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`The kernel does not compile.\n${stderr}`);
  return binary;
}
