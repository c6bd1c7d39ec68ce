/** Opens photos in the workers: size, preview, thumbnail, then the focal point. Opens again what the preview cache let go. */

import type { Detection } from '../../server/account/preferences.shared.ts';
import { centre } from '../engine/geometry.ts';
import type { Detection as Search } from '../worker/messages.ts';
import { forgetFound, learn, refuse } from './changes.ts';
import type { Looker } from './looker.ts';
import type { PixelWorkers } from './pixelWorkers.ts';
import type { Previews } from './previews.ts';
import { currentPhoto, type Photo } from './state.ts';
import type { Store } from './store.ts';

export interface PhotoReader {
  open(photo: Photo): void;
}

/** `onPreview` is called when the current photo can be drawn. */
export function createPhotoReader(
  store: Store,
  workers: PixelWorkers,
  previews: Previews,
  looker: Looker,
  onPreview: () => void,
): PhotoReader {
  /** Work on a photo ends when the photo is removed. */
  const stops = new Map<number, AbortController>();
  const reopening = new Set<number>();

  function open(photo: Photo): void {
    const { signal } = stopFor(photo.id);
    read(photo, store.get().settings.detection, signal).catch((error: Error) => {
      // What the worker says is a sentence with the file's name.
      if (!signal.aborted) store.change((state) => refuse(state, photo.id, photo.name, error.message));
    });
  }

  async function read(photo: Photo, detection: Detection, signal: AbortSignal): Promise<void> {
    const { opened, focal } = workers.openPhoto(photo.source, searchFor(detection), signal);
    const found = focal.catch(() => null);
    const { photo: size, preview, thumbnail, note: seen } = await opened;
    const note = [photo.note, seen].filter((words) => words !== null).join(' ') || null;
    store.change((state) => learn(state, photo.id, { status: 'ready', size, thumbnail, note }));
    await keepPreview(photo.id, preview);
    lookAt({ ...photo, size });
    const point = (await found) ?? centre;
    if (signal.aborted) return;
    // The preference may have changed while the photo was read.
    if (store.get().settings.detection === detection) {
      store.change((state) => learn(state, photo.id, { found: point }));
    } else {
      await findAgain(photo, store.get().settings.detection);
    }
  }

  async function keepPreview(photoId: number, preview: ImageBitmap): Promise<void> {
    if (store.get().currentId !== photoId) return preview.close();
    await previews.put(photoId, preview);
    if (!store.get().photos.some(({ id }) => id === photoId)) return previews.drop(photoId);
    onPreview();
  }

  async function reopen(photo: Photo): Promise<void> {
    if (reopening.has(photo.id)) return;
    reopening.add(photo.id);
    try {
      const { opened, focal } = workers.openPhoto(photo.source, 'centre', stopFor(photo.id).signal);
      focal.catch(() => null);
      const { preview, thumbnail } = await opened;
      thumbnail.close();
      await keepPreview(photo.id, preview);
    } catch {
      const reason = `${photo.name} can no longer be read: it was moved, changed or deleted since it was added.`;
      if (!stopFor(photo.id).signal.aborted)
        store.change((state) => refuse(state, photo.id, photo.name, reason));
    } finally {
      reopening.delete(photo.id);
    }
  }

  async function findAgain(photo: Photo, detection: Detection): Promise<void> {
    const { signal } = stopFor(photo.id);
    const point =
      searchFor(detection) === 'centre'
        ? centre
        : await workers.findFocus(photo.source, 'automatic', signal).catch(() => centre);
    if (store.get().settings.detection === detection)
      store.change((state) => learn(state, photo.id, { found: point }));
  }

  function lookAt(photo: Photo): void {
    if (store.get().settings.detection !== 'off') looker.look(photo);
  }

  function stopFor(photoId: number): AbortController {
    const stop = stops.get(photoId) ?? new AbortController();
    stops.set(photoId, stop);
    return stop;
  }

  store.listen((state, before) => {
    const kept = new Set(state.photos.map(({ id }) => id));
    for (const photo of before.photos) {
      if (kept.has(photo.id)) continue;
      stops.get(photo.id)?.abort();
      looker.leave(photo.id);
      previews.drop(photo.id);
      photo.thumbnail?.close();
    }
    const shown = currentPhoto(state);
    if (state.currentId !== before.currentId && shown?.size && !previews.get(shown.id)) void reopen(shown);
    if (state.settings.detection !== before.settings.detection) {
      store.change(forgetFound);
      // A photo that is still being read is looked at again when it is there.
      for (const photo of state.photos) {
        looker.leave(photo.id);
        if (!photo.size) continue;
        void findAgain(photo, state.settings.detection);
        lookAt(photo);
      }
    }
  });

  return { open };
}

/** What the pixel worker does: smartcrop's one point is there before any model, and where none can be loaded. */
function searchFor(detection: Detection): Search {
  return detection === 'automatic' || detection === 'faces' ? 'automatic' : 'centre';
}
