/** A receipt of one photo with three files, as an export would write it. */
import { planDraw } from '../../../../client/engine/drawPlan.ts';
import { centre } from '../../../../client/engine/geometry.ts';
import type { FileFacts } from '../../../../client/engine/headers/fileFacts.ts';
import { makeReceipt, type Receipt, type ReceiptHead } from '../../../../client/engine/receipt/receipt.ts';
import { keepNothing } from '../../../../client/engine/verdict.ts';
import { builtIn } from '../../../../server/specs/catalogue.ts';
import { defaultFit } from '../../../../server/specs/fit.shared.ts';
import type { Spec } from '../../../../server/specs/spec.shared.ts';

const head: Omit<ReceiptHead, 'specs'> = {
  madeAt: '2026-11-22T00:10:00.000Z',
  madeBy: 'All Img Fit 0.1.0',
  settings: {
    fit: defaultFit,
    fitBySpec: { 'x-post': { ...defaultFit, mode: 'contain' } },
    format: 'auto',
    quality: 85,
    template: '{photo}-{spec}-{width}x{height}',
    kept: keepNothing,
  },
  photos: [
    {
      name: 'fig.jpg',
      bytes: 461_831,
      sha256: null,
      size: { width: 2400, height: 1624 },
      focal: { x: 0.4, y: 0.5 },
      pinned: { 'x-post': { x: 0.3, y: 0.3, zoom: 2 } },
      switchedOff: ['face-1'],
      drawn: [],
    },
  ],
};

export const specIds = ['instagram-square', 'instagram-portrait-4x5', 'us-visa-digital'] as const;

export interface MadeEntry {
  facts: FileFacts | null;
  bytes: number;
  sha256: string;
}

export function specNamed(id: string): Spec {
  const spec = builtIn.find(id);
  if (!spec) throw new Error(`no spec ${id}`);
  return spec;
}

/** One file for each of the specs; `fileOf` says what was made. */
export function receiptOf(fileOf: (spec: Spec) => MadeEntry): Receipt {
  const finished = specIds.map((id) => {
    const spec = specNamed(id);
    const size = { width: spec.widthPx, height: spec.heightPx };
    const photo = { width: 2400, height: 1624 };
    const plan = planDraw({
      photo,
      spec: size,
      fit: defaultFit,
      focal: centre,
      pinned: null,
      format: 'jpeg',
    });
    const made = { format: 'jpeg', encoder: 'browser', quality: 85 } as const;
    return {
      name: `fig-${id}.jpg`,
      photo: 0,
      specs: [spec],
      plan,
      output: size,
      measures: [],
      ...made,
      ...fileOf(spec),
    };
  });
  return makeReceipt({ ...head, specs: specIds.map(specNamed) }, finished);
}
