/** What an ICC profile is called by its colours, not by the name that it gives itself: there are many names for sRGB. */
import { textAt } from '../magicBytes.ts';
import { type ByteView, viewOf } from './byteView.ts';

/** Red, green and blue in the profile connection space, as ICC profiles of these spaces have them (D50, CIE XYZ). */
const knownPrimaries = [
  { name: 'sRGB', xyz: [0.4361, 0.2225, 0.0139, 0.3851, 0.7169, 0.0971, 0.1431, 0.0606, 0.7141] },
  { name: 'Display P3', xyz: [0.5151, 0.2412, -0.0011, 0.292, 0.6922, 0.0419, 0.1571, 0.0666, 0.7841] },
  { name: 'Adobe RGB', xyz: [0.6097, 0.3111, 0.0195, 0.2053, 0.6257, 0.0609, 0.1492, 0.0632, 0.7446] },
] as const;

/** sRGB's transfer curve is 0.214 in its middle, a gamma of 2.2 gives 0.2176, of 1.8 0.287, of 2.6 (cinema) 0.165. */
const usualMiddle = { min: 0.205, max: 0.225 };

/** `sRGB`, `Display P3`, `Adobe RGB`; any other by its own description or its kind. Total for any bytes. */
export function nameProfile(bytes: Uint8Array): string {
  const view = viewOf(bytes);
  const tags = readTags(view);
  return nameByColours(view, tags) ?? descriptionOf(view, tags) ?? kindOf(bytes);
}

/** By CICP code points, for PNG and AVIF (ITU-T H.273, tables 2 and 3). null: not said. */
export function nameCodePoints(primaries: number, transfer: number): string | null {
  if (primaries === 2 || transfer === 2) return null;
  // 13 is sRGB's own curve; 1, 6, 14 and 15 are that of television, which browsers show alike.
  const isUsual = [1, 6, 13, 14, 15].includes(transfer);
  if (isUsual && primaries === 1) return 'sRGB';
  if (isUsual && primaries === 12) return 'Display P3';
  return `CICP ${primaries}/${transfer}`;
}

export type ProfileTags = Map<string, { at: number; length: number }>;

/** Where each tag of a profile lies (ICC.1:2022, 7.3). */
export function readTags(view: ByteView): ProfileTags {
  const tags: ProfileTags = new Map();
  const count = Math.min(view.u32(128), 100);
  for (let index = 0; index < count; index += 1) {
    const start = 132 + 12 * index;
    const name = textAt(view.part(start, 4), 0, 4);
    tags.set(name, { at: view.u32(start + 4), length: view.u32(start + 8) });
  }
  return tags;
}

function nameByColours(view: ByteView, tags: ProfileTags): string | null {
  const xyz = ['rXYZ', 'gXYZ', 'bXYZ'].flatMap((name) => {
    const tag = tags.get(name);
    if (!tag || !view.has(tag.at, 20)) return [];
    return [8, 12, 16].map((offset) => fixedAt(view, tag.at + offset));
  });
  const middle = middleOfCurve(view, tags.get('rTRC'));
  if (middle === null || middle < usualMiddle.min || middle > usualMiddle.max) return null;
  const isNear = (known: readonly number[]) =>
    known.length === xyz.length && known.every((value, index) => Math.abs(value - (xyz[index] ?? 9)) < 0.004);
  return knownPrimaries.find((known) => isNear(known.xyz))?.name ?? null;
}

/** The curve's value at one half, for the two ways in which a curve is written (ICC.1:2022, 10.6 and 10.18). */
function middleOfCurve(view: ByteView, tag: { at: number } | undefined): number | null {
  if (!tag) return null;
  const kind = textAt(view.part(tag.at, 4), 0, 4);
  if (kind === 'curv') {
    const count = view.u32(tag.at + 8);
    if (count === 0) return 0.5;
    if (count === 1) return 0.5 ** (view.u16(tag.at + 12) / 256);
    return view.u16(tag.at + 12 + 2 * Math.floor((count - 1) / 2)) / 65_535;
  }
  if (kind !== 'para') return null;
  const [gamma, a, b, , , offset] = [0, 1, 2, 3, 4, 5].map((i) => fixedAt(view, tag.at + 12 + 4 * i));
  const form = view.u16(tag.at + 8);
  if (gamma === undefined || a === undefined || b === undefined) return null;
  if (form === 0) return 0.5 ** gamma;
  const base = a * 0.5 + b;
  if (base <= 0) return null;
  return base ** gamma + (form === 4 ? (offset ?? 0) : 0);
}

/** A number of 16 bits before and 16 behind the point (ICC.1:2022, 4.6). */
export function fixedAt(view: ByteView, at: number): number {
  return (view.u32(at) | 0) / 65_536;
}

const longestName = 60;

/** The description as version 4 writes it (mluc, UTF-16) or as version 2 does (desc, ASCII). */
function descriptionOf(view: ByteView, tags: ProfileTags): string | null {
  const tag = tags.get('desc');
  if (!tag) return null;
  const kind = textAt(view.part(tag.at, 4), 0, 4);
  if (kind === 'desc')
    return shown(textAt(view.part(tag.at + 12, Math.min(view.u32(tag.at + 8), 200)), 0, 200));
  if (kind !== 'mluc') return null;
  const length = Math.min(view.u32(tag.at + 20), 400);
  const start = tag.at + view.u32(tag.at + 24);
  const codes = Array.from({ length: length >> 1 }, (_, index) => view.u16(start + 2 * index));
  return shown(String.fromCharCode(...codes));
}

function shown(text: string): string | null {
  const visible = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, '').trim();
  return visible ? [...visible].slice(0, longestName).join('') : null;
}

/** `RGB profile`, `CMYK profile`: the colour space in the header (ICC.1:2022, 7.2.6). */
function kindOf(bytes: Uint8Array): string {
  const space = shown(textAt(bytes, 16, 4));
  return space ? `${space} profile` : 'unreadable profile';
}
