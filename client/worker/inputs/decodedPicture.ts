/** What a decoder of ours makes of a file that the browser cannot read. */
import type { Size } from '../../engine/geometry.ts';
import type { ScreenSpace } from '../../engine/toSrgb.ts';

export interface DecodedPicture extends Size {
  /** R, G, B and A (not multiplied in), row by row, upright. */
  pixels: Uint8ClampedArray<ArrayBuffer>;
  colorSpace: ScreenSpace;
  /** A sentence that a person should know of the picture, or null. */
  note: string | null;
}

/** `bytes`: the whole file; `shown`: its name as it may stand in a sentence. Rejects with anything where the file is damaged. */
export type DecodePicture = (bytes: Uint8Array<ArrayBuffer>, shown: string) => Promise<DecodedPicture>;

/** Its message is a sentence for the person that says why this file is not read. */
export class NotReadable extends Error {}
