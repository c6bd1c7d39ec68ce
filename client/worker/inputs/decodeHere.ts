/** Decoders for what the browser cannot read, each loaded from our own origin when the first such file arrives. */
import { article, formatNames, type ImageFormat } from '../../engine/sniff.ts';
import { type DecodedPicture, type DecodePicture, NotReadable } from './decodedPicture.ts';

const loaders: Partial<Record<ImageFormat, () => Promise<DecodePicture>>> = {
  heic: async () => (await import('./heic.ts')).loadHeic(),
  tiff: async () => (await import('./tiff.ts')).decodeTiff,
  jxl: async () => (await import('./jxl.ts')).loadJxl(),
};

export function isDecodedHere(format: ImageFormat): boolean {
  return loaders[format] !== undefined;
}

const loaded = new Map<ImageFormat, Promise<DecodePicture>>();

/** Rejects with `NotReadable` where there is a sentence for it, and with anything else where the file is damaged. */
export async function decodeHere(
  format: ImageFormat,
  bytes: Uint8Array<ArrayBuffer>,
  shown: string,
): Promise<DecodedPicture> {
  const decode = await loadDecoder(format).catch((error: unknown) => {
    const what = `${article(format)} ${formatNames[format]} file`;
    const reason = error instanceof Error ? error.message : String(error);
    throw new NotReadable(
      `${shown} is ${what}, and the decoder for it could not be loaded (${reason}). Connect once, then add it again.`,
    );
  });
  return decode(bytes, shown);
}

/** A failure is forgotten, so that the next file tries again. */
function loadDecoder(format: ImageFormat): Promise<DecodePicture> {
  const loading = loaded.get(format) ?? loaders[format]?.();
  if (!loading) throw new Error(`There is no decoder for ${format}.`);
  loaded.set(format, loading);
  loading.catch(() => loaded.delete(format));
  return loading;
}
