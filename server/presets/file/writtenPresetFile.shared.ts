/** Presets as the text of a file: custom sizes by name, so that it means the same in another account. See docs/presets.md. */

import { defaultFit, type Fit } from '../../specs/fit.shared.ts';
import { extrasThatAreOn } from '../exportExtras.shared.ts';
import {
  type CustomSize,
  type CustomSizeContent,
  isCustomSizeId,
  type PresetContent,
  type PresetItem,
} from '../preset.shared.ts';
import type { CarriedPreset } from './presetFileRules.shared.ts';
import { presetFileSchema } from './presetFileShape.shared.ts';

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
      settings: {
        format: settings.format,
        quality: settings.quality,
        template: settings.template,
        ...extrasThatAreOn(settings),
      },
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
