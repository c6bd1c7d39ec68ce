import fc from 'fast-check';
import { expect, it } from 'vitest';
import { planDraw } from '../../../client/engine/drawPlan.ts';
import { shareOut } from '../../../client/engine/shareOut.ts';
import { planInputs } from './arbitraries.ts';

const orders = fc.array(
  planInputs.map((input) => ({ plan: planDraw(input) })),
  { minLength: 1, maxLength: 40 },
);

it('gives every order to exactly one worker, and every worker something while there is enough', () => {
  fc.assert(
    fc.property(orders, fc.integer({ min: 1, max: 8 }), (given, workers) => {
      const lists = shareOut(given, workers);
      expect(lists.length).toBe(Math.min(workers, given.length));
      expect(lists.every((list) => list.length > 0)).toBe(true);
      expect(new Set(lists.flat())).toEqual(new Set(given));
      expect(lists.flat().length).toBe(given.length);
    }),
  );
});

it('gives no worker more than its fair share and the largest order', () => {
  fc.assert(
    fc.property(orders, fc.integer({ min: 1, max: 8 }), (given, workers) => {
      const cost = ({ plan: { output } }: (typeof given)[number]) => output.width * output.height + 40_000;
      const sum = (list: typeof given) => list.reduce((total, order) => total + cost(order), 0);
      const fair = sum(given) / Math.min(workers, given.length) + Math.max(...given.map(cost));
      for (const list of shareOut(given, workers)) expect(sum(list)).toBeLessThanOrEqual(fair);
    }),
  );
});
