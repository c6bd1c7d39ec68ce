/** Opens photos in the workers: size, preview, thumbnail, then the focal point. Opens again what the preview cache let go. */
import { centre } from '../engine/geometry.ts';
import type { Detection } from '../worker/messages.ts';
import { forgetFound, learn, refuse } from './changes.ts';
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
    const { opened, focal } = workers.openPhoto(photo.source, detection, signal);
    const found = focal.catch(() => null);
    const { photo: size, preview, thumbnail, note: seen } = await opened;
    const note = [photo.note, seen].filter((words) => words !== null).join(' ') || null;
    store.change((state) => learn(state, photo.id, { status: 'ready', size, thumbnail, note }));
    await keepPreview(photo.id, preview);
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
      detection === 'centre'
        ? centre
        : await workers.findFocus(photo.source, detection, signal).catch(() => centre);
    if (store.get().settings.detection === detection)
      store.change((state) => learn(state, photo.id, { found: point }));
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
      previews.drop(photo.id);
      photo.thumbnail?.close();
    }
    const shown = currentPhoto(state);
    if (state.currentId !== before.currentId && shown?.size && !previews.get(shown.id)) void reopen(shown);
    if (state.settings.detection !== before.settings.detection) {
      store.change(forgetFound);
      // A photo that is still being read is looked at again when it is there.
      for (const photo of state.photos) if (photo.size) void findAgain(photo, state.settings.detection);
    }
  });

  return { open };
}
