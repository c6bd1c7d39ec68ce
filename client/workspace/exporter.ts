/** An export: its files are made by the workers, judged, and handed over with their receipt, as one file or a zip. */
import type { Spec } from '../../server/specs/spec.shared.ts';
import { type FinishedFile, type ReceiptHead, receiptName } from '../engine/receipt/receipt.ts';
import type { MadeFile } from '../worker/messages.ts';
import { orderSettings } from './orderSettings.ts';
import type { PixelWorkers } from './pixelWorkers.ts';
import type { Job } from './planJobs.ts';
import { createQueue } from './queue.ts';
import { hashPhoto } from './results/hashPhoto.ts';
import { exportedFile, receiptBlob, receiptPhoto } from './results/receiptParts.ts';
import { exportSettingsOf, type Photo, type State } from './state.ts';
import { makeZip, saveFile, type ZipEntry } from './zip.ts';

export interface Failure {
  /** Of the photo, or of the photo at a spec. */
  name: string;
  reason: string;
  /** How many files could not be made for this one reason. */
  files: number;
}

/** A file that was made: what the receipt says of it, of which photo it is, and the whole specs that it is for. */
export interface ExportedFile extends FinishedFile {
  photoId: number;
  specs: readonly Spec[];
}

export interface ExportResult {
  /** What was handed to the person; null when no file could be made. */
  savedAs: string | null;
  bytes: number;
  failures: Failure[];
  files: ExportedFile[];
  head: ReceiptHead;
}

export interface ExportParts {
  state: State;
  /** Of the whole job, in the order of the wall. */
  specs: readonly Spec[];
  workers: PixelWorkers;
  signal: AbortSignal;
  /** Writes the files to where the person wants them, and says where that is; null: they are saved as one file or a zip. */
  write: ((entries: AsyncIterable<ZipEntry>) => Promise<string>) | null;
  onProgress(done: number): void;
}

const zipName = 'all-img-fit.zip';

declare const APP_VERSION: string;

/**
 * Makes the files and hands them over: a single one as it is, several as a zip with their receipt. A file that fails is listed
 * and the rest is delivered. Rejects with the signal's reason when cancelled; nothing is saved then.
 */
export async function runExport(jobs: readonly Job[], parts: ExportParts): Promise<ExportResult> {
  const { state, specs, workers, signal, write, onProgress } = parts;
  const failures: Failure[] = [];
  const entries = createQueue<ZipEntry>();
  const photos = [...new Set(jobs.map(({ photo }) => photo))];
  const hashes = new Map<Photo, string | null>();
  const finished = new Map<number, ExportedFile>();
  let done = 0;
  let bytes = 0;
  let single: ZipEntry | null = null;

  function deliver(job: Job, blob: Blob, made: MadeFile): void {
    bytes += blob.size;
    finished.set(
      job.order.key,
      exportedFile(job, made, { place: photos.indexOf(job.photo), bytes: blob.size }),
    );
    single = { name: job.name, blob, crc32: made.crc32 };
    if (jobs.length > 1 || write) entries.push(single);
  }

  async function makeFiles(photo: Photo): Promise<void> {
    const waiting = new Map(jobs.filter((job) => job.photo === photo).map((job) => [job.order.key, job]));
    const orders = [...waiting.values()].map(({ order }) => order);
    let reason = 'The photo could not be read.';
    try {
      await workers.exportFiles(photo.source, orders, {
        signal,
        onFile(key, result) {
          const job = waiting.get(key);
          if (!job) return;
          waiting.delete(key);
          if (result.ok) deliver(job, result.blob, result.made);
          else failures.push({ name: job.words, reason: result.reason, files: 1 });
          onProgress(++done);
        },
      });
      hashes.set(photo, await hashPhoto(photo));
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Error) reason = error.message;
    }
    if (waiting.size === 0) return;
    failures.push({ name: photo.name, reason, files: waiting.size });
    done += waiting.size;
    onProgress(done);
  }

  function makeHead(): ReceiptHead {
    const { fit, fitBySpec } = state.edits;
    const wall = new Set(specs.map(({ id }) => id));
    const fits = Object.entries(fitBySpec).filter(([id]) => wall.has(id));
    const asked = exportSettingsOf(state);
    const { format, quality, template } = asked;
    const settings = {
      fit,
      fitBySpec: Object.fromEntries(fits),
      format,
      quality,
      template,
      kept: orderSettings(asked).kept,
    };
    return {
      madeAt: new Date().toISOString(),
      madeBy: `All Img Fit ${APP_VERSION}`,
      settings,
      photos: photos.map((photo) => receiptPhoto(state, photo, hashes.get(photo) ?? null)),
      specs,
    };
  }

  const written = write?.(entries) ?? null;
  const zip = jobs.length > 1 && !written ? makeZip(entries) : null;
  // Cancelled before anyone awaits it, its failure must not surface as an unhandled one.
  (written ?? zip)?.catch(() => null);
  try {
    await Promise.all(photos.map(makeFiles));
    signal.throwIfAborted();
    const files = jobs.flatMap(({ order }) => finished.get(order.key) ?? []);
    const result = { bytes, failures, files, head: makeHead() };
    if (files.length > 0) entries.push({ name: receiptName, blob: receiptBlob(result) });
    entries.close();
    if (written) return { ...result, savedAs: await written };
    const saved = zip ? { name: zipName, blob: await zip } : (single as ZipEntry | null);
    signal.throwIfAborted();
    if (files.length === 0 || !saved) return { ...result, savedAs: null };
    saveFile(saved.blob, saved.name);
    return { ...result, savedAs: saved.name };
  } catch (error) {
    entries.fail(error);
    throw error;
  }
}
