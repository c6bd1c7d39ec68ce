/** Pointer gestures: dragging with one pointer, pinching with two. */

export interface DragEvents {
  /** Return false to leave the pointer alone (it scrolls or clicks as usual). */
  start(event: PointerEvent): boolean;
  /** Client coordinates of the pointer and its movement since the last call. */
  move(at: { x: number; y: number }, by: { x: number; y: number }): void;
  /** Two pointers moved apart by `factor` (> 1) or together; their middle was at `at` and moved by `by`. */
  pinch?(factor: number, at: { x: number; y: number }, by: { x: number; y: number }): void;
  end(): void;
}

export function listenToDrag(element: HTMLElement, events: DragEvents): () => void {
  const held = new Map<number, { x: number; y: number }>();
  const stop = new AbortController();
  const options = { signal: stop.signal };

  element.addEventListener(
    'pointerdown',
    (event) => {
      if (event.button !== 0 || (held.size === 0 && !events.start(event)) || held.size >= 2) return;
      held.set(event.pointerId, { x: event.clientX, y: event.clientY });
      element.setPointerCapture(event.pointerId);
    },
    options,
  );
  element.addEventListener(
    'pointermove',
    (event) => {
      const before = held.get(event.pointerId);
      if (!before) return;
      const now = { x: event.clientX, y: event.clientY };
      const other = [...held].find(([id]) => id !== event.pointerId)?.[1];
      held.set(event.pointerId, now);
      if (other) {
        const factor = distance(now, other) / Math.max(1, distance(before, other));
        const from = middle(before, other);
        const to = middle(now, other);
        events.pinch?.(factor, from, { x: to.x - from.x, y: to.y - from.y });
      } else {
        events.move(now, { x: now.x - before.x, y: now.y - before.y });
      }
    },
    options,
  );
  const release = (event: PointerEvent): void => {
    if (held.delete(event.pointerId) && held.size === 0) events.end();
  };
  element.addEventListener('pointerup', release, options);
  element.addEventListener('pointercancel', release, options);
  element.addEventListener('lostpointercapture', release, options);
  return () => stop.abort();
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function middle(a: { x: number; y: number }, b: { x: number; y: number }): { x: number; y: number } {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
