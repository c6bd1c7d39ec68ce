/** A file's pixels against those of its place: the size that is best, and the limits of what is taken. */
import type { PixelLimit } from '../../server/specs/spec.shared.ts';
import { groupDigits, ratioWords, sizeWords, thin } from '../../server/specs/words.shared.ts';
import type { Size } from './geometry.ts';
import type { FileFacts } from './headers/fileFacts.ts';
import type { Finding, JudgedSpec, Making } from './verdict.ts';

export function judgeSize(facts: FileFacts, spec: JudgedSpec, { output }: Making): Finding | null {
  const { oriented } = facts;
  const found = wordsOf(oriented);
  const size = (state: Finding['state'], words: string, wanted: string): Finding => ({
    rule: 'size',
    state,
    words,
    wanted,
    found,
  });
  const wantedSize = { width: spec.widthPx, height: spec.heightPx };
  const isPlanned = output !== null && isSame(oriented, output);
  switch (spec.sizing.kind) {
    case 'fixed': {
      const wanted = wordsOf(wantedSize);
      if (facts.sizes.some((one) => isSame(one, wantedSize)) || isSame(oriented, wantedSize)) {
        return size('green', `${wanted} pixels, as asked.`, wanted);
      }
      // "Fit inside" leaves a person's own size smaller on purpose.
      if (isPlanned && spec.sources.length === 0) {
        return size('green', `${found} pixels, inside ${wanted} as planned.`, wanted);
      }
      const remark = besideBest(oriented, spec);
      if (remark !== null) return size('amber', remark, wanted);
      return size('red', `${found} pixels instead of ${wanted}.`, wanted);
    }
    case 'ratio': {
      const wanted = ratioWords(spec.widthPx, spec.heightPx);
      // One pixel is what rounding to whole pixels may take.
      const isShape = Math.abs(oriented.width - (oriented.height * spec.widthPx) / spec.heightPx) <= 1;
      if (isPlanned || isShape) return size('green', `${found} pixels have the shape ${wanted}.`, wanted);
      return size('red', `${found} pixels do not have the shape ${wanted}.`, wanted);
    }
    case 'longest': {
      const wanted = `longest side ${groupDigits(spec.widthPx)}${thin}px`;
      if (isPlanned || Math.max(oriented.width, oriented.height) === spec.widthPx) {
        return size('green', `${found} pixels, as asked.`, wanted);
      }
      return size(
        'red',
        `${found} pixels instead of ${groupDigits(spec.widthPx)} on the longest side.`,
        wanted,
      );
    }
    case 'percent': {
      if (output === null) return null;
      const wanted = `${wordsOf(output)} (${spec.sizing.percent}${thin}%)`;
      if (isPlanned) return size('green', `${found} pixels, as asked.`, wanted);
      return size('red', `${found} pixels instead of ${wordsOf(output)}.`, wanted);
    }
  }
}

export function judgePixels({ oriented }: FileFacts, { minPx, maxPx }: JudgedSpec): Finding | null {
  const parts = [minPx && `at least ${limitWords(minPx)}`, maxPx && `at most ${limitWords(maxPx)}`];
  const wanted = parts.filter(Boolean).join(', ');
  if (!wanted) return null;
  const found = wordsOf(oriented);
  const row = { rule: 'pixels', wanted, found } as const;
  if (!reaches(oriented, minPx))
    return { ...row, state: 'red', words: `${found} pixels are too few: ${wanted}.` };
  if (!staysIn(oriented, maxPx))
    return { ...row, state: 'red', words: `${found} pixels are too many: ${wanted}.` };
  return { ...row, state: 'green', words: `${found} pixels keep the limit: ${wanted}.` };
}

/**
 * What is to be said of a size beside the one that is best, at its shape and within the limits of the place; null where it is
 * simply another. A place that says "at most 4096" does not say that it takes 15.
 */
function besideBest(size: Size, { minPx, maxPx, widthPx, heightPx }: JudgedSpec): string | null {
  const isShape = Math.abs((size.width * heightPx) / (size.height * widthPx) - 1) < 0.01;
  const isLimited = minPx !== null || maxPx !== null;
  if (!isShape || !isLimited || !reaches(size, minPx) || !staysIn(size, maxPx)) return null;
  const best = `${sizeWords(widthPx, heightPx)} are best`;
  const isFewer = size.width * size.height < widthPx * heightPx;
  if ((isFewer ? minPx : maxPx) !== null) return `${wordsOf(size)} pixels are taken; ${best}.`;
  return `${wordsOf(size)} pixels; ${best}, and the place does not say the ${isFewer ? 'least' : 'most'} that it takes.`;
}

function reaches(size: Size, limit: PixelLimit | null): boolean {
  return (
    size.width >= (limit?.widthPx ?? 0) &&
    size.height >= (limit?.heightPx ?? 0) &&
    Math.max(size.width, size.height) >= (limit?.longestPx ?? 0)
  );
}

function staysIn(size: Size, limit: PixelLimit | null): boolean {
  return (
    size.width <= (limit?.widthPx ?? Infinity) &&
    size.height <= (limit?.heightPx ?? Infinity) &&
    Math.max(size.width, size.height) <= (limit?.longestPx ?? Infinity)
  );
}

/** `320 × 320`, `320 px wide`, `4096 px on the longest side`. */
function limitWords({ widthPx, heightPx, longestPx }: PixelLimit): string {
  const parts = [
    widthPx !== null && heightPx !== null ? sizeWords(widthPx, heightPx) : null,
    widthPx !== null && heightPx === null ? `${groupDigits(widthPx)}${thin}px wide` : null,
    widthPx === null && heightPx !== null ? `${groupDigits(heightPx)}${thin}px high` : null,
    longestPx !== null ? `${groupDigits(longestPx)}${thin}px on the longest side` : null,
  ];
  return parts.filter((part) => part !== null).join(' and ');
}

function isSame(a: Size, b: Size): boolean {
  return a.width === b.width && a.height === b.height;
}

function wordsOf({ width, height }: Size): string {
  return sizeWords(width, height);
}
