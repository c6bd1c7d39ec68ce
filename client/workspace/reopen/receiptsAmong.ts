/** Receipts and zips among the files that a person adds: they open a job again and are no photos. */
import type { Late, LateLoader } from '../loadLate.ts';
import type { Reopening } from './reopening.ts';

export interface Sorted {
  /** The files that are to be added as photos. */
  photos: File[];
  /** `reason` is a sentence for the person. */
  refused: { name: string; reason: string }[];
}

/** `start` makes what opens jobs when the first such file arrives. */
export function createReceiptSorter(
  late: Pick<LateLoader, 'load'>,
  start: (loaded: Late) => Reopening,
): (files: readonly File[]) => Promise<Sorted> {
  let reopening: Reopening | null = null;

  return async function sortOut(files: readonly File[]): Promise<Sorted> {
    const receipts = files.filter(looksLikeReceipt);
    const photos = files.filter((file) => !receipts.includes(file));
    if (receipts.length === 0) return { photos, refused: [] };
    try {
      reopening ??= start(await late.load());
      return await reopening.open(receipts, photos);
    } catch {
      const reason =
        'what opens receipts could not be loaded. The network is gone, or the server. Try again later.';
      return { photos, refused: receipts.map(({ name }) => ({ name, reason: `${name}: ${reason}` })) };
    }
  };
}

function looksLikeReceipt({ name, type }: File): boolean {
  return /\.(zip|json)$/i.test(name) || type === 'application/zip' || type === 'application/json';
}
