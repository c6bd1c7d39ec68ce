import { expect, it } from 'vitest';
import { focalFromCrops } from '../../../client/engine/focalPoint.ts';

const image = { width: 300, height: 200 };

it('takes x from the crops of full height and y from those of full width', () => {
  const tall = [{ x: 150, y: 0, width: 100, height: 200 }];
  const wide = [{ x: 0, y: 20, width: 300, height: 100 }];
  expect(focalFromCrops({ tall, wide }, image)).toEqual({ x: 200 / 300, y: 0.35 });
});

it('takes the mean of several crops', () => {
  const tall = [0, 90].map((x) => ({ x, y: 0, width: 60, height: 200 }));
  const wide = [{ x: 0, y: 0, width: 300, height: 200 }];
  expect(focalFromCrops({ tall, wide }, image)).toEqual({ x: 0.25, y: 0.5 });
});
