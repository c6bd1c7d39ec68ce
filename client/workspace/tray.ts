/** The tray of all photos, and the list of files that could not become one. */

import { countWords } from '../../server/specs/words.shared.ts';
import { announce } from './announce.ts';
import { clearRefused, removePhoto, showPhoto } from './changes.ts';
import { byId, setText } from './elements.ts';
import { currentPhoto, editsOf, type Photo, type State } from './state.ts';
import type { Store } from './store.ts';

interface Thumb {
  element: HTMLElement;
  button: HTMLButtonElement;
  picture: HTMLCanvasElement;
  drawn: ImageBitmap | null;
  /** What was shown last; the same again changes nothing. */
  shown: readonly unknown[];
}

export function showTray(store: Store): void {
  const section = byId('tray-section', HTMLElement);
  const list = byId('tray', HTMLElement);
  const thumbs = new Map<number, Thumb>();

  byId('remove-photo', HTMLButtonElement).addEventListener('click', () => {
    const photo = currentPhoto(store.get());
    if (!photo) return;
    store.change((state) => removePhoto(state, photo.id));
    focusAdding();
    const { length } = store.get().photos;
    announce(`${photo.name} removed, ${length === 0 ? 'no photo' : countWords(length, 'photo')} left`);
  });
  byId('clear-refused', HTMLButtonElement).addEventListener('click', () => {
    store.change(clearRefused);
    focusAdding();
  });

  /** For when the button that was pressed is gone. */
  function focusAdding(): void {
    byId(section.hidden ? 'choose-photos' : 'add-photos', HTMLElement).focus();
  }

  function thumbFor(photo: Photo): Thumb {
    const known = thumbs.get(photo.id);
    if (known) return known;
    const element = document.createElement('li');
    const button = document.createElement('button');
    const picture = document.createElement('canvas');
    button.type = 'button';
    button.className = 'thumb';
    button.append(picture);
    button.addEventListener('click', () => store.change((state) => showPhoto(state, photo.id)));
    element.append(button);
    list.append(element);
    const thumb: Thumb = { element, button, picture, drawn: null, shown: [] };
    thumbs.set(photo.id, thumb);
    return thumb;
  }

  function showThumb(state: State, photo: Photo, index: number): void {
    const thumb = thumbFor(photo);
    const { focal, pinned } = editsOf(state, photo.id);
    const isEdited = focal !== null || Object.keys(pinned).length > 0;
    const isCurrent = photo.id === state.currentId;
    const shown = [photo, index, state.photos.length, isEdited, isCurrent];
    if (shown.every((part, place) => part === thumb.shown[place])) return;
    thumb.shown = shown;
    thumb.button.setAttribute('aria-current', String(isCurrent));
    const words = [`Photo ${index + 1} of ${state.photos.length}: ${photo.name}`];
    if (photo.status === 'reading') words.push('reading');
    if (isEdited) words.push('edited by hand');
    thumb.button.setAttribute('aria-label', words.join(', '));
    thumb.button.title = photo.name;
    thumb.button.classList.toggle('thumb--edited', isEdited);
    if (photo.thumbnail && thumb.drawn !== photo.thumbnail) {
      thumb.picture.width = photo.thumbnail.width;
      thumb.picture.height = photo.thumbnail.height;
      thumb.picture.getContext('2d')?.drawImage(photo.thumbnail, 0, 0);
      thumb.drawn = photo.thumbnail;
    }
  }

  function showRefused(state: State): void {
    const { refused } = state;
    byId('refused', HTMLElement).hidden = refused.length === 0;
    setText(byId('refused-title', HTMLElement), `${countWords(refused.length, 'file')} not added`);
    byId('refused-list', HTMLElement).replaceChildren(
      ...refused.map(({ reason }) => {
        const item = document.createElement('li');
        item.textContent = reason;
        return item;
      }),
    );
  }

  store.listen((state, before) => {
    section.hidden = state.photos.length === 0;
    const count = state.photos.length;
    setText(byId('tray-count', HTMLElement), countWords(count, 'photo'));
    const isOther = state.photos !== before.photos || state.currentId !== before.currentId;
    if (isOther || state.edits.photos !== before.edits.photos) {
      const kept = new Set(state.photos.map(({ id }) => id));
      for (const [id, { element }] of thumbs) {
        if (kept.has(id)) continue;
        element.remove();
        thumbs.delete(id);
      }
      for (const [index, photo] of state.photos.entries()) showThumb(state, photo, index);
    }
    if (state.refused !== before.refused) showRefused(state);
  });
}
