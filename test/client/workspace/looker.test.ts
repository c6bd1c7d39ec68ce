import { expect, test, vi } from 'vitest';
import { addPhoto, learn } from '../../../client/workspace/changes.ts';
import type { Late, LateLoader } from '../../../client/workspace/loadLate.ts';
import { createLooker } from '../../../client/workspace/looker.ts';
import { defaultSettings, type Photo, startState } from '../../../client/workspace/state.ts';
import { createStore } from '../../../client/workspace/store.ts';

const blank: Photo = {
  id: 1,
  name: '1.jpg',
  bytes: 1,
  source: new Blob(['1']),
  note: null,
  status: 'ready',
  size: { width: 60, height: 40 },
  found: { x: 0.5, y: 0.5 },
  sight: null,
  isLooking: false,
  thumbnail: null,
};

function start(load: LateLoader['load'], ids: readonly number[]) {
  const photos = ids.map((id) => ({ ...blank, id, name: `${id}.jpg` }));
  const store = createStore(photos.reduce(addPhoto, startState(['x-post'], defaultSettings)));
  const previews = { get: () => null, show: () => null, put: async () => {}, drop: () => {} };
  const late: LateLoader = { load, loadEarly: () => {}, show: async () => {} };
  const looker = createLooker(store, previews, late, {});
  const looking = () =>
    store
      .get()
      .photos.filter(({ isLooking }) => isLooking)
      .map(({ id }) => id);
  return { looker, photos, looking, store };
}

test('where nothing can be loaded, every photo counts as looked at', async () => {
  const { looker, photos, looking } = start(() => Promise.reject(new Error('off')), [1, 2]);
  for (const photo of photos) looker.look(photo);
  expect(looking()).toEqual([1, 2]);
  await vi.waitUntil(() => looking().length === 0);
});

test('a photo that is left while it waits is not looked at any more, and nobody waits for it', async () => {
  const { looker, photos, looking, store } = start(() => new Promise<Late>(() => {}), [1, 2, 3]);
  for (const photo of photos) looker.look(photo);
  looker.leave(2);
  expect(looking()).toEqual([1, 3]);
  store.change((state) => learn(state, 3, { found: null }));
  expect(looking()).toEqual([1, 3]);
});
