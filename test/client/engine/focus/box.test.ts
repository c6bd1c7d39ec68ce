import { expect, test } from 'vitest';
import { type FocusBox, shareInside } from '../../../../client/engine/focus/box.ts';

const face: FocusBox = {
  id: 'face-1',
  kind: 'face',
  label: 'face 1',
  box: { x: 0.2, y: 0.2, width: 0.2, height: 0.4 },
  score: 0.9,
  weight: 1,
  source: 'auto',
  enabled: true,
};

test('a box inside is kept whole, one beside it not at all', () => {
  expect(shareInside(face.box, { x: 0, y: 0, width: 1, height: 1 })).toBe(1);
  expect(shareInside(face.box, { x: 0.5, y: 0, width: 0.5, height: 1 })).toBe(0);
});

test('the share of a cut box is a share of its area', () => {
  expect(shareInside(face.box, { x: 0.3, y: 0, width: 0.7, height: 0.4 })).toBeCloseTo(0.25);
});

test('a box without area is never kept', () => {
  const line = { x: 0.5, y: 0.5, width: 0, height: 0.1 };
  expect(shareInside(line, { x: 0, y: 0, width: 1, height: 1 })).toBe(0);
});
