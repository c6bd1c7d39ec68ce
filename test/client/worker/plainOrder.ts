import { keepNothing } from '../../../client/engine/verdict.ts';
import type { FileOrder } from '../../../client/worker/messages.ts';

/** An order that asks for no more than it must. */
export function plainOrder(
  order: Pick<FileOrder, 'key' | 'plan' | 'format'> & Partial<FileOrder>,
): FileOrder {
  return {
    quality: 90,
    window: { minBytes: null, maxBytes: null },
    range: null,
    dpi: null,
    kept: keepNothing,
    isSmallest: false,
    isLinear: false,
    ...order,
  };
}
