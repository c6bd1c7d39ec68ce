/** Presets as a file: JSON with a version, custom sizes embedded, so that it means the same in another account. See docs/presets.md. */
import type { Fit } from '../specs/fit.shared.ts';
import {
  type CustomSize,
  type CustomSizeContent,
  isCustomSizeId,
  type PresetContent,
  type PresetItem,
  type PresetLimits,
} from './preset.shared.ts';
import { tooMany, tooManySizes } from './presetFileCounts.shared.ts';
import { type CarriedPreset, checkCustomSize, checkPreset, sizeReader } from './presetFileRules.shared.ts';
import {
  describeIssues,
  type FileFault,
  presetFileSchema,
  presetFileShape,
} from './presetFileShape.shared.ts';

/** What a file brings, checked by the rules of the forms. */
export interface PresetFile {
  presets: readonly CarriedPreset[];
  /** Those that no preset has. */
  customSizes: readonly CustomSizeContent[];
}

export type ReadPresetFile =
  | ({ kind: 'read' } & PresetFile)
  /** `faults` are at most `mostShown` of `count`. */
  | { kind: 'refused'; faults: FileFault[]; count: number };

/** UTF-16 units: 200 presets of 60 specs are 700 000. As a form this is less than twice as much, and the server takes 2 MB. */
export const longestFile = 1_000_000;

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
  const manySizes = tooManySizes(parsed.data, limits);
  if (manySizes !== null) return refuse([manySizes]);
  const { presets, customSizes } = parsed.data;
  const readSize = sizeReader();
  const checked = presets.map((preset, at) => checkPreset(preset, limits, ['presets', at], readSize));
  const sizes = customSizes.map((size, at) => checkCustomSize(size, ['customSizes', at], readSize));
  const faults = [...checked, ...sizes].flatMap((one) => one.faults);
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
 * @param sizes those that the presets have; others stand at the end of the file
 */
export function writePresetFile(presets: readonly PresetContent[], sizes: readonly CustomSize[]): string {
  const carried = presets.map((preset) => carryPreset(preset, sizes)).filter(({ items }) => items.length > 0);
  const used = new Set(presets.flatMap(({ items }) => items.map(({ specId }) => specId)));
  const others = sizes.filter(({ id }) => !used.has(id));
  const file = {
    schema: presetFileSchema,
    presets: carried.map(({ name, fit, settings, items }) => ({
      name,
      fit: writeFit(fit),
      settings: { format: settings.format, quality: settings.quality, template: settings.template },
      items: items.map((item) => ({
        ...(item.kind === 'spec'
          ? { spec: item.specId, version: item.version }
          : { customSize: writeSize(item.customSize) }),
        ...(item.fit && { fit: writeFit(item.fit) }),
      })),
    })),
    ...(others.length > 0 && { customSizes: others.map(writeSize) }),
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

function writeFit({ mode, enlarge, background }: Fit): object {
  return { mode, enlarge, background: inOrder(background) };
}

/** The fields of sizes, areas and backgrounds: what came from the table has another order than what came from a form. */
const fieldOrder = 'kind x y width height unit px percent top right bottom left radius colour'.split(' ');

function inOrder(value: { kind: string }): object {
  const place = ([name]: [string, unknown]) => fieldOrder.indexOf(name);
  return Object.fromEntries(Object.entries(value).sort((a, b) => place(a) - place(b)));
}

const longestLine = 100;

/** Indented, with what is short on one line: a file of presets is mostly short items. */
function writeJson(value: object, indent: string): string {
  const line = JSON.stringify(value, null, 1).replaceAll(/\n\s*/g, ' '); // inside of a text there are no line breaks
  if (indent.length + line.length <= longestLine) return line;
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
