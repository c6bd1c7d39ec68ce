/** Asks the focus worker what is in the photos, one after the other, and lets the state know stage by stage. */
import type { Stage } from '../worker/focus/messages.ts';
import { learn } from './changes.ts';
import type { FocusLooks } from './focusLooks.ts';
import type { Late, LateLoader } from './loadLate.ts';
import type { Previews } from './previews.ts';
import type { Photo } from './state.ts';
import type { Store } from './store.ts';

export interface Looker {
  /**
   * Looks at a photo whose size is known; a look at it that is under way ends. `stages`: those that are wanted now. Without a
   * worker, or without its files, nothing is seen and the focal point goes on deciding.
   */
  look(photo: Photo, stages?: readonly Stage[]): void;
  /** Ends what is under way or waits for that photo. */
  leave(photoId: number): void;
}

/** What the first look takes; the closer one is asked for. */
const firstStages: readonly Stage[] = ['instant', 'faces', 'objects'];

/** A photo that takes longer counts as seen: models that hang must not hold up an export. */
const longestLookMs = 60_000;

type Eyes = Pick<Late, 'makeSight'> & Pick<FocusLooks, 'look'>;

interface Waiting {
  photo: Photo;
  stages: readonly Stage[];
}

/** `urls`: of the focus worker, and of what does its first stage on the page. */
export function createLooker(
  store: Store,
  previews: Previews,
  late: LateLoader,
  urls: { focusWorker?: string; focusHere?: string },
): Looker {
  let eyes: Promise<Eyes> | null = null;
  let waiting: Waiting[] = [];
  let current: { photoId: number; stop: () => void } | null = null;

  function look(photo: Photo, stages = firstStages): void {
    leave(photo.id);
    waiting.push({ photo, stages });
    store.change((state) => learn(state, photo.id, { isLooking: true }));
    void next();
  }

  function leave(photoId: number): void {
    const isQueued = waiting.some(({ photo }) => photo.id === photoId);
    waiting = waiting.filter(({ photo }) => photo.id !== photoId);
    if (current?.photoId === photoId) current.stop();
    else if (isQueued) store.change((state) => learn(state, photoId, { isLooking: false }));
  }

  async function next(): Promise<void> {
    if (current) return;
    // The photo that is shown comes first.
    const shown = waiting.find(({ photo }) => photo.id === store.get().currentId) ?? waiting[0];
    if (!shown) return;
    waiting = waiting.filter((one) => one !== shown);
    const { photo } = shown;
    const stop = new AbortController();
    current = { photoId: photo.id, stop: () => stop.abort() };
    try {
      const { makeSight, look } = await openEyes();
      await look(photo.source, {
        aim: store.get().settings.detection === 'faces' ? 'faces' : 'automatic',
        stages: shown.stages,
        async image() {
          const [preview] = previews.get(photo.id) ?? [];
          return preview && createImageBitmap(preview);
        },
        signal: AbortSignal.any([stop.signal, AbortSignal.timeout(longestLookMs)]),
        onLooked(_stage, findings) {
          const { size } = photo;
          if (size) store.change((state) => learn(state, photo.id, { sight: makeSight(findings, size) }));
        },
      });
    } catch {
      // What was seen so far counts.
    }
    current = null;
    const isAskedAgain = waiting.some((one) => one.photo.id === photo.id);
    if (!isAskedAgain) store.change((state) => learn(state, photo.id, { isLooking: false }));
    void next();
  }

  /** Once; where it could not be loaded, the next photo tries again. */
  function openEyes(): Promise<Eyes> {
    eyes ??= late.load().then(({ makeSight, startFocusLooks, focusHands, showFocusBoxes }) => {
      const { look } = startFocusLooks(
        focusHands({ worker: urls.focusWorker ?? '', here: urls.focusHere ?? '' }),
      );
      showFocusBoxes(store, looker);
      return { makeSight, look };
    });
    eyes.catch(() => {
      eyes = null;
    });
    return eyes;
  }

  const looker: Looker = { look, leave };
  return looker;
}
