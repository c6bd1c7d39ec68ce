/** Knows the photos of a receipt again. */
import type { ReceiptPhoto } from '../../engine/receipt/receipt.ts';
import { withPhotoEdits } from '../changes.ts';
import type { State } from '../state.ts';

export interface Candidate {
  name: string;
  bytes: number;
  /** null where it could not be counted. */
  sha256: string | null;
}

/** `same`: the very file. `other`: a file of that name, with other bytes. */
export type Match = { kind: 'same' | 'other'; photo: ReceiptPhoto } | null;

/** By its checksum where both have one, whatever it is called now; else by its name and number of bytes. */
export function matchPhoto({ name, bytes, sha256 }: Candidate, waiting: readonly ReceiptPhoto[]): Match {
  const same =
    waiting.find((photo) => sha256 !== null && photo.sha256 === sha256) ??
    waiting.find(
      (photo) => (sha256 === null || photo.sha256 === null) && photo.name === name && photo.bytes === bytes,
    );
  if (same) return { kind: 'same', photo: same };
  const named = waiting.find((photo) => photo.name === name);
  return named ? { kind: 'other', photo: named } : null;
}

/** The photo is as it was in the job: with its focal point, pinned crops and boxes, and none of those it had before. */
export function withReceiptEdits(state: State, photoId: number, photo: ReceiptPhoto): State {
  const { focal, pinned, switchedOff, drawn } = photo;
  return withPhotoEdits(state, photoId, { focal, pinned, switchedOff, drawn });
}
