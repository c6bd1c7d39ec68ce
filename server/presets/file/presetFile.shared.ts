/** Presets as a file: JSON with a version, custom sizes by name, so that it means the same in another account. See docs/presets.md. */
import { defaultFit, type Fit } from '../../specs/fit.shared.ts';
import {
  type CustomSize,
  type CustomSizeContent,
  isCustomSizeId,
  type PresetContent,
  type PresetItem,
  type PresetLimits,
} from '../preset.shared.ts';
import { tooMany } from './presetFileCounts.shared.ts';
import { type CarriedPreset, type Checked, checkCustomSize, checkPreset } from './presetFileRules.shared.ts';
import {
  describeIssues,
  type FileFault,
  type Path,
  presetFileSchema,
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

/**
 * The text of a file: the same for the same presets, whatever the order of their fields. Items whose custom size is not there any
 * more are left out, and so is a preset that has no others.
 * @param sizes those that the presets have, and others; each is written once
 */
export function writePresetFile(presets: readonly PresetContent[], sizes: readonly CustomSize[]): string {
  const carried = presets.map((preset) => carryPreset(preset, sizes)).filter(({ items }) => items.length > 0);
  const file = {
    schema: presetFileSchema,
    presets: carried.map(({ name, fit, settings, items }) => ({
      name,
      fit: writeFit(fit),
      settings: { format: settings.format, quality: settings.quality, template: settings.template },
      items: items.map((item) => ({
        ...(item.kind === 'spec'
          ? { spec: item.specId, version: item.version }
          : { customSize: item.customSize.name }),
        ...(item.fit && { fit: writeFit(item.fit) }),
      })),
    })),
    ...(sizes.length > 0 && { customSizes: sizes.map(writeSize) }),
  };
  return `${writeJson(file, '')}\n`;
}

/** A preset that means the same elsewhere: its custom sizes come along. Items whose custom size is gone are left out. */
export function carryPreset(
  { name, fit, settings, items }: PresetContent,
  sizes: readonly CustomSize[],
): CarriedPreset {
  const byId = new Map(sizes.map((size) => [size.id, size]));
  const carry = ({ specId, version, fit: own }: PresetItem): CarriedPreset['items'] => {
    if (!isCustomSizeId(specId)) return [{ kind: 'spec', specId, version, fit: own }];
    const size = byId.get(specId);
    if (size === undefined) return [];
    const { id: _id, version: _version, ...customSize } = size;
    return [{ kind: 'customSize', customSize, fit: own }];
  };
  return { name, fit, settings, items: items.flatMap(carry) };
}

/** Field by field, so that their order is ours; what is null is left out. */
function writeSize(content: CustomSizeContent): object {
  const { name, size, formats, quality, minBytes, maxBytes, fit, dpi, safeArea, mask } = content;
  return {
    name,
    size: inOrder(size),
    formats,
    ...(quality !== null && { quality }),
    ...(minBytes !== null && { minBytes }),
    ...(maxBytes !== null && { maxBytes }),
    ...(fit !== null && { fit: writeFit(fit) }),
    ...(dpi !== null && { dpi }),
    ...(safeArea !== null && { safeArea: inOrder(safeArea) }),
    ...(mask !== null && { mask }),
  };
}

const usualColour = defaultFit.background.kind === 'colour' ? defaultFit.background.colour : null;

/** What is usual is left out: a full account has 12 000 of them. */
function writeFit({ mode, enlarge, background }: Fit): object {
  const isUsual = background.kind === 'colour' && background.colour === usualColour;
  return { mode, ...(enlarge && { enlarge }), ...(!isUsual && { background: inOrder(background) }) };
}

/** The fields of sizes, areas and backgrounds: what came from the table has another order than what came from a form. */
const fieldOrder = 'kind x y width height unit px percent top right bottom left radius colour'.split(' ');

function inOrder(value: { kind: string }): object {
  const place = ([name]: [string, unknown]) => fieldOrder.indexOf(name);
  return Object.fromEntries(Object.entries(value).sort((a, b) => place(a) - place(b)));
}

const longestLine = 100;
/** Of an item, which is always on one line. */
const longestItem = 300;
const itemIndent = 8;

/** Indented, with what is short on one line: a file of presets is mostly short items. */
function writeJson(value: object, indent: string): string {
  const line = JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' '); // inside of a text there are no line breaks
  const longest = indent.length >= itemIndent ? longestItem : longestLine;
  if (indent.length + line.length <= longest) return line;
  const inner = `${indent}  `;
  const write = (one: unknown) =>
    typeof one === 'object' && one !== null ? writeJson(one, inner) : JSON.stringify(one);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const lines = Array.isArray(value)
    ? value.map(write)
    : Object.entries(value).map(([name, one]) => `${JSON.stringify(name)}: ${write(one)}`);
  return `${open}\n${lines.map((text) => inner + text).join(',\n')}\n${indent}${close}`;
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
