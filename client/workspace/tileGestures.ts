/** What a person can do on a tile itself: pin it, move and zoom its own crop by pointer, wheel, pinch and keys. */
import { maxZoom, type PinnedCrop } from '../engine/drawPlan.ts';
import type { Point, Size } from '../engine/geometry.ts';
import { panPinned, pinFrom, zoomPinned } from '../engine/pinnedCrop.ts';
import { announce } from './announce.ts';
import { setPinned } from './changes.ts';
import type { PhotoPanel } from './photoPanel.ts';
import { listenToDrag } from './pointerDrag.ts';
import { currentPhoto, type PlannedFile } from './state.ts';
import type { Store } from './store.ts';
import type { Tile } from './tile.ts';

export interface TileSurroundings {
  store: Store;
  panel: PhotoPanel;
  plan(): PlannedFile | null;
  openOptions(specId: string, at: HTMLElement): void;
}

const panStep = 0.02;
const zoomStep = 1.1;
const panKeys: Readonly<Record<string, Point>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function listenToTile(tile: Tile, { store, panel, plan, openOptions }: TileSurroundings): void {
  const { frame, spec } = tile;
  let gestures = 0;

  function change(
    gesture: string,
    next: (pinned: PinnedCrop, photo: Size, target: Size) => PinnedCrop,
  ): void {
    const photo = currentPhoto(store.get());
    const file = plan();
    if (!photo?.size || !file?.pinned) return;
    const moved = next(file.pinned, photo.size, file.size);
    store.change((state) => setPinned(state, photo.id, spec.id, moved), `${gesture} ${spec.id}`);
    showOutline();
  }

  function pan(gesture: string, dx: number, dy: number): void {
    change(gesture, (pinned, photo, target) => panPinned(pinned, photo, target, dx, dy));
  }

  function zoom(gesture: string, factor: number, at: Point): void {
    change(gesture, (pinned, photo, target) => zoomPinned(pinned, photo, target, factor, at));
  }

  function speakCrop(): void {
    const pinned = plan()?.pinned;
    if (pinned) announce(cropWords(pinned));
  }

  function fractionAt(x: number, y: number): Point {
    const box = frame.getBoundingClientRect();
    return { x: (x - box.left) / box.width, y: (y - box.top) / box.height };
  }

  function isPinned(): boolean {
    return plan()?.pinned != null;
  }

  function showOutline(): void {
    const file = plan();
    const size = currentPhoto(store.get())?.size;
    panel.outline(file && size ? { rect: file.plan.source, photo: size } : null);
  }

  listenToDrag(frame, {
    start() {
      gestures += 1;
      return isPinned();
    },
    move(_, by) {
      const box = frame.getBoundingClientRect();
      pan(`drag ${gestures}`, -by.x / box.width, -by.y / box.height);
    },
    // Zoomed about where the fingers' middle was, then moved with it: what lies under each finger stays there.
    pinch(factor, at, by) {
      const box = frame.getBoundingClientRect();
      const from = fractionAt(at.x, at.y);
      change(`drag ${gestures}`, (pinned, photo, target) => {
        const zoomed = zoomPinned(pinned, photo, target, factor, from);
        return panPinned(zoomed, photo, target, -by.x / box.width, -by.y / box.height);
      });
    },
    end() {},
  });
  frame.addEventListener(
    'wheel',
    (event) => {
      // A wheel over the wall scrolls it; it zooms only a pinned tile that has the focus, or with Ctrl (pinch on a touchpad).
      if (!isPinned() || !(event.ctrlKey || document.activeElement === frame)) return;
      event.preventDefault();
      zoom('wheel', Math.exp(-event.deltaY / 400), fractionAt(event.clientX, event.clientY));
    },
    { passive: false },
  );
  frame.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const step = panKeys[event.key];
    if (event.key === 'Enter') openOptions(spec.id, frame);
    else if (event.key === 'p' || event.key === 'P') togglePin(store, tile.spec.id, plan());
    else if (step && isPinned())
      pan('keys', step.x * panStep * (event.shiftKey ? 5 : 1), step.y * panStep * (event.shiftKey ? 5 : 1));
    else if ((event.key === '+' || event.key === '=') && isPinned())
      zoom('keys', zoomStep, { x: 0.5, y: 0.5 });
    else if (event.key === '-' && isPinned()) zoom('keys', 1 / zoomStep, { x: 0.5, y: 0.5 });
    else return;
    event.preventDefault();
    if (step || ['+', '=', '-'].includes(event.key)) speakCrop();
  });
  frame.addEventListener('dblclick', () => openOptions(spec.id, frame));
  for (const type of ['pointerenter', 'focus'] as const) frame.addEventListener(type, showOutline);
  for (const type of ['pointerleave', 'blur'] as const)
    frame.addEventListener(type, () => panel.outline(null));
}

/** Pins the current photo's tile at what it shows now, or unpins it. */
export function togglePin(store: Store, specId: string, file: PlannedFile | null): void {
  const photo = currentPhoto(store.get());
  if (!photo?.size || !file) return;
  const pinned = file.pinned ? null : pinFrom(file.plan.source, photo.size, file.size);
  store.change((state) => setPinned(state, photo.id, specId, pinned));
  announce(
    pinned
      ? 'Pinned. Arrow keys move the crop, plus and minus zoom.'
      : 'Unpinned. The tile follows the focal point again.',
  );
}

/** "Crop 48 % right, 50 % down, zoom 1.2×". */
function cropWords({ x, y, zoom }: PinnedCrop): string {
  return `Crop ${Math.round(x * 100)} % right, ${Math.round(y * 100)} % down, zoom ${zoom.toFixed(1)}×`;
}

/** The zoom as a slider's place 0..100, even in ratio, and back. */
export function zoomToSlider(zoom: number): number {
  return Math.round((Math.log(zoom) / Math.log(maxZoom)) * 100);
}
export function sliderToZoom(place: number): number {
  return maxZoom ** (place / 100);
}
