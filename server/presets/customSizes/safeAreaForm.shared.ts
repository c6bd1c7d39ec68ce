/** The part of a custom size's form for the safe area, all in percent: fields -> value or faults, and back. */

import { unknownChoice } from '../../http/text.shared.ts';
import type { SafeArea } from '../../specs/spec.shared.ts';
import type { Blame, CustomSizeFieldName, CustomSizeFields } from './customSizeFields.shared.ts';
import { readNumber } from './writtenNumber.shared.ts';

const edges = ['insetTop', 'insetRight', 'insetBottom', 'insetLeft'] as const;

type SafeAreaFields = Pick<
  CustomSizeFields,
  'safeArea' | (typeof edges)[number] | 'safeWidth' | 'safeHeight' | 'safeCircle'
>;

/** null for none, and for what can't be read, which is a fault too. Fractions have four decimals, halves of them five. */
export function readSafeArea(fields: SafeAreaFields, blame: Blame): SafeArea | null {
  switch (fields.safeArea) {
    case '':
      return null;
    case 'inset':
      return readInset(fields, blame);
    case 'rectangle':
      return readRectangle(fields, blame);
    case 'circle':
      return readCircle(fields, blame);
    default:
      blame('safeArea', unknownChoice);
      return null;
  }
}

function readInset(fields: SafeAreaFields, blame: Blame): SafeArea | null {
  const [top, right, bottom, left] = edges.map((edge) => {
    const read = readNumber(percentOf(fields[edge]), 2);
    if (read.kind === 'empty') return 0;
    if (read.kind === 'number' && read.value < 100) return read.value;
    blame(edge, 'An edge is a number of percent below 100, with two decimals at most. Empty means 0.');
    return null;
  });
  if (top == null || right == null || bottom == null || left == null) return null;
  if (top + right + bottom + left === 0) {
    blame('insetTop', 'All edges are 0. Write at least one, or choose no safe area.');
    return null;
  }
  if (top + bottom >= 100) {
    blame('insetTop', 'Top and bottom together leave nothing: they have to be below 100 %.');
    return null;
  }
  if (left + right >= 100) {
    blame('insetRight', 'Left and right together leave nothing: they have to be below 100 %.');
    return null;
  }
  return { kind: 'inset', top: share(top), right: share(right), bottom: share(bottom), left: share(left) };
}

function readRectangle(fields: SafeAreaFields, blame: Blame): SafeArea | null {
  const width = readShare('safeWidth', fields.safeWidth, 'The width of the safe area', blame);
  const height = readShare('safeHeight', fields.safeHeight, 'The height of the safe area', blame);
  if (width === null || height === null) return null;
  if (width === 100 && height === 100) {
    blame('safeWidth', 'This is the whole picture. Write less than 100 %, or choose no safe area.');
    return null;
  }
  return {
    kind: 'rectangle',
    x: half(100 - width),
    y: half(100 - height),
    width: share(width),
    height: share(height),
  };
}

function readCircle(fields: SafeAreaFields, blame: Blame): SafeArea | null {
  const diameter = readShare('safeCircle', fields.safeCircle, 'The circle', blame);
  return diameter === null ? null : { kind: 'circle', x: 0.5, y: 0.5, radius: half(diameter) };
}

function readShare(field: CustomSizeFieldName, text: string, label: string, blame: Blame): number | null {
  const read = readNumber(percentOf(text), 2);
  if (read.kind === 'number' && read.value > 0 && read.value <= 100) return read.value;
  const range = 'is a number of percent up to 100, with two decimals at most, such as 80.';
  blame(field, `${label} ${read.kind === 'empty' ? 'is missing.' : range}`);
  return null;
}

/** The fields that `readSafeArea` reads as this area. A rectangle that is not in the middle is written as its four edges. */
export function writeSafeArea(area: SafeArea | null): SafeAreaFields {
  const none = { insetTop: '', insetRight: '', insetBottom: '', insetLeft: '' };
  const fields = { ...none, safeArea: '', safeWidth: '', safeHeight: '', safeCircle: '' };
  if (area === null) return fields;
  if (area.kind === 'circle') return { ...fields, safeArea: 'circle', safeCircle: percent(area.radius * 2) };
  if (area.kind === 'inset') return { ...fields, ...writeInset(area) };
  const { x, y, width, height } = area;
  const [right, bottom] = [1 - x - width, 1 - y - height];
  const isMiddle = Math.abs(x - right) < 1e-6 && Math.abs(y - bottom) < 1e-6;
  if (!isMiddle) return { ...fields, ...writeInset({ top: y, right, bottom, left: x }) };
  return { ...fields, safeArea: 'rectangle', safeWidth: percent(width), safeHeight: percent(height) };
}

function writeInset({ top, right, bottom, left }: Record<'top' | 'right' | 'bottom' | 'left', number>) {
  return {
    safeArea: 'inset',
    insetTop: percent(top),
    insetRight: percent(right),
    insetBottom: percent(bottom),
    insetLeft: percent(left),
  };
}

function percentOf(text: string): string {
  return text.replace(/\s*%\s*$/, '');
}

function share(percent: number): number {
  return Number((percent / 100).toFixed(4));
}

function half(percent: number): number {
  return Number((percent / 200).toFixed(5));
}

/** As exact as the number is: what has more than two decimals is refused when it is read. */
function percent(fraction: number): string {
  return String(Number((fraction * 100).toFixed(6)));
}
