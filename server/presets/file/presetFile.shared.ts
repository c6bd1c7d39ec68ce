/** Reading presets out of a file: JSON with a version, custom sizes by name. See docs/presets.md. */
import type { CustomSizeContent, PresetLimits } from '../preset.shared.ts';
import { tooMany } from './presetFileCounts.shared.ts';
import { type CarriedPreset, type Checked, checkCustomSize, checkPreset } from './presetFileRules.shared.ts';
import {
  describeIssues,
  type FileFault,
  type Path,
  presetFileShape,
  writePath,
} from './presetFileShape.shared.ts';

/** What a file brings, checked by the rules of the forms. */
export interface PresetFile {
  presets: readonly CarriedPreset[];
  /** All, also those that no preset has; in the presets they are the same objects. */
  customSizes: readonly CustomSizeContent[];
}

export type ReadPresetFile =
  | ({ kind: 'read' } & PresetFile)
  /** `faults` are at most `mostShown` of `count`. */
  | { kind: 'refused'; faults: FileFault[]; count: number };

/**
 * UTF-16 units: 200 presets of 60 specs, each with a fit of its own, are up to 2 300 000. As a form this is about half as much
 * again, and the server takes 4 MB; names in scripts of three bytes a sign can make it more.
 */
export const longestFile = 2_500_000;

const mostShown = 20;

/** Never throws, whatever the text is. A byte order mark in front is passed over. */
export function parsePresetFile(text: string, limits: PresetLimits): ReadPresetFile {
  const json = text.replace(/^\ufeff/, '');
  if (json.trim() === '')
    return refuse([{ path: '', message: 'There is nothing in it. Paste the text of a file.' }]);
  if (json.length > longestFile) {
    const message = `It has ${json.length} characters; at most ${longestFile} can be read at once. Take fewer presets.`;
    return refuse([{ path: '', message }]);
  }
  const value = parseJson(json);
  if (value === undefined) return refuse([{ path: '', message: describeBrokenJson(json) }]);
  // Counted before anything is looked at: what follows costs as much as one person may keep, whatever the text is.
  const many = tooMany(value, limits);
  if (many.length > 0) return refuse(many);
  const parsed = shape(value);
  if (parsed === null) return refuse([{ path: '', message: 'Too much of it is wrong to name it all.' }]);
  if (!parsed.success) return refuse(describeIssues(parsed.error.issues, value));
  const { presets, customSizes } = parsed.data;
  const sizes = customSizes.map((size, at) => checkCustomSize(size, ['customSizes', at]));
  const byName = new Map<string, Checked<CustomSizeContent>>();
  const twice = customSizes.flatMap(({ name }, at) => {
    if (byName.has(name))
      return [{ path: writePath(['customSizes', at, 'name']), message: 'is there twice.' }];
    byName.set(name, sizes[at] ?? { value: null, faults: [] });
    return [];
  });
  const readSize = (name: string, path: Path): Checked<CustomSizeContent> => {
    const size = byName.get(name);
    if (size !== undefined) return { value: size.value, faults: [] }; // its faults are named where it stands
    const message = 'must be the name of one of "customSizes" of the file.';
    return { value: null, faults: [{ path: writePath(path), message }] };
  };
  const checked = presets.map((preset, at) => checkPreset(preset, limits, ['presets', at], readSize));
  const faults = [...[...sizes, ...checked].flatMap((one) => one.faults), ...twice];
  if (faults.length > 0) return refuse(faults);
  if (presets.length + customSizes.length === 0) {
    return refuse([{ path: 'presets', message: 'is empty: there is nothing to import.' }]);
  }
  return {
    kind: 'read',
    presets: checked.flatMap(({ value: preset }) => preset ?? []),
    customSizes: sizes.flatMap(({ value: size }) => size ?? []),
  };
}

function refuse(faults: FileFault[]): ReadPresetFile {
  return { kind: 'refused', faults: faults.slice(0, mostShown), count: faults.length };
}

/** null: zod hands its issues over as arguments of a function, and there are more than a call can have. */
function shape(value: unknown) {
  try {
    return presetFileShape.safeParse(value);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Where it stops being JSON, as far as the engine says. */
function describeBrokenJson(text: string): string {
  const rest = 'Take the whole text of a file that was exported here.';
  try {
    JSON.parse(text);
  } catch (error) {
    const position = error instanceof Error ? /position (\d+)/.exec(error.message)?.[1] : undefined;
    if (position !== undefined) {
      const lines = text.slice(0, Number(position)).split('\n');
      return `This is no JSON from line ${lines.length}, character ${(lines.at(-1)?.length ?? 0) + 1} on. ${rest}`;
    }
  }
  return `This is no JSON, or not all of it. ${rest}`;
}
