import { expect, test } from 'vitest';
import { addPhoto, removePhoto, setFit } from '../../../client/workspace/changes.ts';
import { deliveredBy, hasUndelivered } from '../../../client/workspace/delivered.ts';
import { defaultSettings, type Photo, type State, startState } from '../../../client/workspace/state.ts';

function withPhoto(state: State, id: number): State {
  const photo: Photo = {
    id,
    name: `${id}.jpg`,
    bytes: 9,
    source: new Blob(),
    note: null,
    status: 'ready',
    size: null,
    found: null,
    sight: null,
    isLooking: false,
    thumbnail: null,
  };
  return addPhoto(state, photo);
}

const empty = startState(['x-post'], defaultSettings);
const one = withPhoto(empty, 1);

test('without a photo there is nothing to lose, with one that was never exported there is', () => {
  expect(hasUndelivered(empty, null)).toBe(false);
  expect(hasUndelivered(one, null)).toBe(true);
  expect(hasUndelivered(one, deliveredBy(one))).toBe(false);
});

test('another photo in the place of a delivered one is work of its own', () => {
  expect(hasUndelivered(withPhoto(removePhoto(one, 1), 2), deliveredBy(one))).toBe(true);
});

test('removing a delivered photo loses nothing; an edit after the export does', () => {
  const two = withPhoto(one, 2);
  expect(hasUndelivered(removePhoto(two, 1), deliveredBy(two))).toBe(false);
  expect(hasUndelivered(setFit(two, null, { ...two.edits.fit, mode: 'stretch' }), deliveredBy(two))).toBe(
    true,
  );
});
