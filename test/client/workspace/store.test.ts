import { expect, test } from 'vitest';
import { changeSettings } from '../../../client/workspace/changes.ts';
import { defaultSettings, startState } from '../../../client/workspace/state.ts';
import { createStore } from '../../../client/workspace/store.ts';

test('a change made by a listener is told to all in the order in which things happened', () => {
  const store = createStore(startState([], defaultSettings));
  const heard: number[] = [];
  store.listen((state) => {
    if (state.settings.quality === 50) store.change((now) => changeSettings(now, { quality: 51 }));
  });
  store.listen((state) => heard.push(state.settings.quality));
  store.change((state) => changeSettings(state, { quality: 50 }));
  expect(heard).toEqual([90, 50, 51]);
});
