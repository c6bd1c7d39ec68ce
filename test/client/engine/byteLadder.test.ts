import { describe, expect, it } from 'vitest';
import {
  type Attempt,
  fitBytes,
  type LadderEnd,
  type LadderOrder,
  qualityFloor,
} from '../../../client/engine/byteLadder.ts';
import { sizeCurves } from './sizeCurves.ts';

const size = { width: 600, height: 600 };
const order: LadderOrder = {
  window: { minBytes: null, maxBytes: null },
  encoding: 'jpeg',
  size,
  range: null,
  quality: 90,
  chroma: 'half',
  mayHalveChroma: false,
  mayPad: false,
};

const curve = sizeCurves.find(({ picture, encoder }) => encoder === 'jpeg' && picture.endsWith(' 600'));

/** What files of a real picture weigh: recorded at one size, others by the power that photos follow, a quarter more for full chroma. */
function weigh({ quality, chroma, size: { width, height } }: Attempt): number {
  if (!curve) throw new Error('no curve');
  const scale = ((width * height) / curve.pixels) ** 0.9;
  return Math.round((curve.bytes[quality - 1] ?? 0) * scale * (chroma === 'full' ? 1.25 : 1));
}

function climb(changes: Partial<LadderOrder>): { end: LadderEnd; attempts: Attempt[] } {
  const ladder = fitBytes({ ...order, ...changes });
  const attempts: Attempt[] = [];
  let step = ladder.next();
  while (!step.done) {
    attempts.push(step.value);
    step = ladder.next(weigh(step.value));
  }
  return { end: step.value, attempts };
}

const at = (quality: number) => weigh({ quality, chroma: 'half', size });

describe('a file that is too large', () => {
  it('is made with the best quality that fits, and nothing else is changed', () => {
    const { end } = climb({ window: { minBytes: null, maxBytes: at(61) } });
    expect(end).toMatchObject({
      kind: 'made',
      attempt: { quality: 61, chroma: 'half', size },
      bytes: at(61),
      padTo: null,
      measures: [],
    });
  });

  it('gives up the colours’ resolution before it falls under the floor', () => {
    const maxBytes = at(qualityFloor + 5);
    const { end } = climb({ window: { minBytes: null, maxBytes }, chroma: 'full', mayHalveChroma: true });
    expect(end).toMatchObject({ kind: 'made', attempt: { chroma: 'half', size }, measures: ['chroma'] });
    const { end: stays } = climb({ window: { minBytes: null, maxBytes }, chroma: 'full' });
    expect(stays).toMatchObject({ kind: 'cannot', reason: 'tooLarge' });
  });

  it('gets smaller only where the place takes smaller ones, and no smaller than needed', () => {
    const maxBytes = Math.round(at(qualityFloor) * 0.6);
    const range = { smallest: { width: 200, height: 200 }, largest: size };
    const { end } = climb({ window: { minBytes: null, maxBytes }, range });
    expect(end).toMatchObject({ kind: 'made', measures: ['smaller'] });
    if (end.kind !== 'made') return;
    expect(end.bytes).toBeLessThanOrEqual(maxBytes);
    expect(end.bytes).toBeGreaterThan(0.8 * maxBytes);
    expect(end.attempt.size.width).toBe(end.attempt.size.height);
    expect(end.attempt.size.width).toBeGreaterThan(400);
  });

  it('that cannot be made says so, with the smallest that there was', () => {
    const maxBytes = 900;
    const { end } = climb({ window: { minBytes: null, maxBytes } });
    expect(end).toMatchObject({ kind: 'cannot', reason: 'tooLarge', bytes: at(qualityFloor) });
    const range = { smallest: { width: 300, height: 300 }, largest: size };
    expect(climb({ window: { minBytes: null, maxBytes }, range }).end).toMatchObject({
      kind: 'cannot',
      reason: 'tooLarge',
      attempt: { quality: qualityFloor, size: range.smallest },
    });
  });
});

describe('a file that is too small', () => {
  it('gets the least quality above the wish that reaches the window', () => {
    const { end } = climb({ window: { minBytes: at(94), maxBytes: at(99) } });
    expect(end).toMatchObject({
      kind: 'made',
      attempt: { quality: 94, size },
      measures: ['more quality'],
      padTo: null,
    });
  });

  it('gets more pixels where the place takes them and quality is not enough', () => {
    const range = { smallest: size, largest: { width: 1200, height: 1200 } };
    const { end } = climb({ window: { minBytes: at(100) + 10_000, maxBytes: at(100) + 60_000 }, range });
    expect(end).toMatchObject({ kind: 'made', measures: ['larger'], padTo: null });
    if (end.kind !== 'made') return;
    expect(end.attempt.size.width).toBeGreaterThan(size.width);
    expect(end.bytes).toBeGreaterThanOrEqual(at(100) + 10_000);
  });

  it('is padded only as the last resort, and only where that is allowed', () => {
    const window = { minBytes: at(100) + 10_000, maxBytes: null };
    expect(climb({ window }).end).toMatchObject({ kind: 'cannot', reason: 'tooSmall' });
    expect(climb({ window, mayPad: true }).end).toMatchObject({
      kind: 'made',
      padTo: at(100) + 10_000,
      measures: ['padding'],
    });
  });

  it('may find a window between two qualities, and is padded into it', () => {
    const window = { minBytes: at(92) - 10, maxBytes: at(92) - 1 };
    const { end } = climb({ window, mayPad: true });
    expect(end).toMatchObject({ kind: 'made', padTo: window.minBytes, measures: ['padding'] });
    expect(end.bytes).toBeLessThan(window.minBytes);
  });
});

it('no file is asked for twice, and what is returned was among them', () => {
  const range = { smallest: { width: 300, height: 300 }, largest: { width: 900, height: 900 } };
  for (const window of [
    { minBytes: null, maxBytes: 5000 },
    { minBytes: at(94), maxBytes: at(99) },
    { minBytes: at(100) + 20_000, maxBytes: at(100) + 21_000 },
  ]) {
    const { end, attempts } = climb({ window, range, mayPad: true });
    const keys = attempts.map((attempt) => JSON.stringify(attempt));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys).toContain(JSON.stringify(end.attempt));
    expect(end.encodes).toBe(keys.length);
    expect(end.encodes).toBeLessThan(30);
  }
});

it('a PNG has no quality: one file per size', () => {
  const { end, attempts } = climb({ encoding: 'png', window: { minBytes: null, maxBytes: 10 } });
  expect(end.kind).toBe('cannot');
  expect(attempts).toHaveLength(1);
});
