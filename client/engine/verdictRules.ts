/** A file's facts against the rules of its place: size, pixels, formats, bytes, resolution, background. */
import { thin } from '../../server/specs/words.shared.ts';
import { type FileFacts, type ReadableFormat, readableNames } from './headers/fileFacts.ts';
import type { Finding, JudgedSpec, Making } from './verdict.ts';
import { judgeBytes } from './verdictBytes.ts';
import { judgePixels, judgeSize } from './verdictSize.ts';

/** In the order in which a person asks. */
export function ruleFindings(facts: FileFacts, spec: JudgedSpec, making: Making): Finding[] {
  return [
    judgeSize(facts, spec, making),
    judgePixels(facts, spec),
    judgeFormat(facts, spec, making),
    judgeBytes(facts, spec, making),
    judgeDpi(facts, spec),
    judgeBackground(facts, spec),
  ].filter((finding) => finding !== null);
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

function joinWithOr(list: string): string {
  return list.replace(/, ([^,]*)$/, ' or $1');
}
