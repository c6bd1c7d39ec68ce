/**
 * The contract between the page and the pixel worker. A worker gets one request at a time. Every reply carries the id of
 * its request, and every request but `cancel` ends with exactly one of `done`, `stopped` and `failed`.
 */
import type { Format } from '../../server/specs/spec.shared.ts';
import type { Measure } from '../engine/byteLadder.ts';
import type { ByteWindow } from '../engine/byteWindow.ts';
import type { DrawPlan } from '../engine/drawPlan.ts';
import type { Point, Size } from '../engine/geometry.ts';
import type { FileFacts } from '../engine/headers/fileFacts.ts';
import type { ClaimedPhoto } from '../engine/photoMemory.ts';
import type { SizeRange } from '../engine/sizeRange.ts';
import type { KeptMetadata } from '../engine/verdict.ts';

/**
 * A decoded photo that several workers can read at once: clones share its memory. It is the receiver's to close; what is sent
 * to a worker (in the transfer list) is closed there.
 */
export interface SharedFrame {
  image: VideoFrame;
  /** What its luma and chroma mean, where they are those of a JPEG that the kernel can read; else null. */
  planes: PredefinedColorSpace | null;
}

/** How the focal point is found: by smartcrop, or the middle without looking. */
export const detections = ['automatic', 'centre'] as const;
export type Detection = (typeof detections)[number];

export interface FileOrder {
  /** The caller's own number for this file; comes back in the reply. */
  key: number;
  plan: DrawPlan;
  format: Format;
  /** 1..100; PNG and ICO ignore it. Gone below only for a byte window, and above only where it has a lower end. */
  quality: number;
  window: ByteWindow;
  /** The sizes that the place takes where the bytes ask for another; null: only the plan's. */
  range: SizeRange | null;
  /** Pixels per inch to write into the file; null: none. */
  dpi: number | null;
  kept: KeptMetadata;
  /** JPEG by mozjpeg: smaller, and many times slower. */
  isSmallest: boolean;
  /** Average light instead of the byte values of sRGB when a picture gets smaller; of all orders of a photo or of none. */
  isLinear: boolean;
}

/** What is known of a finished file beside its bytes. */
export interface MadeFile {
  /** Read again from the bytes; null where they could not be read. */
  facts: FileFacts | null;
  /** Who wrote the picture, as a receipt names it. */
  encoder: string;
  /** The one that was used; null for formats without. */
  quality: number | null;
  /** The plan's size, or another of its range where the byte window asked for it. */
  output: Size;
  /** What the byte window took beside less quality. */
  measures: readonly Measure[];
  /** The byte window could not be met; then the bytes are of the nearest file. */
  missed: 'tooLarge' | 'tooSmall' | null;
  /** How many files were encoded to find this one. */
  encodes: number;
  /** Of the whole file, in hexadecimal. */
  sha256: string;
  /** Of the whole file, as a zip has it. */
  crc32: number;
}

export type Job =
  /** Read the file's header, without decoding it: answers `weighed`. */
  | { kind: 'weigh'; id: number; file: Blob }
  /**
   * Decode a photo (orientation applied) and make its preview and thumbnail: answers `opened`. Then, unless `detection`
   * is `centre`, find its focal point: answers `focused`.
   */
  | { kind: 'open'; id: number; file: Blob; detection: Detection }
  /** Find the focal point again with another preference: answers `focused`. */
  | { kind: 'focus'; id: number; file: Blob; detection: Detection }
  /**
   * Decode only: answers `decoded`. For one photo with many orders and idle workers: each gets a clone of the frame and some
   * of the orders.
   */
  | { kind: 'decode'; id: number; file: Blob }
  /** Decode once, then draw and encode every order: answers `exported` or `exportFailed` for each. */
  | {
      kind: 'export';
      id: number;
      file: Blob;
      orders: FileOrder[];
      /** The file's frame, decoded already. */
      frame?: SharedFrame;
    };

export type Request =
  | Job
  /** Stop the request with that id as soon as possible, at the latest after the file that is being made. */
  | { kind: 'cancel'; id: number };

export type Reply =
  /** null: the header does not say, or the file is gone. */
  | { kind: 'weighed'; id: number; photo: ClaimedPhoto | null }
  /**
   * `preview`: longest side at most 1600 px. `thumbnail`: at most 192 px. `photo`: full size after orientation. `note`: a
   * sentence that a person should know of the photo, or null.
   */
  | {
      kind: 'opened';
      id: number;
      photo: Size;
      preview: ImageBitmap;
      thumbnail: ImageBitmap;
      note: string | null;
    }
  | { kind: 'focused'; id: number; focal: Point }
  /** null: the browser, or this file, has no frame that could be shared; each worker had better not decode it again. */
  | { kind: 'decoded'; id: number; frame: SharedFrame | null }
  | { kind: 'exported'; id: number; key: number; blob: Blob; made: MadeFile }
  | { kind: 'exportFailed'; id: number; key: number; reason: string }
  /** Everything asked for was answered. */
  | { kind: 'done'; id: number }
  /** The request was cancelled. */
  | { kind: 'stopped'; id: number }
  /** The whole request failed; `reason` is a sentence for the person. */
  | { kind: 'failed'; id: number; reason: string };
