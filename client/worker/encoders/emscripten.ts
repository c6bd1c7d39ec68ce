/// <reference path="./wasmFiles.d.ts" />
/** Starts a codec that Emscripten compiled, from a WebAssembly file of our own origin. */

/** What of Emscripten's module is used; `Options` is the codec's own struct, every field of it. */
export interface Codec<Options> {
  encode(pixels: Uint8Array, width: number, height: number, options: Options): Uint8Array | null;
}

interface Settings {
  noInitialRun: boolean;
  instantiateWasm(
    imports: WebAssembly.Imports,
    onReady: (instance: WebAssembly.Instance) => void,
  ): WebAssembly.Exports;
}

/** The glue script's default export. */
export type CodecFactory<Options> = (settings: Settings) => Promise<Codec<Options>>;

/** Throws a sentence for the person where the file cannot be loaded. */
export async function startCodec<Options>(
  factory: CodecFactory<Options>,
  url: string,
): Promise<Codec<Options>> {
  const module = await compile(url);
  return factory({
    noInitialRun: true,
    instantiateWasm(imports, onReady) {
      // Emscripten takes the instance whenever it comes, and an empty answer until then.
      void WebAssembly.instantiate(module, imports).then(onReady);
      return {};
    },
  });
}

async function compile(url: string): Promise<WebAssembly.Module> {
  try {
    return await WebAssembly.compileStreaming(fetch(url));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The encoder could not be loaded (${reason}). Connect once, then try again.`);
  }
}
