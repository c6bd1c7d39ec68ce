/** The recorded sizes of real pictures at every quality (bench/byteWindow), and a search that reads them. */
import { readFileSync } from 'node:fs';
import { type SearchEnd, type SearchOrder, searchQuality } from '../../../client/engine/byteWindow.ts';
import type { SearchedEncoding } from '../../../client/engine/typicalSizes.ts';

export interface SizeCurve {
  picture: string;
  encoder: SearchedEncoding;
  pixels: number;
  /** For quality 1 to 100. */
  bytes: number[];
}

const file = new URL('../../../bench/byteWindow/curves.jsonl', import.meta.url);
export const sizeCurves: SizeCurve[] = readFileSync(file, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line));

/** Runs a search; `sizeAt` says what the encoder would have made. */
export function runSearch(order: SearchOrder, sizeAt: (quality: number) => number): SearchEnd {
  const search = searchQuality(order);
  let step = search.next();
  while (!step.done) step = search.next(sizeAt(step.value));
  return step.value;
}

/** Every quality encoded: the best that fits, 0 if none does. */
export function bestByBruteForce(
  bytes: readonly number[],
  limit: number,
  least: number,
  most: number,
): number {
  for (let quality = most; quality >= least; quality -= 1) {
    if ((bytes[quality - 1] ?? Infinity) <= limit) return quality;
  }
  return 0;
}
