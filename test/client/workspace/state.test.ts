import { describe, expect, test } from 'vitest';
import {
  addPhoto,
  addSpecs,
  dropFitException,
  learn,
  refuse,
  removePhoto,
  removeSpecs,
  selectSpec,
  setFit,
  setFocal,
  setPinned,
  showPhoto,
} from '../../../client/workspace/changes.ts';
import {
  currentPhoto,
  defaultSettings,
  editsOf,
  fitFor,
  focalPoint,
  hasOwnFit,
  noEdits,
  type Photo,
  planFile,
  type State,
  startState,
} from '../../../client/workspace/state.ts';
import { createStore } from '../../../client/workspace/store.ts';
import { builtIn } from '../../../server/specs/catalogue.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';

const pin = { x: 0.4, y: 0.4, zoom: 2 };
/** Specs that leave the fit to the wall. */
const xPost = { id: 'x-post', fit: null };
const square = { id: 'instagram-square', fit: null };
const contain = { ...defaultFit, mode: 'contain' as const };

function photo(id: number, facts: Partial<Photo> = {}): Photo {
  const blank = {
    name: `${id}.jpg`,
    bytes: 9,
    source: new Blob(),
    note: null,
    size: null,
    found: null,
    sight: null,
    isLooking: false,
    thumbnail: null,
  };
  return { id, status: 'reading', ...blank, ...facts };
}

function start(...photos: Photo[]): State {
  return photos.reduce(addPhoto, startState(['x-post', 'instagram-square'], defaultSettings));
}

describe('the focal point', () => {
  test('is the centre while detection looks, then what it found', () => {
    const state = start(photo(1));
    expect(focalPoint(state, photo(1))).toEqual({ x: 0.5, y: 0.5 });
    expect(focalPoint(state, photo(1, { found: { x: 0.2, y: 0.9 } }))).toEqual({ x: 0.2, y: 0.9 });
  });

  test('set by hand is not overwritten by what is found later, and reset brings the found one', () => {
    const byHand = setFocal(start(photo(1)), 1, { x: 0.1, y: 0.1 });
    const found = learn(byHand, 1, { found: { x: 0.8, y: 0.8 } });
    const shown = currentPhoto(found) ?? photo(1);
    expect(focalPoint(found, shown)).toEqual({ x: 0.1, y: 0.1 });
    expect(focalPoint(setFocal(found, 1, null), shown)).toEqual({ x: 0.8, y: 0.8 });
  });
});

describe('photos', () => {
  test('the first one is shown; when it is removed, the next one is', () => {
    const state = start(photo(1), photo(2), photo(3));
    expect(state.currentId).toBe(1);
    expect(removePhoto(state, 1).currentId).toBe(2);
    expect(removePhoto(removePhoto(state, 1), 3).currentId).toBe(2);
    expect(removePhoto(start(photo(1)), 1).currentId).toBeNull();
  });

  test('one that turns out to be broken leaves the photos and is listed with its reason', () => {
    const state = refuse(start(photo(1), photo(2)), 1, '1.jpg', 'It is damaged.');
    expect(state.photos.map(({ id }) => id)).toEqual([2]);
    expect(state.refused).toEqual([{ id: 1, name: '1.jpg', reason: 'It is damaged.' }]);
  });

  test('a file that is refused twice is listed once', () => {
    const once = refuse(start(), 0, 'example.jpg', 'No answer.');
    expect(refuse(once, 0, 'example.jpg', 'No answer.').refused).toHaveLength(1);
  });

  test('what is learnt of a photo that was removed meanwhile changes nothing', () => {
    const state = removePhoto(start(photo(1)), 1);
    expect(learn(state, 1, { status: 'ready' }).photos).toEqual([]);
  });
});

describe('nothing is lost by a change of settings', () => {
  test('a pinned crop and an own fit survive a change of the wall’s fit', () => {
    let state = setPinned(start(photo(1)), 1, 'x-post', pin);
    state = setFit(state, xPost, contain);
    state = setFit(state, null, { ...defaultFit, mode: 'stretch' });
    expect(editsOf(state, 1).pinned['x-post']).toEqual(pin);
    expect(fitFor(state.edits, xPost).mode).toBe('contain');
    expect(fitFor(state.edits, square).mode).toBe('stretch');
    expect(fitFor(dropFitException(state, 'x-post').edits, xPost).mode).toBe('stretch');
  });

  test('a spec that is given just the wall’s fit follows the wall again', () => {
    const own = setFit(start(photo(1)), xPost, contain);
    expect(hasOwnFit(own.edits, xPost)).toBe(true);
    const same = setFit(own, xPost, { ...defaultFit, background: { kind: 'colour', colour: '#ffffff' } });
    expect(same.edits.fitBySpec).toEqual({});
    const wall = setFit(own, null, contain);
    expect(hasOwnFit(wall.edits, xPost), 'the wall came to the same fit').toBe(false);
    expect(fitFor(setFit(wall, null, defaultFit).edits, xPost)).toEqual(contain);
  });

  test('a fit is a spec’s own only by what its mode uses', () => {
    const blurred = { ...contain, background: { kind: 'blur' as const } };
    const wall = setFit(start(photo(1)), null, contain);
    expect(hasOwnFit(setFit(wall, xPost, { ...contain, enlarge: true }).edits, xPost)).toBe(false);
    expect(hasOwnFit(setFit(wall, xPost, blurred).edits, xPost)).toBe(true);
    const cover = setFit(start(photo(1)), xPost, { ...blurred, mode: 'cover' });
    expect(hasOwnFit(cover.edits, xPost)).toBe(false);
    const inside = setFit(start(photo(1)), null, { ...defaultFit, mode: 'inside' });
    const enlarged = { ...defaultFit, mode: 'inside' as const, enlarge: true };
    expect(hasOwnFit(setFit(inside, xPost, enlarged).edits, xPost)).toBe(true);
  });

  test('a spec taken off the wall and put back has its pinned crop and fit again, but no tick', () => {
    let state = selectSpec(setPinned(start(photo(1)), 1, 'x-post', pin), 'x-post', true);
    state = addSpecs(removeSpecs(state, ['x-post']), ['x-post']);
    expect(state.edits.specIds).toEqual(['instagram-square', 'x-post']);
    expect(editsOf(state, 1).pinned['x-post']).toEqual(pin);
    expect(state.selected).toEqual([]);
  });
});

