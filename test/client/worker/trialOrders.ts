/** What is asked of the worker in trials, and how far what comes is from what was expected. */
import { expect } from 'vitest';
import { planDraw } from '../../../client/engine/drawPlan.ts';
import { centre, type Size } from '../../../client/engine/geometry.ts';
import type { FileOrder } from '../../../client/worker/messages.ts';
import type { Pixels } from '../../photos/photos.ts';
import { plainOrder } from './plainOrder.ts';

export const orientations = [1, 2, 3, 4, 5, 6, 7, 8];

/** The whole photo, stretched to that size, as PNG: what came out is then exactly what was drawn. */
export function orderFor(photo: Size, spec: Size, format: FileOrder['format'] = 'png'): FileOrder {
  const fit = { mode: 'stretch', enlarge: true, background: { kind: 'transparent' } } as const;
  const plan = planDraw({ photo, spec, fit, focal: centre, pinned: null, format });
  return plainOrder({ key: 0, plan, format });
}

/** Mean difference of the colour channels. */
export function differenceOf(one: Pixels, other: Pixels): number {
  expect([one.width, one.height]).toEqual([other.width, other.height]);
  let sum = 0;
  const count = one.width * one.height;
  for (let i = 0; i < count; i++) {
    for (const channel of [0, 1, 2]) {
      const here = one.data[i * one.channels + channel] ?? 0;
      const there = other.data[i * other.channels + (other.channels < 3 ? 0 : channel)] ?? 0;
      sum += Math.abs(here - there);
    }
  }
  return sum / count / 3;
}
