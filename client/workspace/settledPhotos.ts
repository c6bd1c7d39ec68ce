/** Photos that are still being read when an export starts: waits for them, and names those that cannot be read. */
import type { Failure } from './exporter.ts';
import { editsOf, type Photo, type State } from './state.ts';
import type { Store } from './store.ts';

export interface WaitParts {
  signal: AbortSignal;
  /** Called when some are still being read, and again whenever their number changes. */
  onWaiting(left: number): void;
}

/**
 * The state once each wanted photo is read (or refused, or removed) and is looked at to the end, or has its focal point set by hand. The photo
 * that is shown is exported as the wall shows it, even while more is looked for. Rejects
 * with the signal's reason when it is aborted.
 */
export function settledPhotos(
  store: Store,
  wanted: ReadonlySet<number>,
  { signal, onWaiting }: WaitParts,
): Promise<State> {
  return new Promise((resolve, reject) => {
    let stopListening = (): void => {};
    let lastLeft = 0;
    const check = (state: State): void => {
      const open = state.photos.filter((photo) => wanted.has(photo.id) && isOpen(state, photo));
      if (open.length > 0) {
        if (open.length !== lastLeft) onWaiting(open.length);
        lastLeft = open.length;
        return;
      }
      // The first call comes before `stopListening` is known.
      queueMicrotask(() => stopListening());
      resolve(state);
    };
    signal.addEventListener('abort', () => {
      stopListening();
      reject(signal.reason);
    });
    stopListening = store.listen(check);
  });
}

function isOpen(state: State, { id, found, isLooking }: Photo): boolean {
  const isByHand = editsOf(state, id).focal !== null;
  if (!isByHand && !found) return true;
  return isLooking && id !== state.currentId && sightDecides(state, isByHand);
}

/** Whether what is seen in a photo can move its crops, or pad them. */
function sightDecides({ edits, settings: { detection } }: State, isByHand: boolean): boolean {
  const fits = [edits.fit, ...Object.values(edits.fitBySpec)];
  if (fits.some(({ mode }) => mode === 'coverOrPad')) return true;
  return !isByHand && (detection === 'automatic' || detection === 'faces');
}

/** The wanted photos that turned out to be unreadable, as failures of all their files. */
export function unreadPhotos(
  { refused }: State,
  wanted: ReadonlySet<number>,
  filesPerPhoto: number,
): Failure[] {
  return refused
    .filter(({ id }) => wanted.has(id))
    .map(({ name, reason }) => ({ name, reason, files: filesPerPhoto }));
}
