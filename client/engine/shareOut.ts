/** How the files of one photo are shared out over workers. */
import type { DrawPlan } from './drawPlan.ts';

/** What one file costs besides its pixels, in pixels: about half a millisecond. */
const pixelsPerFile = 40_000;

/** As many lists as workers, of about equal work, none of them empty; fewer lists when there are fewer orders. */
export function shareOut<Order extends { plan: DrawPlan }>(
  orders: readonly Order[],
  workers: number,
): Order[][] {
  const costOf = ({ plan: { output } }: Order) => output.width * output.height + pixelsPerFile;
  const lists = Array.from({ length: Math.min(workers, orders.length) }, () => ({
    cost: 0,
    orders: [] as Order[],
  }));
  for (const order of orders.toSorted((a, b) => costOf(b) - costOf(a))) {
    const least = lists.reduce((best, list) => (list.cost < best.cost ? list : best));
    least.orders.push(order);
    least.cost += costOf(order);
  }
  return lists.map((list) => list.orders);
}
