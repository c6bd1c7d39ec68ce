import { describe, expect, test } from 'vitest';
import { addPhoto, dropFitException, setFit, setPinned } from '../../../client/workspace/changes.ts';
import { planJobs } from '../../../client/workspace/planJobs.ts';
import { createSpecFinder } from '../../../client/workspace/specFinder.ts';
import {
  defaultSettings,
  fitFor,
  hasOwnFit,
  type Photo,
  type PlannedFile,
  planFile,
  type State,
  startState,
} from '../../../client/workspace/state.ts';
import type { CustomSize } from '../../../server/presets/preset.shared.ts';
import { builtIn } from '../../../server/specs/catalogue.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import type { Spec } from '../../../server/specs/spec.shared.ts';
import { customSize } from './sizes.ts';

const landscape = { width: 4000, height: 3000 };
const photo: Photo = {
  id: 1,
  name: 'market-day.jpg',
  bytes: 9,
  source: new Blob(),
  note: null,
  status: 'ready',
  size: landscape,
  found: { x: 0.5, y: 0.5 },
  sight: null,
  isLooking: false,
  thumbnail: null,
};
const contain = { ...defaultFit, mode: 'contain' as const };
const stretch = { ...defaultFit, mode: 'stretch' as const };
const enlarging = { ...defaultFit, mode: 'inside' as const, enlarge: true };

function wallOf(...customSizes: CustomSize[]): State {
  const ids = customSizes.map(({ id }) => id);
  return { ...addPhoto(startState(ids, defaultSettings), photo), customSizes };
}

function specOf(state: State, { id }: CustomSize): Spec {
  const spec = createSpecFinder(builtIn, () => state).find(id);
  if (!spec) throw new Error(`There is no ${id}`);
  return spec;
}

function planned(state: State, size: CustomSize, of = landscape): PlannedFile {
  return planFile(state, { id: 1, size: of }, { x: 0.5, y: 0.5 }, specOf(state, size));
}

describe('the file of a custom size', () => {
  const small = { width: 640, height: 480 };

  test.each([
    ['millimetres', customSize(1, { kind: 'size', width: 35, height: 45, unit: 'mm' }), [413, 531]],
    ['a ratio', customSize(1, { kind: 'ratio', width: 4, height: 5 }), [2400, 3000]],
    ['a longest side', customSize(1, { kind: 'longest', px: 2048 }), [2048, 1536]],
    ['a percentage', customSize(1, { kind: 'percent', percent: 12.5 }), [500, 375]],
  ])('in %s has the pixels that come of it', (_, size, [width, height]) => {
    expect(planned(wallOf(size), size).plan.output).toEqual({ width, height });
  });

  test('of a ratio is a crop that is never enlarged', () => {
    const size = customSize(1, { kind: 'ratio', width: 3, height: 7 });
    for (const of of [landscape, small, { width: 999, height: 1001 }]) {
      expect(planned(wallOf(size), size, of).plan.enlargement).toBe(1);
    }
  });

  test('of a longest side shows the whole photo in every fit, and enlarges only when the fit says so', () => {
    const size = customSize(1, { kind: 'longest', px: 2048 });
    const wall = wallOf(size);
    for (const state of [wall, setFit(wall, null, contain), setFit(wall, null, stretch)]) {
      expect(planned(state, size, small).plan).toMatchObject({
        output: small,
        source: { x: 0, y: 0, ...small },
        target: { x: 0, y: 0, ...small },
      });
    }
    const enlarged = planned(setFit(wall, null, enlarging), size, small);
    expect(enlarged.plan.output).toEqual({ width: 2048, height: 1536 });
  });

  test('of a longest side can have a crop of its own, of the photo’s shape', () => {
    const size = customSize(1, { kind: 'longest', px: 2048 });
    const pinned = setPinned(wallOf(size), 1, size.id, { x: 0.5, y: 0.5, zoom: 2 });
    expect(planned(pinned, size).plan).toMatchObject({
      output: { width: 2048, height: 1536 },
      source: { x: 1000, y: 750, width: 2000, height: 1500 },
    });
  });
});

describe('the fit of a custom size', () => {
  const plain = customSize(1, { kind: 'ratio', width: 4, height: 5 });
  const own = customSize(2, { kind: 'ratio', width: 4, height: 5 }, { fit: contain });
  const wall = wallOf(plain, own);

  test('is the wall’s, or the one that it brings, under an exception on the wall', () => {
    const modeOf = (state: State, size: CustomSize) => fitFor(state.edits, specOf(state, size)).mode;
    expect([modeOf(wall, plain), modeOf(wall, own)]).toEqual(['cover', 'contain']);
    const stretched = setFit(wall, null, stretch);
    expect([modeOf(stretched, plain), modeOf(stretched, own)]).toEqual(['stretch', 'contain']);
    const exception = setFit(wall, specOf(wall, own), defaultFit);
    expect(modeOf(exception, own)).toBe('cover');
    expect(modeOf(dropFitException(exception, own.id), own)).toBe('contain');
    expect(setFit(exception, specOf(wall, own), contain).edits.fitBySpec).toEqual({});
  });

  test('is told on the tile where it shows something else than the wall’s', () => {
    expect(hasOwnFit(wall.edits, specOf(wall, own))).toBe(true);
    expect(hasOwnFit(setFit(wall, null, contain).edits, specOf(wall, own))).toBe(false);
  });
});

test('exported files are called by the custom size’s name, and have its quality and its limit', () => {
  const tile = customSize(
    1,
    { kind: 'ratio', width: 4, height: 5 },
    { name: 'Große Kachel № 2', quality: 61 },
  );
  const card = customSize(2, { kind: 'longest', px: 800 }, { name: '名刺', maxBytes: 50_000 });
  const state = wallOf(tile, card);
  const jobs = planJobs(
    state,
    createSpecFinder(builtIn, () => state),
    { specIds: state.edits.specIds, photos: state.photos },
  );
  expect(jobs.map(({ name }) => name)).toEqual([
    'market-day-große-kachel-no-2-2400x3000.jpg',
    'market-day-名刺-800x600.jpg',
  ]);
  expect(jobs.map(({ order }) => order.quality)).toEqual([61, 90]);
  expect(jobs.map(({ order }) => order.window.maxBytes)).toEqual([null, 50_000]);
  expect(jobs.map(({ words }) => words)).toEqual([
    'market-day.jpg at Große Kachel № 2',
    'market-day.jpg at 名刺',
  ]);
});
