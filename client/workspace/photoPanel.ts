/** The current photo, large, with its focal point to drag or to move by keys, and the outline of a tile's crop. */

import { detections } from '../../server/account/preferences.shared.ts';
import { bytesWords, sizeWords } from '../../server/specs/words.shared.ts';
import { clamp, type Point, type Rect, type Size } from '../engine/geometry.ts';
import { moveFocal } from '../engine/pinnedCrop.ts';
import { announce } from './announce.ts';
import { changeSettings, setFocal } from './changes.ts';
import { byId, setText } from './elements.ts';
import { listenToDrag } from './pointerDrag.ts';
import { levelFor, type Previews } from './previews.ts';
import { currentPhoto, editsOf, focalPoint, type Photo, type State } from './state.ts';
import type { Store } from './store.ts';

export interface PhotoPanel {
  /** Draws the photo again; needed once its preview has arrived. */
  draw(): void;
  /** Shows which part of the photo a tile shows; null hides the outline. */
  outline(crop: { rect: Rect; photo: Size } | null): void;
}

const keySteps: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function showPhotoPanel(store: Store, previews: Previews): PhotoPanel {
  const panel = byId('photo', HTMLElement);
  const stage = byId('photo-stage', HTMLElement);
  const picture = byId('photo-picture', HTMLCanvasElement);
  const point = byId('focal-point', HTMLButtonElement);
  const crop = byId('photo-crop', HTMLElement);
  const reset = byId('reset-focus', HTMLButtonElement);
  const detection = byId('detection', HTMLSelectElement);
  let gestures = 0;
  /** From the focal point's middle to where it was taken hold of, in CSS pixels. */
  let held = { x: 0, y: 0 };

  function moveTo(focal: Point, gesture: string): void {
    const photo = currentPhoto(store.get());
    if (photo) store.change((state) => setFocal(state, photo.id, focal), gesture);
  }

  listenToDrag(stage, {
    start(event) {
      // A finger on the photo scrolls the page; it drags the focal point only when it starts on it.
      if (event.pointerType === 'touch' && !point.contains(event.target as Node)) return false;
      gestures += 1;
      held = { x: 0, y: 0 };
      if (point.contains(event.target as Node)) {
        // Taken beside its middle, the point keeps that distance from the pointer and does not jump.
        const box = point.getBoundingClientRect();
        held = { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
      } else {
        moveTo(pointAt(event.clientX, event.clientY), `drag ${gestures}`);
      }
      return true;
    },
    move: ({ x, y }) => moveTo(pointAt(x - held.x, y - held.y), `drag ${gestures}`),
    end: () => speakFocal(),
  });
  stage.addEventListener('click', (event) => {
    if (event.target !== point && matchMedia('(pointer: coarse)').matches) {
      moveTo(pointAt(event.clientX, event.clientY), `tap ${++gestures}`);
    }
  });
  point.addEventListener('keydown', (event) => {
    const step = keySteps[event.key];
    const photo = currentPhoto(store.get());
    if (!step || !photo || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    const length = event.shiftKey ? 0.1 : 0.01;
    moveTo(moveFocal(focalPoint(store.get(), photo), step.x * length, step.y * length), `keys ${photo.id}`);
    speakFocal();
  });
  reset.addEventListener('click', () => {
    const photo = currentPhoto(store.get());
    if (photo) store.change((state) => setFocal(state, photo.id, null));
    point.focus();
    speakFocal();
  });
  detection.addEventListener('change', () => {
    const chosen = detections.find((known) => known === detection.value);
    if (chosen) store.change((state) => changeSettings(state, { detection: chosen }));
  });

  const fold = byId('fold-photo', HTMLButtonElement);
  fold.addEventListener('click', () => {
    const isFolded = panel.classList.toggle('photo--folded');
    fold.setAttribute('aria-expanded', String(!isFolded));
  });

  function pointAt(clientX: number, clientY: number): Point {
    const box = stage.getBoundingClientRect();
    return {
      x: clamp((clientX - box.left) / box.width, 0, 1),
      y: clamp((clientY - box.top) / box.height, 0, 1),
    };
  }

  function speakFocal(): void {
    const photo = currentPhoto(store.get());
    if (photo) announce(`Focus ${focalWords(focalPoint(store.get(), photo))}`);
  }

  function draw(): void {
    const photo = currentPhoto(store.get());
    const levels = photo && previews.show(photo);
    if (!photo?.size || !levels) {
      picture.width = 0; // Nothing is shown rather than another photo under this one's name.
      return;
    }
    const box = stage.getBoundingClientRect();
    const width = Math.max(1, Math.round(box.width * devicePixelRatio));
    const height = Math.max(1, Math.round((width * photo.size.height) / photo.size.width));
    const level = levelFor(levels, photo.size.width, width / photo.size.width);
    if (!level) return;
    picture.width = width;
    picture.height = height;
    const context = picture.getContext('2d');
    if (!context) return;
    context.imageSmoothingQuality = 'high';
    context.drawImage(level, 0, 0, width, height);
  }

  function show(state: State): void {
    const photo = currentPhoto(state);
    panel.hidden = photo === null;
    if (!photo) return;
    setText(byId('photo-name', HTMLElement), photo.name);
    setText(byId('photo-size', HTMLElement), photoWords(photo));
    const note = byId('photo-note', HTMLElement);
    note.hidden = photo.note === null;
    setText(note, photo.note ?? '');
    if (photo.size) {
      stage.style.setProperty('--photo-width', String(photo.size.width));
      stage.style.setProperty('--photo-height', String(photo.size.height));
    }
    const focal = focalPoint(state, photo);
    const isByHand = editsOf(state, photo.id).focal !== null;
    point.hidden = photo.size === null;
    point.style.left = `${focal.x * 100}%`;
    point.style.top = `${focal.y * 100}%`;
    point.setAttribute('aria-label', `Focal point, ${focalWords(focal)}`);
    setText(byId('focus-state', HTMLElement), focusWords(photo, isByHand, focal));
    reset.disabled = !isByHand;
    detection.value = state.settings.detection;
  }

  store.listen((state, before) => {
    show(state);
    if (state.currentId !== before.currentId) draw();
  });
  new ResizeObserver(draw).observe(stage);

  return {
    draw,
    outline(shown) {
      crop.hidden = shown === null;
      if (!shown) return;
      const { rect, photo } = shown;
      crop.style.left = `${(rect.x / photo.width) * 100}%`;
      crop.style.top = `${(rect.y / photo.height) * 100}%`;
      crop.style.width = `${(rect.width / photo.width) * 100}%`;
      crop.style.height = `${(rect.height / photo.height) * 100}%`;
    },
  };
}

function focalWords({ x, y }: Point): string {
  return `${Math.round(x * 100)} % right, ${Math.round(y * 100)} % down`;
}

function focusWords(photo: Photo, isByHand: boolean, focal: Point): string {
  if (isByHand) return `Focus set by hand: ${focalWords(focal)}`;
  return photo.found ? `Focus found: ${focalWords(focal)}` : 'Looking for the focus …';
}

function photoWords(photo: Photo): string {
  const bytes = bytesWords(photo.bytes);
  return photo.size ? `${sizeWords(photo.size.width, photo.size.height)} · ${bytes}` : `reading … · ${bytes}`;
}
