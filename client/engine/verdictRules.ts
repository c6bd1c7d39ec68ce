/** A file's facts against the rules of its place: size, pixels, formats, bytes, resolution, background. */
import type { PixelLimit } from '../../server/specs/spec.shared.ts';
import {
  bytesWindowWords,
  bytesWords,
  groupDigits,
  ratioWords,
  sizeWords,
  thin,
} from '../../server/specs/words.shared.ts';
import type { Size } from './geometry.ts';
import { type FileFacts, type ReadableFormat, readableNames } from './headers/fileFacts.ts';
import type { Finding, JudgedSpec, Making } from './verdict.ts';

/** In the order in which a person asks. */
export function ruleFindings(facts: FileFacts, spec: JudgedSpec, making: Making): Finding[] {
  return [
    judgeSize(facts, spec, making),
    judgePixels(facts, spec),
    judgeFormat(facts, spec, making),
    judgeBytes(facts, spec),
    judgeDpi(facts, spec),
    judgeBackground(facts, spec),
  ].filter((finding) => finding !== null);
}

function judgeSize(facts: FileFacts, spec: JudgedSpec, { output }: Making): Finding | null {
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
      if (isTaken(oriented, spec)) {
        return size('amber', `${found} pixels are taken; ${wanted} are best.`, wanted);
      }
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

function judgePixels({ oriented }: FileFacts, { minPx, maxPx }: JudgedSpec): Finding | null {
  const parts = [minPx && `at least ${limitWords(minPx)}`, maxPx && `at most ${limitWords(maxPx)}`];
  const wanted = parts.filter(Boolean).join(', ');
  if (!wanted) return null;
  const found = wordsOf(oriented);
  const row = { rule: 'pixels', wanted, found } as const;
  if (!reaches(oriented, minPx))
    return { ...row, state: 'red', words: `${found} pixels are too few: ${wanted}.` };
  if (!staysIn(oriented, maxPx))
    return { ...row, state: 'red', words: `${found} pixels are too many: ${wanted}.` };
  return { ...row, state: 'green', words: `The place takes ${found} pixels: ${wanted}.` };
}

function judgeFormat({ format }: FileFacts, spec: JudgedSpec, { wish }: Making): Finding {
  const found = readableNames[format];
  const allowed: readonly ReadableFormat[] = spec.formats;
  const wanted = [...allowed.map((one) => readableNames[one]), ...spec.alsoTaken].join(', ');
  const row = { rule: 'formats', wanted, found } as const;
  const preferred = allowed[0] ? readableNames[allowed[0]] : wanted;
  if (format === allowed[0]) return { ...row, state: 'green', words: `${found}, as preferred.` };
  if (!allowed.includes(format) && !spec.alsoTaken.includes(found)) {
    return { ...row, state: 'red', words: `${found} is not taken; ${joinWithOr(wanted)} is.` };
  }
  const choice = wish === format ? 'as you chose' : 'it is taken';
  return { ...row, state: 'amber', words: `${found}, ${choice}; ${preferred} is preferred.` };
}

function judgeBytes({ bytes }: FileFacts, { minBytes, maxBytes }: JudgedSpec): Finding {
  const found = bytesWords(bytes);
  const hasLimit = minBytes !== null || maxBytes !== null;
  const window = bytesWindowWords(minBytes, maxBytes);
  const row = { rule: 'bytes', wanted: hasLimit ? window : null, found } as const;
  // Rounded, 8 000 400 bytes would be "8 MB, more than 8 MB".
  const exactly = `${groupDigits(bytes)} bytes`;
  if (maxBytes !== null && bytes > maxBytes) {
    return { ...row, state: 'red', words: `${exactly} are more than the ${groupDigits(maxBytes)} allowed.` };
  }
  if (minBytes !== null && bytes < minBytes) {
    return {
      ...row,
      state: 'red',
      words: `${exactly} are fewer than the ${groupDigits(minBytes)} asked for.`,
    };
  }
  return { ...row, state: 'green', words: `${found}; ${hasLimit ? `${window} is allowed` : window}.` };
}

/** PNG counts pixels per metre: 300 dpi come back as 299.9994. */
const dpiTolerance = 0.5;

function judgeDpi({ dpi }: FileFacts, { dpi: asked }: JudgedSpec): Finding | null {
  if (asked === null) return null;
  const found = dpi === null ? 'not written' : `${dpi}${thin}dpi`;
  const row = { rule: 'dpi', wanted: `${asked}${thin}dpi`, found } as const;
  if (dpi === null) {
    return { ...row, state: 'red', words: `No resolution is written; ${asked}${thin}dpi is asked for.` };
  }
  if (Math.abs(dpi - asked) <= dpiTolerance) {
    return { ...row, state: 'green', words: `${asked}${thin}dpi is written, as asked.` };
  }
  return { ...row, state: 'red', words: `${found} is written instead of ${asked}.` };
}

function judgeBackground({ hasAlpha }: FileFacts, { background }: JudgedSpec): Finding | null {
  if (!background) return null;
  const row = { rule: 'background', wanted: background.words } as const;
  if (!hasAlpha) return { ...row, state: 'green', found: 'opaque', words: 'Nothing is transparent.' };
  return {
    ...row,
    state: 'red',
    found: 'transparency',
    words: `The file can be transparent; the background has to be: ${background.words}.`,
  };
}

/** Whether the place takes that size although another is best; only where its limits are known, and at the same shape. */
function isTaken(size: Size, { minPx, maxPx, widthPx, heightPx }: JudgedSpec): boolean {
  const isShape = Math.abs((size.width * heightPx) / (size.height * widthPx) - 1) < 0.01;
  return isShape && (minPx !== null || maxPx !== null) && reaches(size, minPx) && staysIn(size, maxPx);
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

function joinWithOr(list: string): string {
  return list.replace(/, ([^,]*)$/, ' or $1');
}
