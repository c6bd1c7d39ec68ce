/** Colours of a file's own profile into those of the screen, for files that are not decoded by the browser. */
import { viewOf } from './headers/byteView.ts';
import { fixedAt, nameProfile, type ProfileTags, readTags } from './headers/iccProfile.ts';

/** In which space pixels are after `applyProfile`. */
export type ScreenSpace = 'srgb' | 'display-p3';

/**
 * Makes `pixels` (R, G, B, A) those of sRGB, in place; those of Display P3 stay where that `canStay`, and the answer says so.
 * `profile`: an ICC profile, or the name of a known space. Profiles of a matrix and curves are understood (Adobe RGB,
 * ProPhoto, cameras' own); after any other the values stay and count as sRGB.
 */
export function applyProfile(
  pixels: Uint8ClampedArray,
  profile: Uint8Array | string | null,
  canStay: boolean,
): ScreenSpace {
  const name = profile instanceof Uint8Array ? nameProfile(profile) : profile;
  if (name === 'Display P3' && canStay) return 'display-p3';
  const colours =
    name === 'Display P3' ? displayP3 : profile instanceof Uint8Array ? readColours(profile) : null;
  if (colours && name !== 'sRGB') convert(pixels, colours);
  return 'srgb';
}

interface ProfileColours {
  /** Light for each of 256 values, 0..1; of red, green and blue. */
  curves: readonly Float32Array[];
  /** Red, green and blue light to XYZ in D50, row by row. */
  toXyz: readonly number[];
}

/** XYZ in D50 to the light of sRGB, row by row (IEC 61966-2-1, adapted by Bradford as ICC profiles of sRGB are). */
const xyzToSrgb = [
  3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.033454, 0.0719453, -0.2289914, 1.4052427,
];

function readColours(icc: Uint8Array): ProfileColours | null {
  const view = viewOf(icc);
  const tags = readTags(view);
  const columns = ['rXYZ', 'gXYZ', 'bXYZ'].map((name) => {
    const tag = tags.get(name);
    return tag && view.has(tag.at, 20) ? [8, 12, 16].map((offset) => fixedAt(view, tag.at + offset)) : null;
  });
  const curves = ['rTRC', 'gTRC', 'bTRC'].flatMap((name) => curveOf(icc, tags, name) ?? []);
  const [red, green, blue] = columns;
  if (!red || !green || !blue || curves.length < 3) return null;
  return { curves, toXyz: [0, 1, 2].flatMap((row) => [red[row] ?? 0, green[row] ?? 0, blue[row] ?? 0]) };
}

/** The two ways in which a curve is written (ICC.1:2022, 10.6 and 10.18), as light for each of 256 values. */
function curveOf(icc: Uint8Array, tags: ProfileTags, name: string): Float32Array | null {
  const tag = tags.get(name);
  const view = viewOf(icc);
  if (!tag || !view.has(tag.at, 12)) return null;
  const kind = view.u32(tag.at);
  if (kind === 0x63757276) {
    const count = view.u32(tag.at + 8);
    if (count === 0) return tabulate((value) => value);
    if (count === 1) {
      const gamma = view.u16(tag.at + 12) / 256;
      return tabulate((value) => value ** gamma);
    }
    if (!view.has(tag.at + 12, 2 * count)) return null;
    return tabulate((value) => {
      const place = value * (count - 1);
      const low = Math.floor(place);
      const entry = (index: number) => view.u16(tag.at + 12 + 2 * Math.min(index, count - 1)) / 65_535;
      return entry(low) + (entry(low + 1) - entry(low)) * (place - low);
    });
  }
  if (kind !== 0x70617261) return null;
  const form = view.u16(tag.at + 8);
  const number = (index: number) => fixedAt(view, tag.at + 12 + 4 * index);
  const [gamma, a, b, c, d, e, f] = [
    number(0),
    number(1),
    number(2),
    number(3),
    number(4),
    number(5),
    number(6),
  ];
  if (form === 0) return tabulate((value) => value ** gamma);
  if (form === 1) return tabulate((value) => (value >= -b / a ? (a * value + b) ** gamma : 0));
  if (form === 2) return tabulate((value) => (value >= -b / a ? (a * value + b) ** gamma : 0) + c);
  if (form === 3) return tabulate((value) => (value >= d ? (a * value + b) ** gamma : c * value));
  if (form === 4) return tabulate((value) => (value >= d ? (a * value + b) ** gamma + e : c * value + f));
  return null;
}

function tabulate(curve: (value: number) => number): Float32Array {
  return Float32Array.from({ length: 256 }, (_, index) => {
    const light = curve(index / 255);
    return Number.isFinite(light) ? light : 0;
  });
}

/** SMPTE EG 432-1 with the white of D65 and the curve of sRGB, adapted to D50. */
const displayP3: ProfileColours = {
  curves: [0, 1, 2].map(() =>
    tabulate((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)),
  ),
  toXyz: [0.51512, 0.29198, 0.1571, 0.2412, 0.69225, 0.06657, -0.00105, 0.04189, 0.78407],
};

/** Steps of light in which sRGB's curve is looked up; in the darkest part a step is a quarter of a value. */
const lightSteps = 16_384;

function convert(pixels: Uint8ClampedArray, { curves, toXyz }: ProfileColours): void {
  const matrix = multiply(xyzToSrgb, toXyz);
  const [m0 = 0, m1 = 0, m2 = 0, m3 = 0, m4 = 0, m5 = 0, m6 = 0, m7 = 0, m8 = 0] = matrix;
  const [reds, greens, blues] = curves;
  if (!reds || !greens || !blues) return;
  const values = Uint8Array.from({ length: lightSteps + 1 }, (_, index) => {
    const light = index / lightSteps;
    const value = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
    return Math.round(value * 255);
  });
  const encode = (light: number) =>
    values[light <= 0 ? 0 : light >= 1 ? lightSteps : Math.round(light * lightSteps)] ?? 0;
  for (let i = 0; i < pixels.length; i += 4) {
    const red = reds[pixels[i] ?? 0] ?? 0;
    const green = greens[pixels[i + 1] ?? 0] ?? 0;
    const blue = blues[pixels[i + 2] ?? 0] ?? 0;
    pixels[i] = encode(m0 * red + m1 * green + m2 * blue);
    pixels[i + 1] = encode(m3 * red + m4 * green + m5 * blue);
    pixels[i + 2] = encode(m6 * red + m7 * green + m8 * blue);
  }
}

/** Two matrices of three rows and columns. */
function multiply(one: readonly number[], other: readonly number[]): number[] {
  return Array.from({ length: 9 }, (_, place) => {
    const [row, column] = [Math.floor(place / 3), place % 3];
    return [0, 1, 2].reduce((sum, i) => sum + (one[row * 3 + i] ?? 0) * (other[i * 3 + column] ?? 0), 0);
  });
}
