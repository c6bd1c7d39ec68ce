/** An export that stopped when its page was closed: offers to go on with it. Loaded only when there may be one. */
import type { State } from '../state.ts';
import type { Store } from '../store.ts';
import { build, takeLock } from './exportKeeper.ts';
import { type ExportStore, type KeptExport, openExportStore } from './exportStore.ts';

export interface OfferParts {
  store: Store;
  /** Stands for the account that is signed in; null: none. */
  account: string | null;
  /** The offer stands before it. */
  place: Element;
  announce(words: string): void;
  /** Adds files as if they were chosen; answers with the id that each photo got. */
  add(files: readonly File[]): Promise<readonly number[]>;
  /** Whether an export can start now; says why not. */
  canStart(): boolean;
  /** Exports photos by their ids, each with the place that it had. Answers whether it starts. */
  goOn(specIds: readonly string[], places: ReadonlyMap<number, number>): boolean;
}

export async function offerStopped(parts: OfferParts): Promise<void> {
  const release = await takeLock();
  if (!release) return; // it runs, in another tab
  let kept: ExportStore;
  let job: KeptExport | null;
  try {
    kept = await openExportStore();
    job = await kept.read().catch(() => null);
  } finally {
    release();
  }
  if (!job || (job.account !== null && job.account !== parts.account)) return kept.forget();
  await showOffer(parts, kept, job);
}

async function showOffer(parts: OfferParts, kept: ExportStore, job: KeptExport): Promise<void> {
  const words = document.createElement('p');
  words.className = 'bar__sum';
  words.id = 'stopped-words';
  const goOn = makeButton('Go on', 'button button--go');
  const discard = makeButton('Discard', 'button');
  const offer = document.createElement('div');
  offer.className = 'bar__result bar__result--stopped';
  offer.setAttribute('role', 'group');
  offer.setAttribute('aria-labelledby', words.id);
  offer.append(words, goOn, discard);
  const [made, copies] = await Promise.all([kept.fileKeys(), kept.photos()]);
  const canGoOn = job.build === build && copies.size > 0;
  words.textContent = stoppedWords(job, made.length, canGoOn ? copies.size : 0);
  goOn.hidden = !canGoOn;
  parts.place.before(offer);

  /** The way on; null when another tab was quicker. */
  async function claim(): Promise<(() => void) | null> {
    const release = await takeLock();
    if (release) return release;
    offer.remove();
    kept.close();
    parts.announce('This export goes on in another tab.');
    return null;
  }

  let restored: ReadonlyMap<number, number> | null = null;
  goOn.addEventListener('click', async () => {
    if (!parts.canStart()) return;
    goOn.disabled = discard.disabled = true;
    const release = await claim();
    if (!release) return;
    try {
      restored ??= await restore(parts, job, copies);
    } finally {
      release();
      goOn.disabled = discard.disabled = false;
    }
    // Meanwhile another may have started: then this one is still offered.
    if (!parts.goOn(job.specIds, restored)) return;
    kept.close();
    offer.remove();
  });
  discard.addEventListener('click', async () => {
    goOn.disabled = discard.disabled = true;
    const release = await claim();
    if (!release) return;
    offer.remove();
    await kept.forget().finally(release);
    parts.announce('The export that stopped was discarded.');
  });
}

function makeButton(words: string, className: string): HTMLButtonElement {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = className;
  button.textContent = words;
  return button;
}

/** Brings back photos, their edits and the wall. Answers with each photo's place, by its new id. */
async function restore(
  { store, add }: OfferParts,
  job: KeptExport,
  copies: ReadonlyMap<number, File>,
): Promise<ReadonlyMap<number, number>> {
  const places = [...copies.keys()];
  const ids = await add([...copies.values()]);
  const placeById = new Map(places.map((place, i) => [ids[i] ?? -1, place]));
  store.change((state) => withJob(state, job, placeById));
  return placeById;
}

/**
 * The wall as the export had it; `placeById` are its photos that are back. Photos that are on the page besides keep their edits,
 * and a preset that is in use is left: saved, it would become the wall of the export.
 */
export function withJob(
  state: State,
  job: Pick<KeptExport, 'edits' | 'photos' | 'wall'>,
  placeById: ReadonlyMap<number, number>,
): State {
  const photos = [...placeById].flatMap(([id, place]) => {
    const edits = job.edits.photos[job.photos[place]?.id ?? -1];
    return edits ? [[id, edits] as const] : [];
  });
  return {
    ...state,
    ...job.wall,
    preset: null,
    leftPreset: null,
    edits: { ...job.edits, photos: { ...state.edits.photos, ...Object.fromEntries(photos) } },
  };
}

function stoppedWords({ files, photos }: KeptExport, made: number, copied: number): string {
  const count = (value: number): string => value.toLocaleString('en');
  const stopped = `An export of ${count(files)} files stopped at ${count(made)}.`;
  if (copied === 0)
    return `${stopped} It can’t go on: the page has changed since, or no photo was kept in time.`;
  const missing = photos.length - copied;
  if (missing === 0) return stopped;
  return `${stopped} ${count(missing)} of its ${count(photos.length)} photos were not kept in time; add them again for their files.`;
}
