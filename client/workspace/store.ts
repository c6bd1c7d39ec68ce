/** Holds the one State, tells its listeners after each change, and keeps the history of edits for undo and redo. */
import { restoreEdits, type Surroundings, surroundingsOf } from './changes.ts';
import type { Edits, State } from './state.ts';

export type Listener = (state: State, before: State) => void;

export interface Store {
  get(): State;
  /**
   * Replaces the state. Edits that differ become one step of undo, with the preset and the export settings that
   * changed along with them; steps with the same `gesture` that follow each other are one. A "drag 7" lasts as long as the pointer is down, however still it is held; every other gesture (keys, a
   * wheel, a slider) ends when nothing came for a second.
   */
  change(next: (state: State) => State, gesture?: string): void;
  undo(): void;
  redo(): void;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Calls the listener now and after every change; returns the way to stop it. */
  listen(listener: Listener): () => void;
}

/** A state to go back to. `beside` is null where the change touched nothing but edits. */
interface Step {
  edits: Edits;
  beside: Surroundings | null;
}

const historyLimit = 200;
const gesturePauseMs = 1000;

/** `now` in milliseconds, of any beginning. */
export function createStore(start: State, now: () => number = () => performance.now()): Store {
  let state = start;
  let past: Step[] = [];
  let future: Step[] = [];
  let lastGesture: string | undefined;
  let lastEditAt = 0;
  const listeners = new Set<Listener>();
  /** Changes that not all listeners have heard of yet, oldest first. */
  const untold: { now: State; before: State }[] = [];

  function put(next: State): void {
    if (next === state) return;
    untold.push({ now: next, before: state });
    state = next;
    // A listener may change the state too: that change is told after this one, to all listeners in the same order.
    if (untold.length > 1) return;
    while (untold[0]) {
      const { now, before } = untold[0];
      for (const listener of listeners) listener(now, before);
      untold.shift();
    }
  }

  function goesOn(gesture: string | undefined): boolean {
    if (gesture === undefined || gesture !== lastGesture) return false;
    return gesture.startsWith('drag ') || now() - lastEditAt <= gesturePauseMs;
  }

  function step(from: Step[], to: Step[]): void {
    const target = from.pop();
    if (!target) return;
    to.push({ edits: state.edits, beside: target.beside && surroundingsOf(state) });
    lastGesture = undefined;
    const restored = restoreEdits(state, target.edits);
    put(target.beside ? { ...restored, ...target.beside } : restored);
  }

  /** The step back from `next`. A preset brings format, quality and names with it, and takes them along when it goes. */
  function stepBack(next: State): Step {
    const isBeyond = next.preset !== state.preset || next.exportSettings !== state.exportSettings;
    return { edits: state.edits, beside: isBeyond ? surroundingsOf(state) : null };
  }

  return {
    get: () => state,
    change(next, gesture) {
      const changed = next(state);
      if (changed.edits !== state.edits) {
        if (!goesOn(gesture)) past = [...past, stepBack(changed)].slice(-historyLimit);
        future = [];
        lastGesture = gesture;
        lastEditAt = now();
      }
      put(changed);
    },
    undo: () => step(past, future),
    redo: () => step(future, past),
    canUndo: () => past.length > 0,
    canRedo: () => future.length > 0,
    listen(listener) {
      listeners.add(listener);
      listener(state, state);
      return () => listeners.delete(listener);
    },
  };
}

/** The first state for which `holds`, now or later. */
export function until(store: Store, holds: (state: State) => boolean): Promise<State> {
  return new Promise((resolve) => {
    let stopListening = (): void => {};
    stopListening = store.listen((state) => {
      if (!holds(state)) return;
      // The first call comes before `stopListening` is known.
      queueMicrotask(() => stopListening());
      resolve(state);
    });
  });
}
