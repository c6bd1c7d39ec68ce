/** What a receipt says of an export, from what the export knows. */
import { makeReceipt, type ReceiptPhoto, writeReceipt } from '../../engine/receipt/receipt.ts';
import type { MadeFile } from '../../worker/messages.ts';
import type { ExportedFile, ExportResult } from '../exporter.ts';
import type { Job } from '../planJobs.ts';
import { editsOf, type Photo, type State } from '../state.ts';

/** `photo`: its place among the photos of the receipt. */
export function exportedFile(
  { name, uses, photo, order }: Job,
  made: MadeFile,
  { place, bytes }: { place: number; bytes: number },
): ExportedFile {
  const { plan, format } = order;
  const { output, encoder, quality, measures, facts, sha256 } = made;
  const file = { name, photo: place, specs: uses, plan, output, format, encoder, quality, measures };
  return { ...file, facts, bytes, sha256, photoId: photo.id };
}

export function receiptPhoto(state: State, photo: Photo, sha256: string | null): ReceiptPhoto {
  const { name, bytes, size } = photo;
  const { focal, pinned, switchedOff, drawn } = editsOf(state, photo.id);
  return { name, bytes, sha256, size: size ?? { width: 1, height: 1 }, focal, pinned, switchedOff, drawn };
}

/** The receipt as the file that it is beside the others. */
export function receiptBlob({ head, files }: Pick<ExportResult, 'head' | 'files'>): Blob {
  return new Blob([writeReceipt(makeReceipt(head, files))], { type: 'application/json' });
}
