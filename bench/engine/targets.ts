/** What is made of each photo: 20 sizes that people really need, 18.1 megapixels in all, cropped around the middle. */
import { type DrawPlan, planDraw } from '../../client/engine/drawPlan.ts';
import { centre, type Size } from '../../client/engine/geometry.ts';
import { keepNothing } from '../../client/engine/verdict.ts';
import type { FileOrder } from '../../client/worker/messages.ts';

export const targets: readonly Size[] = [
  [1080, 1080],
  [1080, 1350],
  [1080, 1920],
  [1200, 630],
  [820, 312],
  [1500, 500],
  [1600, 900],
  [400, 400],
  [1584, 396],
  [1200, 627],
  [1128, 191],
  [2560, 1440],
  [1280, 720],
  [800, 800],
  [1000, 1500],
  [1024, 1024],
  [512, 512],
  [180, 180],
  [192, 192],
  [600, 600],
].map(([width = 0, height = 0]) => ({ width, height }));

export const quality = 85;

/** The plan of the workspace, its crop rounded to whole pixels: libvips knows no others. */
export function planFor(photo: Size, spec: Size): DrawPlan {
  const fit = { mode: 'cover', enlarge: true, background: { kind: 'transparent' } } as const;
  const plan = planDraw({ photo, spec, fit, focal: centre, pinned: null, format: 'jpeg' });
  const x = Math.floor(plan.source.x);
  const y = Math.floor(plan.source.y);
  const width = Math.min(photo.width - x, Math.round(plan.source.width));
  const height = Math.min(photo.height - y, Math.round(plan.source.height));
  return { ...plan, source: { x, y, width, height } };
}

/** A file that nobody asks anything of but this quality. */
export const asJpeg: Omit<FileOrder, 'key' | 'plan'> = {
  format: 'jpeg',
  quality,
  window: { minBytes: null, maxBytes: null },
  range: null,
  dpi: null,
  kept: keepNothing,
  isSmallest: false,
  isLinear: false,
};

export function ordersFor(photo: Size, sizes: readonly Size[] = targets): FileOrder[] {
  return sizes.map((spec, key) => ({
    key,
    plan: planFor(photo, spec),
    ...asJpeg,
  }));
}
