/** Writes JPEG XL, for tests: libjxl as @jsquash/jxl has it. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import factory from '@jsquash/jxl/codec/enc/jxl_enc.js';
import sharp from 'sharp';

interface JxlEncoder {
  encode(pixels: Uint8Array, width: number, height: number, options: object): Uint8Array;
}

type Start = (settings: { noInitialRun: boolean; wasmBinary: Uint8Array }) => Promise<JxlEncoder>;

const options = {
  effort: 3,
  quality: 92,
  progressive: false,
  epf: -1,
  lossyPalette: false,
  decodingSpeedTier: 0,
  photonNoiseIso: 0,
  lossyModular: false,
  lossless: false,
};

/** Whatever sharp reads, as JPEG XL in sRGB. */
export async function encodeJxl(image: Buffer): Promise<Buffer> {
  const wasm = createRequire(import.meta.url).resolve('@jsquash/jxl/codec/enc/jxl_enc.wasm');
  const start = factory as unknown as Start;
  const encoder = await start({ noInitialRun: true, wasmBinary: await readFile(wasm) });
  const { data, info } = await sharp(image).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return Buffer.from(encoder.encode(data, info.width, info.height, options));
}
