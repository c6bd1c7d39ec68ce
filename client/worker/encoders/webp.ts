/** libwebp, where the browser writes no WebP itself (Safari). Loaded when first used. */
import factory from '@jsquash/webp/codec/enc/webp_enc_simd.js';
import wasmUrl from '@jsquash/webp/codec/enc/webp_enc_simd.wasm';
import type { WasmEncode } from '../encode.ts';
import { type CodecFactory, startCodec } from './emscripten.ts';

/** libwebp's WebPConfig with the values of its preset "default"; method 4 is what browsers use. */
const options = {
  target_size: 0,
  target_PSNR: 0,
  method: 4,
  sns_strength: 50,
  filter_strength: 60,
  filter_sharpness: 0,
  filter_type: 1,
  partitions: 0,
  segments: 4,
  pass: 1,
  show_compressed: 0,
  preprocessing: 0,
  autofilter: 0,
  partition_limit: 0,
  alpha_compression: 1,
  alpha_filtering: 1,
  alpha_quality: 100,
  lossless: 0,
  exact: 0,
  image_hint: 0,
  emulate_jpeg_size: 0,
  thread_level: 0,
  low_memory: 0,
  near_lossless: 100,
  use_delta_palette: 0,
  use_sharp_yuv: 0,
};

export async function loadWebp(): Promise<WasmEncode> {
  type Options = typeof options & { quality: number };
  const codec = await startCodec<Options>(factory as unknown as CodecFactory<Options>, wasmUrl);
  return ({ data, width, height }, { quality }) => codec.encode(data, width, height, { ...options, quality });
}
