/** The part of a custom size's form that says how large it is, in all four ways: fields -> value or faults, and back. */

import { unknownChoice } from '../../http/text.shared.ts';
import { largestSidePx } from '../../specs/largestSide.shared.ts';
import { groupDigits, thin } from '../../specs/words.shared.ts';
import { type Unit, units, type WrittenSize } from '../preset.shared.ts';
import { toPx } from './customSize.shared.ts';
import type { Blame, CustomSizeFields } from './customSizeFields.shared.ts';
import { readNumber } from './writtenNumber.shared.ts';

/** Pixels per inch, as for the specs of the catalogue. */
const dpiRange = { min: 30, max: 2400 };

/** The longer side is at most so many times the shorter one. */
const longestRatio = 20;

type SizeFields = Pick<
  CustomSizeFields,
  'kind' | 'width' | 'height' | 'unit' | 'ratio' | 'longest' | 'percent' | 'dpi'
>;

/** What counts of the fields depends on `kind`. null, and at least one fault, when they can't be read. */
export function readWrittenSize(fields: SizeFields, dpi: number | null, blame: Blame): WrittenSize | null {
  switch (fields.kind) {
    case 'size':
      return readSides(fields, dpi, blame);
    case 'ratio':
      return readRatio(fields.ratio, blame);
    case 'longest':
      return readLongest(fields.longest, blame);
    case 'percent':
      return readPercent(fields.percent, blame);
    default:
      blame('kind', unknownChoice);
      return null;
  }
}

function readSides(fields: SizeFields, dpi: number | null, blame: Blame): WrittenSize | null {
  const unit = units.find((known) => known === fields.unit);
  if (unit === undefined) {
    blame('unit', unknownChoice);
    return null;
  }
  const width = readSide('width', fields.width, { unit, dpi }, blame);
  const height = readSide('height', fields.height, { unit, dpi }, blame);
  if (unit !== 'px' && fields.dpi.trim() === '') {
    blame('dpi', `Write the resolution: ${unit} become pixels by it. 300${thin}dpi is usual for print.`);
  }
  return width === null || height === null ? null : { kind: 'size', width, height, unit };
}

function readSide(
  field: 'width' | 'height',
  text: string,
  { unit, dpi }: { unit: Unit; dpi: number | null },
  blame: Blame,
): number | null {
  const label = field === 'width' ? 'The width' : 'The height';
  const read = readNumber(text, unit === 'px' ? 0 : 2);
  if (read.kind !== 'number') {
    const inPx = 'is a whole number of pixels, such as 1080.';
    const onPaper = `is a number of ${unit} with two decimals at most, such as 35 or 10.5.`;
    blame(
      field,
      read.kind === 'empty' ? `${label} is missing.` : `${label} ${unit === 'px' ? inPx : onPaper}`,
    );
    return null;
  }
  const { value } = read;
  const most = `${groupDigits(largestSidePx)}${thin}px`;
  if (unit === 'px' && (value < 1 || value > largestSidePx)) {
    blame(field, `${label} is 1 to ${most}: browsers draw no larger picture.`);
    return null;
  }
  if (value === 0) {
    blame(field, `${label} can’t be 0.`);
    return null;
  }
  if (unit !== 'px' && dpi !== null && toPx(value, unit, dpi) > largestSidePx) {
    const px = `${groupDigits(toPx(value, unit, dpi))}${thin}px`;
    blame(
      field,
      `${label} at ${dpi}${thin}dpi is ${px}, and browsers draw ${most} at most. Take fewer dpi or ${unit}.`,
    );
    return null;
  }
  return value;
}

function readRatio(text: string, blame: Blame): WrittenSize | null {
  const [, across = '', down = ''] = /^([\d.,]+)\s*(?:[:/x×]|to)\s*([\d.,]+)$/i.exec(text.trim()) ?? [];
  const [width, height] = [readNumber(across, 2), readNumber(down, 2)];
  if (width.kind !== 'number' || height.kind !== 'number') {
    blame(
      'ratio',
      text.trim() === '' ? 'The ratio is missing.' : 'Write the ratio as two numbers, such as 4:5 or 1.91:1.',
    );
    return null;
  }
  const [less, more] = [Math.min(width.value, height.value), Math.max(width.value, height.value)];
  if (less < 1 || more > 100) {
    blame('ratio', 'Each number of the ratio is 1 to 100: write 4:5, not 0.8:1 or 400:500.');
    return null;
  }
  if (more > less * longestRatio) {
    blame('ratio', `One side can be ${longestRatio} times the other at most.`);
    return null;
  }
  return { kind: 'ratio', width: width.value, height: height.value };
}

function readLongest(text: string, blame: Blame): WrittenSize | null {
  const read = readNumber(text, 0);
  if (read.kind === 'number' && read.value >= 1 && read.value <= largestSidePx) {
    return { kind: 'longest', px: read.value };
  }
  const range = `is a whole number from 1 to ${groupDigits(largestSidePx)}${thin}px: browsers draw no larger picture.`;
  blame('longest', `The longest side ${read.kind === 'empty' ? 'is missing.' : range}`);
  return null;
}

function readPercent(text: string, blame: Blame): WrittenSize | null {
  const read = readNumber(text.replace(/\s*%\s*$/, ''), 2);
  if (read.kind === 'number' && read.value >= 1 && read.value <= 100) {
    return { kind: 'percent', percent: read.value };
  }
  const range = 'is a number from 1 to 100. A photo is never made larger than it is.';
  blame('percent', `The percentage ${read.kind === 'empty' ? 'is missing.' : range}`);
  return null;
}

/** @returns null for none, and for what can't be read, which is a fault too */
export function readDpi(text: string, blame: Blame): number | null {
  const read = readNumber(text, 0);
  if (read.kind === 'empty') return null;
  if (read.kind === 'number' && read.value >= dpiRange.min && read.value <= dpiRange.max) return read.value;
  blame('dpi', `The resolution is a whole number from ${dpiRange.min} to ${dpiRange.max}${thin}dpi.`);
  return null;
}

/** The fields that `readWrittenSize` reads as this size; those of the other kinds are empty. */
export function writeWrittenSize(size: WrittenSize): Omit<SizeFields, 'dpi'> {
  const fields = { kind: size.kind, width: '', height: '', unit: 'px', ratio: '', longest: '', percent: '' };
  switch (size.kind) {
    case 'size':
      return { ...fields, width: String(size.width), height: String(size.height), unit: size.unit };
    case 'ratio':
      return { ...fields, ratio: `${size.width}:${size.height}` };
    case 'longest':
      return { ...fields, longest: String(size.px) };
    case 'percent':
      return { ...fields, percent: String(size.percent) };
  }
}
