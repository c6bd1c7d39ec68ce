import { expect, it } from 'vitest';
import { withJob } from '../../../client/workspace/resume/stoppedExport.ts';
import { defaultSettings, noEdits, startState } from '../../../client/workspace/state.ts';
import { presetOf } from './sizes.ts';

const looking = (x: number) => ({ ...noEdits, focal: { x, y: 0.5 } });

it('an export that goes on leaves the photos that are there as they are, and lets the preset go', () => {
  const start = startState(['og-image'], defaultSettings);
  const now = {
    ...start,
    preset: presetOf(['og-image']),
    edits: { ...start.edits, photos: { 1: looking(0.1) } },
  };
  const job = {
    edits: { ...start.edits, specIds: ['x-header'], photos: { 1: looking(0.7), 2: looking(0.8) } },
    photos: [
      { id: 1, name: 'a.jpg' },
      { id: 2, name: 'b.jpg' },
      { id: 3, name: 'c.jpg' },
    ],
    wall: { exportSettings: null, borrowedSizes: [] },
  };
  const placeById = new Map([
    [5, 1],
    [6, 2],
  ]);
  const { edits, preset, leftPreset } = withJob(now, job, placeById);
  expect(edits).toEqual({ ...job.edits, photos: { 1: looking(0.1), 5: looking(0.8) } });
  expect([preset, leftPreset]).toEqual([null, null]);
});
