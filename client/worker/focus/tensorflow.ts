/// <reference path="../encoders/wasmFiles.d.ts" />
/** TensorFlow.js on WebAssembly, the only file that knows it. Loaded when the first model is. */

import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';
import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { fetchWhole } from './fetchWhole.ts';

export interface Output {
  shape: readonly number[];
  data: Float32Array;
}

export interface Model {
  /** `names`: of the outputs that are wanted; without them all. */
  run(input: Float32Array, shape: readonly number[], names?: readonly string[]): Output[];
}

/** Longest time in milliseconds that compiling the WebAssembly may take. */
const startMs = 30_000;

/** Rejects where WebAssembly or its file is missing. */
export async function startTensorflow(): Promise<
  (topology: Uint8Array, weights: ArrayBuffer) => Promise<Model>
> {
  const environment = tf.env();
  // With threads it starts workers from blob: addresses, which the site's policy refuses, and then waits for ever.
  environment.set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const isSimd = await environment.getAsync('WASM_HAS_SIMD_SUPPORT');
  const wasm = await fetchWhole(isSimd ? simdUrl : plainUrl);
  // It waits for ever for a file that does not come, too: so it gets the bytes, and fetches nothing itself.
  environment.platform.fetch = async () => new Response(wasm);
  const [vector, plain, threads] = ['-simd', '', '-threaded-simd'].map(
    (kind) => `tfjs-backend-wasm${kind}.wasm`,
  );
  if (!vector || !plain || !threads) throw new Error('There are three builds.');
  setWasmPaths({ [vector]: simdUrl, [plain]: plainUrl, [threads]: simdUrl }, true);
  tf.enableProdMode();
  if (!(await within(startMs, tf.setBackend('wasm')))) throw new Error('WebAssembly does not start.');
  return loadModel;
}

async function loadModel(topology: Uint8Array, weightData: ArrayBuffer): Promise<Model> {
  const written: tf.io.ModelJSON = JSON.parse(new TextDecoder().decode(topology));
  const model = await loadGraphModel({
    load: async () => ({
      modelTopology: written.modelTopology,
      weightSpecs: written.weightsManifest.flatMap(({ weights }) => weights),
      weightData,
      ...(written.signature && { signature: written.signature }),
    }),
  });
  return { run: (input, shape, names) => run(model, tf.tensor(input, [...shape]), names) };
}

function run(model: GraphModel, input: tf.Tensor, names: readonly string[] = []): Output[] {
  const answer = names.length > 0 ? model.execute(input, [...names]) : model.execute(input);
  const outputs = [answer].flat();
  const read = outputs.map((output) => ({ shape: output.shape, data: Float32Array.from(output.dataSync()) }));
  tf.dispose([input, ...outputs]);
  return read;
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    waiting = setTimeout(() => reject(new Error('WebAssembly does not start.')), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(waiting);
  }
}
