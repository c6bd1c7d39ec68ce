/**
 * libheif, for HEIC. Its script and its WebAssembly are served as their package has them and are never bundled: the licence
 * (LGPL-3.0, served beside them) wants that they can be replaced.
 */
import libheifUrl from 'libheif-js/libheif-wasm/libheif.js?url';
import wasmUrl from 'libheif-js/libheif-wasm/libheif.wasm';
import { profileOfMedia } from '../../engine/headers/avifHeader.ts';
import { divideAlpha } from '../../engine/tiff/tiffPixels.ts';
import { applyProfile } from '../../engine/toSrgb.ts';
import type { DecodedPicture, DecodePicture } from './decodedPicture.ts';
import { canShowP3 } from './screenSpaces.ts';

/** What of libheif's interface is used. */
interface Libheif {
  HeifDecoder: new () => { decode(bytes: Uint8Array): HeifImage[] };
}

interface HeifImage {
  get_width(): number;
  get_height(): number;
  is_primary(): boolean;
  is_premultiplied_alpha(): boolean;
  /** Writes R, G, B and A; the callback gets null where the picture could not be decoded. */
  display(target: { data: Uint8ClampedArray }, onDone: (target: unknown) => void): void;
}

interface Settings {
  instantiateWasm(
    imports: WebAssembly.Imports,
    onReady: (instance: WebAssembly.Instance) => void,
  ): WebAssembly.Exports;
}

type LibheifFactory = (settings: Settings) => Libheif;

export async function loadHeic(): Promise<DecodePicture> {
  const [factory, module] = await Promise.all([
    loadScript(libheifUrl),
    WebAssembly.compileStreaming(fetch(wasmUrl)),
  ]);
  return (bytes) => decodeHeic(start(factory, module), bytes);
}

/** libheif obeys the turns, mirrors and cuts that the file asks for, so what comes is upright. */
async function decodeHeic(libheif: Libheif, bytes: Uint8Array): Promise<DecodedPicture> {
  const images = new libheif.HeifDecoder().decode(bytes);
  const image = images.find((candidate) => candidate.is_primary()) ?? images[0];
  if (!image) throw new Error('There is no picture.');
  const [width, height] = [image.get_width(), image.get_height()];
  const pixels = new Uint8ClampedArray(width * height * 4);
  await new Promise<void>((resolve, reject) => {
    image.display({ data: pixels }, (target) => (target ? resolve() : reject(new Error('It is damaged.'))));
  });
  if (image.is_premultiplied_alpha()) divideAlpha(pixels);
  const profile = profileOfMedia(bytes);
  const colorSpace = applyProfile(pixels, profile.icc ?? profile.name, canShowP3());
  return { width, height, pixels, colorSpace, note: null };
}

/** A new one for each photo: its memory never shrinks, and one that has failed may go on failing. */
function start(factory: LibheifFactory, module: WebAssembly.Module): Libheif {
  return factory({
    instantiateWasm(imports, onReady) {
      const instance = new WebAssembly.Instance(module, imports);
      onReady(instance);
      return instance.exports;
    },
  });
}

/** The script is no module; what it makes it hands to the function `define`, as AMD has it, where there is one. */
async function loadScript(url: string): Promise<LibheifFactory> {
  let made: LibheifFactory | null = null;
  const define = Object.assign(
    (_: unknown, make: () => LibheifFactory) => {
      made = make();
    },
    { amd: true },
  );
  Object.assign(globalThis, { define });
  try {
    await import(url);
  } finally {
    Reflect.deleteProperty(globalThis, 'define');
  }
  if (!made) throw new Error('the script made nothing');
  return made;
}
