/** What was seen in the current photo: boxes over it, and a list in which each is switched on and off. Boxes of one's own can be added. */
import type { FocusBox } from '../engine/focus/box.ts';
import { clamp, type Rect } from '../engine/geometry.ts';
import { announce } from './announce.ts';
import { drawBox, removeBox, switchBox } from './changes.ts';
import { byId, setText } from './elements.ts';
import type { Looker } from './looker.ts';
import { listenToDrag } from './pointerDrag.ts';
import { currentPhoto, editsOf, focalPoint, type Photo, type State } from './state.ts';
import type { Store } from './store.ts';

/** Over a photo with more boxes their names would hide it. */
const mostTagged = 8;

/** Side of a new box, as a share of the photo's sides; a step of the keys; and the smallest side. */
const newSide = 0.2;
const keyStep = 0.01;
const leastSide = 0.02;

const ways: Readonly<Record<string, [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export function showFocusBoxes(store: Store, looker: Looker): void {
  const section = byId('focus-boxes', HTMLElement);
  const list = byId('focus-box-list', HTMLElement);
  const layer = byId('photo-boxes', HTMLElement);
  const summary = byId('focus-box-sum', HTMLElement);
  const closer = byId('look-closer', HTMLButtonElement);
  const ticks = new Map<string, HTMLInputElement>();
  const frames = new Map<string, HTMLElement>();
  let shown = '';
  let gestures = 0;

  byId('mark-box', HTMLButtonElement).addEventListener('click', () => {
    const photo = currentPhoto(store.get());
    if (photo) add(photo);
  });
  closer.addEventListener('click', () => {
    const photo = currentPhoto(store.get());
    if (!photo) return;
    looker.look(photo, ['instant', 'faces', 'objects', 'closer']);
    announce('Looking for small faces too.');
  });

  function add(photo: Photo): void {
    const { x, y } = focalPoint(store.get(), photo);
    const box = within({ x: x - newSide / 2, y: y - newSide / 2, width: newSide, height: newSide });
    const { drawn } = editsOf(store.get(), photo.id);
    const last = Math.max(0, ...drawn.map(({ id }) => Number(id.slice('mine-'.length))));
    const id = `mine-${last + 1}`;
    const own = {
      kind: 'region',
      label: 'mark',
      source: 'manual',
      score: 1,
      weight: 1,
      enabled: true,
    } as const;
    store.change((state) => drawBox(state, photo.id, { ...own, id, box }));
    frames.get(id)?.focus();
    announce('A mark was added. Arrow keys move it, with Shift they change its size, Delete removes it.');
  }

  function change(id: string, to: (box: Rect) => Rect, gesture: string): void {
    const photo = currentPhoto(store.get());
    const mine = photo && editsOf(store.get(), photo.id).drawn.find((box) => box.id === id);
    if (mine)
      store.change((state) => drawBox(state, photo.id, { ...mine, box: within(to(mine.box)) }), gesture);
  }

  function remove(id: string): void {
    const photo = currentPhoto(store.get());
    if (!photo) return;
    store.change((state) => removeBox(state, photo.id, id));
    byId('mark-box', HTMLElement).focus();
    announce('The mark was removed. Undo brings it back.');
  }

  function makeFrame({ id, source }: FocusBox, name: string): HTMLElement {
    const frame = document.createElement(source === 'manual' ? 'button' : 'div');
    frame.className = 'photo__box';
    frame.dataset.source = source;
    const tag = document.createElement('span');
    tag.className = 'photo__tag';
    setText(tag, name);
    frame.append(tag);
    if (frame instanceof HTMLButtonElement) letEdit(frame, id, name);
    return frame;
  }

  function letEdit(frame: HTMLButtonElement, id: string, name: string): void {
    frame.type = 'button';
    frame.setAttribute('aria-label', `${name}: has to stay`);
    frame.addEventListener('keydown', (event) => {
      const way = ways[event.key];
      if (event.key === 'Delete' || event.key === 'Backspace') return remove(id);
      if (!way || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      const [dx, dy] = [way[0] * keyStep, way[1] * keyStep];
      change(
        id,
        (box) => (event.shiftKey ? resize(box, dx, dy) : { ...box, x: box.x + dx, y: box.y + dy }),
        `keys ${id}`,
      );
    });
    let isCorner = false;
    listenToDrag(frame, {
      start(event) {
        event.stopPropagation(); // The photo under it would move its focal point.
        const { right, bottom } = frame.getBoundingClientRect();
        isCorner = right - event.clientX < 16 && bottom - event.clientY < 16;
        gestures += 1;
        return true;
      },
      move(_at, by) {
        const { width, height } = layer.getBoundingClientRect();
        const [dx, dy] = [by.x / width, by.y / height];
        const to = (box: Rect) => (isCorner ? resize(box, dx, dy) : { ...box, x: box.x + dx, y: box.y + dy });
        change(id, to, `drag box ${gestures}`);
      },
      end: () => {},
    });
  }

  function makeRow(box: FocusBox, name: string): HTMLElement {
    const row = document.createElement('li');
    const label = document.createElement('label');
    const tick = document.createElement('input');
    tick.type = 'checkbox';
    tick.addEventListener('change', () => {
      const photo = currentPhoto(store.get());
      if (photo) store.change((state) => switchBox(state, photo.id, box.id, tick.checked));
    });
    ticks.set(box.id, tick);
    label.append(tick, ` ${name}`);
    row.append(label);
    if (box.source === 'auto') {
      const sure = document.createElement('span');
      sure.className = 'hint';
      setText(sure, `${Math.round(box.score * 100)} % sure`);
      row.append(sure);
    }
    return row;
  }

  function show(state: State): void {
    const photo = currentPhoto(state);
    const edits = photo && editsOf(state, photo.id);
    const boxes = (edits && photo.sight?.boxes(edits)) ?? [];
    section.hidden = !photo?.sight;
    layer.hidden = boxes.length === 0;
    if (!photo?.sight || !edits) return;
    const names = photo.sight.names(edits);
    const nameOf = ({ id, label }: FocusBox) => names.get(id) ?? label;
    const key = `${photo.id} ${boxes.map((box) => `${box.id} ${nameOf(box)}`).join()}`;
    if (key !== shown) {
      shown = key;
      const focused = [...frames].find(([, frame]) => frame === document.activeElement)?.[0];
      ticks.clear();
      frames.clear();
      const sorted = boxes.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b), 'en', { numeric: true }));
      list.replaceChildren(...sorted.map((box) => makeRow(box, nameOf(box))));
      layer.classList.toggle('photo__boxes--many', boxes.length > mostTagged);
      for (const box of boxes) frames.set(box.id, makeFrame(box, nameOf(box)));
      layer.replaceChildren(...frames.values());
      if (focused) frames.get(focused)?.focus();
    }
    for (const { id, box, enabled } of boxes) {
      const tick = ticks.get(id);
      const frame = frames.get(id);
      if (tick) tick.checked = enabled;
      if (!frame) continue;
      frame.classList.toggle('photo__box--off', !enabled);
      frame.style.left = `${box.x * 100}%`;
      frame.style.top = `${box.y * 100}%`;
      frame.style.width = `${box.width * 100}%`;
      frame.style.height = `${box.height * 100}%`;
    }
    closer.disabled = photo.isLooking;
    setText(summary, sumWords(boxes, photo.isLooking, edits.focal !== null));
  }

  store.listen(show);
}

function sumWords(boxes: readonly FocusBox[], isLooking: boolean, isByHand: boolean): string {
  if (isLooking) return 'Looking for what has to stay …';
  if (boxes.length === 0) return 'Nothing found that has to stay.';
  if (isByHand) return 'Crops follow the point that you set; tiles say what they cut.';
  const on = boxes.filter(({ enabled }) => enabled).length;
  return `Has to stay: ${on} of ${boxes.length}`;
}

function resize(box: Rect, dx: number, dy: number): Rect {
  return { ...box, width: Math.max(leastSide, box.width + dx), height: Math.max(leastSide, box.height + dy) };
}

/** The box moved onto the photo. */
function within({ x, y, width, height }: Rect): Rect {
  const size = { width: clamp(width, leastSide, 1), height: clamp(height, leastSide, 1) };
  return { x: clamp(x, 0, 1 - size.width), y: clamp(y, 0, 1 - size.height), ...size };
}
