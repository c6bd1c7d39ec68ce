import { expect, test } from 'vitest';
import { makeSight } from '../../../client/workspace/sight.ts';
import { noEdits } from '../../../client/workspace/state.ts';
import { boxAt } from '../engine/focus/scenes.ts';
import { findingsOf } from './findings.ts';

const photo = { width: 1200, height: 800 };
const square = { widthPx: 500, heightPx: 500, safeArea: null, mask: null };
const tall = { widthPx: 300, heightPx: 800, safeArea: null, mask: null };
const free = { pads: false, crop: null };

const left = boxAt(0.02, 0.3, 0.15, 0.3, { id: 'left' });
const right = boxAt(0.8, 0.3, 0.15, 0.3, { id: 'right' });

test('a crop keeps the box that was seen, and lets go of it when it is switched off', () => {
  const sight = makeSight(findingsOf([left]), photo);
  const kept = sight.placement(noEdits, tall, free);
  expect(kept.fits).toBe(true);
  expect(kept.crop.x).toBeLessThan(0.02 * 1200 + 1);
  const without = sight.placement({ ...noEdits, switchedOff: ['left'] }, tall, free);
  expect(without.kept).toEqual([]);
  expect(without.crop.x).toBeGreaterThan(kept.crop.x + 100);
});

test('a box of the person’s counts like one that was seen', () => {
  const sight = makeSight(findingsOf([]), photo);
  const drawn = [{ ...right, source: 'manual' as const }];
  const { crop, fits } = sight.placement({ ...noEdits, drawn }, tall, free);
  expect(fits).toBe(true);
  expect(crop.x + crop.width).toBeGreaterThanOrEqual(0.95 * 1200 - 1);
});

test('where not all can be kept it says what is cut, and padding keeps all of it', () => {
  const sight = makeSight(findingsOf([left, right]), photo);
  const cut = sight.placement(noEdits, square, free);
  expect(cut.fits).toBe(false);
  expect(cut.reason).toMatch(/^cuts (all|\d+ %) of face [12]/);
  const padded = sight.placement(noEdits, square, { ...free, pads: true });
  expect(padded.fits).toBe(true);
  expect(padded.padded).toBeGreaterThan(0);
});

test('a crop that the person chose is judged where it is', () => {
  const sight = makeSight(findingsOf([left]), photo);
  const crop = { x: 600, y: 0, width: 300, height: 800 };
  expect(sight.placement(noEdits, tall, { pads: false, crop })).toMatchObject({ crop, fits: false });
});

test('the same question has the same answer, found once', () => {
  const sight = makeSight(findingsOf([left]), photo);
  expect(sight.placement(noEdits, tall, free)).toBe(
    sight.placement(noEdits, { ...tall, widthPx: 600, heightPx: 1600 }, free),
  );
  expect(sight.boxes(noEdits)).toBe(sight.boxes(noEdits));
});

test('the one point lies where most crops do; without boxes it is smartcrop’s', () => {
  expect(makeSight(findingsOf([left]), photo).focal(noEdits).x).toBeLessThan(0.35);
  expect(makeSight(findingsOf([]), photo).focal(noEdits)).toEqual({ x: 0.5, y: 0.5 });
});
