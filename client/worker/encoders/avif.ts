/** libaom, for AVIF, which no browser writes. 840 KB over the wire, loaded when first used. */
import factory from '@jsquash/avif/codec/enc/avif_enc.js';
import wasmUrl from '@jsquash/avif/codec/enc/avif_enc.wasm';
import type { WasmEncode } from '../encode.ts';
import { type CodecFactory, startCodec } from './emscripten.ts';

const options = {
  qualityAlpha: -1, // as the colours
  denoiseLevel: 0,
  tileRowsLog2: 0,
  tileColsLog2: 0,
  // About 100 ms for a megapixel; 8 takes four times as long for 5 % fewer bytes, 6 ten times for 10 %.
  speed: 9,
  chromaDeltaQ: false,
  sharpness: 0,
  tune: 0, // as libaom decides
  enableSharpYUV: false,
  bitDepth: 8,
  lossless: false,
};

/** The codec's numbers for 4:2:0 and 4:4:4. */
const subsample = { half: 1, full: 3 } as const;

export async function loadAvif(): Promise<WasmEncode> {
  type Options = typeof options & { quality: number; subsample: number };
  const codec = await startCodec<Options>(factory as unknown as CodecFactory<Options>, wasmUrl);
  return ({ data, width, height }, { quality, chroma }) =>
    codec.encode(data, width, height, { ...options, quality, subsample: subsample[chroma] });
}
