/** libjxl, for JPEG XL, where the browser does not read it itself. It converts to sRGB and obeys the orientation. */
import factory from '@jsquash/jxl/codec/dec/jxl_dec.js';
import wasmUrl from '@jsquash/jxl/codec/dec/jxl_dec.wasm';
import type { DecodePicture } from './decodedPicture.ts';

interface JxlCodec {
  decode(bytes: Uint8Array): ImageData | null;
}

type JxlFactory = (settings: {
  noInitialRun: boolean;
  instantiateWasm(
    imports: WebAssembly.Imports,
    onReady: (instance: WebAssembly.Instance) => void,
  ): WebAssembly.Exports;
}) => Promise<JxlCodec>;

export async function loadJxl(): Promise<DecodePicture> {
  const module = await WebAssembly.compileStreaming(fetch(wasmUrl));
  return async (bytes) => {
    // A new one for each photo: its memory never shrinks, and one that has failed may go on failing.
    const codec = await (factory as unknown as JxlFactory)({
      noInitialRun: true,
      instantiateWasm(imports, onReady) {
        const instance = new WebAssembly.Instance(module, imports);
        onReady(instance);
        return instance.exports;
      },
    });
    const decoded = codec.decode(bytes);
    if (!decoded) throw new Error('It is damaged.');
    const { width, height } = decoded;
    return { width, height, pixels: new Uint8ClampedArray(decoded.data), colorSpace: 'srgb', note: null };
  };
}