describe('undo', () => {
  test('takes back one edit at a time and redo brings it again', () => {
    const store = createStore(start(photo(1)));
    store.change((state) => setFocal(state, 1, { x: 0, y: 0 }));
    store.change((state) => setPinned(state, 1, 'x-post', pin));
    store.undo();
    expect(editsOf(store.get(), 1)).toEqual({ ...noEdits, focal: { x: 0, y: 0 } });
    store.undo();
    expect(editsOf(store.get(), 1).focal).toBeNull();
    expect(store.canUndo()).toBe(false);
    store.redo();
    store.redo();
    expect(editsOf(store.get(), 1).pinned['x-post']).toEqual(pin);
  });

  test('takes back a whole drag at once', () => {
    const store = createStore(start(photo(1)));
    for (const x of [0.1, 0.2, 0.3]) store.change((state) => setFocal(state, 1, { x, y: 0 }), 'drag 1');
    for (const x of [0.4, 0.5]) store.change((state) => setFocal(state, 1, { x, y: 0 }), 'drag 2');
    store.undo();
    expect(editsOf(store.get(), 1).focal?.x).toBe(0.3);
    store.undo();
    expect(editsOf(store.get(), 1).focal).toBeNull();
  });

  test('takes back keys that came quickly at once, and those after a second’s rest as another step', () => {
    let now = 0;
    const store = createStore(start(photo(1)), () => now);
    for (const [at, x] of [
      [0, 0.1],
      [900, 0.2],
      [1800, 0.3],
      [2801, 0.4],
    ] as const) {
      now = at;
      store.change((state) => setFocal(state, 1, { x, y: 0 }), 'keys 1');
    }
    store.undo();
    expect(editsOf(store.get(), 1).focal?.x).toBe(0.3);
    store.undo();
    expect(editsOf(store.get(), 1).focal).toBeNull();
  });

  test('takes back a drag at once, however long the pointer was held still', () => {
    let now = 0;
    const store = createStore(start(photo(1)), () => now);
    for (const x of [0.1, 0.2]) {
      store.change((state) => setFocal(state, 1, { x, y: 0 }), 'drag 1');
      now += 5000;
    }
    store.undo();
    expect(editsOf(store.get(), 1).focal).toBeNull();
  });

  test('shows the photo that it changes', () => {
    const store = createStore(start(photo(1), photo(2)));
    store.change((state) => setFocal(state, 1, { x: 0, y: 0 }));
    store.change((state) => showPhoto(state, 2));
    store.undo();
    expect(store.get().currentId).toBe(1);
    store.change((state) => showPhoto(state, 2));
    store.redo();
    expect(store.get().currentId).toBe(1);
  });

  test('stays at the shown photo when the wall changes, or when the photo is gone', () => {
    const store = createStore(start(photo(1), photo(2)));
    store.change((state) => setFocal(state, 1, { x: 0, y: 0 }));
    store.change((state) => setFit(state, null, contain));
    store.change((state) => showPhoto(state, 2));
    store.undo();
    expect(store.get().currentId).toBe(2);
    store.change((state) => removePhoto(state, 1));
    store.undo();
    expect(store.get().currentId).toBe(2);
  });

  test('leaves photos and settings alone', () => {
    const store = createStore(start(photo(1)));
    store.change((state) => setFocal(state, 1, { x: 0, y: 0 }));
    store.change((state) => addPhoto(state, photo(2)));
    store.undo();
    expect(store.get().photos).toHaveLength(2);
  });
});

describe('the format of a file', () => {
  const spec = (id: string) => builtIn.specs.find((known) => known.id === id) ?? fail(id);
  const size = { width: 400, height: 300 };
  const planned = (state: State, id: string) =>
    planFile(state, { id: 1, size }, { x: 0.5, y: 0.5 }, spec(id));

  test('is the spec’s first unless a person chose one', () => {
    const state = start(photo(1));
    expect(planned(state, 'x-post').format).toBe('jpeg');
    const webp = { ...state, settings: { ...state.settings, format: 'webp' as const } };
    expect(planned(webp, 'x-post').format).toBe('webp');
  });

  test('has transparency where a transparent background was asked for and the spec allows one', () => {
    const state = setFit(start(photo(1)), null, { ...contain, background: { kind: 'transparent' } });
    expect(planned(state, 'x-post')).toMatchObject({ format: 'png', plan: { ground: { kind: 'none' } } });
    const jpeg = { ...state, settings: { ...state.settings, format: 'jpeg' as const } };
    expect(planned(jpeg, 'x-post').plan.ground).toEqual({ kind: 'colour', colour: '#ffffff' });
  });
});

function fail(id: string): never {
  throw new Error(`no spec ${id}`);
}
