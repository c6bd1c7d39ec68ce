import { expect, test } from 'vitest';
import {
  addPhoto,
  changeSettings,
  learn,
  refuse,
  removePhoto,
  setFit,
  setFocal,
} from '../../../client/workspace/changes.ts';
import { settledPhotos, unreadPhotos } from '../../../client/workspace/settledPhotos.ts';
import { defaultSettings, type Photo, type State, startState } from '../../../client/workspace/state.ts';
import { createStore, type Store } from '../../../client/workspace/store.ts';

function storeOf(...ids: number[]): Store {
  const blank: Photo = {
    id: 0,
    name: '',
    bytes: 9,
    source: new Blob(),
    note: null,
    status: 'reading',
    size: null,
    found: null,
    sight: null,
    isLooking: false,
    thumbnail: null,
  };
  const empty = startState(['x-post'], defaultSettings);
  return createStore(ids.reduce((state, id) => addPhoto(state, { ...blank, id, name: `${id}.jpg` }), empty));
}

const found = { found: { x: 0.5, y: 0.5 } };

test('waits until each wanted photo is found, refused or removed, and says how many are left', async () => {
  const store = storeOf(1, 2, 3, 4);
  const left: number[] = [];
  const { signal } = new AbortController();
  const wanted = new Set([1, 2, 3]);
  const settled = settledPhotos(store, wanted, { signal, onWaiting: (open) => left.push(open) });
  store.change((state) => learn(state, 1, found));
  store.change((state) => refuse(state, 2, '2.jpg', '2.jpg is damaged.'));
  store.change((state) => removePhoto(state, 3));
  const state = await settled;
  expect(left, 'the fourth is not waited for').toEqual([3, 2, 1]);
  expect(unreadPhotos(state, wanted, 8)).toEqual([{ name: '2.jpg', reason: '2.jpg is damaged.', files: 8 }]);
});

test('does not wait when all are found', async () => {
  const store = storeOf(1);
  store.change((state) => learn(state, 1, found));
  const onWaiting = () => expect.unreachable();
  await settledPhotos(store, new Set([1]), { signal: new AbortController().signal, onWaiting });
});

test('stops when it is cancelled', async () => {
  const stop = new AbortController();
  const settled = settledPhotos(storeOf(1), new Set([1]), { signal: stop.signal, onWaiting() {} });
  stop.abort(new Error('Cancelled.'));
  await expect(settled).rejects.toThrow('Cancelled.');
});

test('a photo that is not shown is looked at to the end, unless its crops do not depend on it', async () => {
  const looking = { ...found, isLooking: true };
  const wanted = new Set([1, 2]);
  const openWith = async (change: (state: State) => State): Promise<number[]> => {
    const store = storeOf(1, 2);
    store.change((state) => learn(learn(state, 1, looking), 2, looking));
    store.change(change);
    const left: number[] = [];
    const stop = new AbortController();
    const settled = settledPhotos(store, wanted, {
      signal: stop.signal,
      onWaiting: (open) => left.push(open),
    });
    stop.abort(new Error('Enough.'));
    await settled.catch(() => null);
    return left;
  };
  expect(await openWith((state) => state), 'the second; the first is shown').toEqual([1]);
  expect(await openWith((state) => learn(state, 2, { isLooking: false }))).toEqual([]);
  const byHand = (state: State) => setFocal(state, 2, { x: 0, y: 0 });
  expect(await openWith(byHand)).toEqual([]);
  expect(await openWith((state) => changeSettings(state, { detection: 'centre' }))).toEqual([]);
  const padded = (state: State) => setFit(byHand(state), null, { ...state.edits.fit, mode: 'coverOrPad' });
  expect(await openWith(padded), 'padding is decided by what is seen').toEqual([1]);
});
