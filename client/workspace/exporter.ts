/** An export: which files, under which names, made by the workers, into one file or a zip. */
import type { Format } from '../../server/specs/spec.shared.ts';
import { type NameParts, specWord, uniqueFileNames } from '../engine/fileNames.ts';
import { sizeRangeOf } from '../engine/sizeRange.ts';
import { keepNothing } from '../engine/verdict.ts';
import type { FileOrder } from '../worker/messages.ts';
import type { Catalogue } from './catalogue.ts';
import type { PixelWorkers } from './pixelWorkers.ts';
import { createQueue } from './queue.ts';
import { specName } from './specWords.ts';
import { exportSettingsOf, focalPoint, type Photo, planFile, type State } from './state.ts';
import { makeZip, saveFile, type ZipEntry } from './zip.ts';

/** One file of an export. */
export interface Job {
  photo: Photo;
  order: FileOrder;
  name: string;
  /** "market-day.jpg at Instagram Post, square 1:1": for the list of failures. */
  words: string;
  maxBytes: number | null;
  /** The formats that the spec takes. */
  allowed: readonly Format[];
}

export interface Failure {
  /** Of the photo, or of the photo at a spec. */
  name: string;
  reason: string;
  /** How many files could not be made for this one reason. */
  files: number;
}

/** A file that was made and exceeds its spec's limit. */
export interface TooLarge {
  name: string;
  bytes: number;
  maxBytes: number;
  format: Format;
  allowed: readonly Format[];
}

export interface ExportResult {
  /** What was handed to the person; null when no file could be made. */
  savedAs: string | null;
  files: number;
  bytes: number;
  failures: Failure[];
  tooLarge: TooLarge[];
}

const zipName = 'all-img-fit.zip';

/** All photos that are ready at the specs of `specIds`, as the state is now; later changes do not touch them. */
export function planJobs(
  state: State,
  catalogue: Catalogue,
  specIds: readonly string[],
  photos: readonly Photo[],
): Job[] {
  const specs = catalogue.pick(specIds);
  const planned = photos.flatMap((photo, photoIndex) => {
    const { size } = photo;
    if (!size) return [];
    const focal = focalPoint(state, photo);
    return specs.map((spec) => ({
      photo,
      photoIndex,
      file: planFile(state, { id: photo.id, size }, focal, spec),
    }));
  });
  const parts: NameParts[] = planned.map(({ photo, photoIndex, file: { spec, plan, format } }) => ({
    photo: photo.name,
    spec: specWord(spec),
    group: spec.group,
    width: plan.output.width,
    height: plan.output.height,
    format,
    index: photoIndex + 1,
  }));
  const { template, quality } = exportSettingsOf(state);
  const names = uniqueFileNames(template, parts);
  return planned.map(({ photo, file: { spec, plan, format } }, key) => ({
    photo,
    order: {
      key,
      plan,
      format,
      quality: spec.quality ?? quality,
      window: { minBytes: spec.minBytes, maxBytes: spec.maxBytes },
      range: sizeRangeOf(spec, plan.output),
      dpi: spec.dpi,
      kept: keepNothing,
      isSmallest: false,
    },
    name: names[key] ?? `${key}`,
    words: `${photo.name} at ${specName(spec)}`,
    maxBytes: spec.maxBytes,
    allowed: spec.formats,
  }));
}

export interface ExportParts {
  workers: PixelWorkers;
  signal: AbortSignal;
  onProgress(done: number): void;
}

/**
 * Makes the files and hands them over: a single one as it is, several as a zip. A file that fails is listed and the rest
 * is delivered. Rejects with the signal's reason when cancelled; nothing is saved then.
 */
export async function runExport(
  jobs: readonly Job[],
  { workers, signal, onProgress }: ExportParts,
): Promise<ExportResult> {
  const failures: Failure[] = [];
  const tooLarge: TooLarge[] = [];
  const entries = createQueue<ZipEntry>();
  let done = 0;
  let files = 0;
  let bytes = 0;
  let single: ZipEntry | null = null;

  function deliver(job: Job, blob: Blob): void {
    files += 1;
    bytes += blob.size;
    if (job.maxBytes !== null && blob.size > job.maxBytes) {
      const { name, maxBytes, allowed, order } = job;
      tooLarge.push({ name, bytes: blob.size, maxBytes, format: order.format, allowed });
    }
    single = { name: job.name, blob };
    if (jobs.length > 1) entries.push(single);
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
          if (result.ok) deliver(job, result.blob);
          else failures.push({ name: job.words, reason: result.reason, files: 1 });
          onProgress(++done);
        },
      });
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof Error) reason = error.message;
    }
    if (waiting.size === 0) return;
    failures.push({ name: photo.name, reason, files: waiting.size });
    done += waiting.size;
    onProgress(done);
  }

  const zip = jobs.length > 1 ? makeZip(entries) : null;
  // Cancelled before anyone awaits it, the zip's failure must not surface as an unhandled one.
  zip?.catch(() => null);
  try {
    await Promise.all([...new Set(jobs.map(({ photo }) => photo))].map(makeFiles));
    signal.throwIfAborted();
    entries.close();
  } catch (error) {
    entries.fail(error);
    throw error;
  }
  const saved = zip ? { name: zipName, blob: await zip } : (single as ZipEntry | null);
  signal.throwIfAborted();
  if (files === 0 || !saved) return { savedAs: null, files, bytes, failures, tooLarge };
  saveFile(saved.blob, saved.name);
  return { savedAs: saved.name, files, bytes, failures, tooLarge };
}
