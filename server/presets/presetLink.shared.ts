/**
 * A preset as a link: everything stands in the part of the address after `#`, which browsers never send. So a link needs
 * nothing on the server, and tells it nothing.
 */

import { type Background, defaultFit, type Fit, type FitMode, fitModes } from '../specs/fit.shared.ts';
import { readCustomSizeForm, writeCustomSizeForm } from './customSizes/customSizeForm.shared.ts';
import { exportExtras } from './exportExtras.shared.ts';
import {
  type CarriedItem,
  type CarriedPreset,
  checkCustomSize,
  checkPreset,
} from './file/presetFileRules.shared.ts';
import { linkPresetShape } from './file/presetFileShape.shared.ts';
import { carryPreset } from './file/writtenPresetFile.shared.ts';
import { defaultTemplate } from './nameTemplate.shared.ts';
import type { CustomSize, CustomSizeContent, PresetContent } from './preset.shared.ts';

export type ReadPresetLink =
  /** The address has no preset in it. */
  | { kind: 'none' }
  | { kind: 'preset'; preset: CarriedPreset }
  /** `reason` is a sentence for the person. */
  | { kind: 'refused'; reason: string };

const start = '#preset=';
/** First in the list, so that later ways to write it can be told from this one. */
const version = 1;

/** LIMIT_PRESET_SPECS can be set no higher. */
const mostItems = 200;
/** With everything. Browsers take more; what passes links on does not. */
const longestLink = 32_000;

/**
 * `#preset=` and base64url of a compact list; what has its usual value is left out. null: too long for a link, or nothing in it
 * (items whose custom size is gone are left out).
 * @param sizes those that the preset has; others do no harm
 */
export function writePresetLink(content: PresetContent, sizes: readonly CustomSize[]): string | null {
  const { name, fit, settings, items } = carryPreset(content, sizes);
  if (items.length === 0 || items.length > mostItems) return null;
  const template = settings.template === defaultTemplate ? '' : settings.template;
  const extras = exportExtras.filter((extra) => settings[extra]);
  const list = [
    version,
    name,
    writeFit(fit),
    settings.format,
    settings.quality,
    template,
    items.map(writeItem),
    ...(extras.length > 0 ? [extras] : []),
  ];
  const link = start + encode(JSON.stringify(list));
  return link.length > longestLink ? null : link;
}

/** @param hash `location.hash`; never throws, whatever it is */
export function readPresetLink(hash: string): ReadPresetLink {
  if (!hash.startsWith(start)) return { kind: 'none' };
  if (hash.length > longestLink) return broken;
  const list = decode(hash.slice(start.length));
  if (!Array.isArray(list)) return broken;
  if (typeof list[0] === 'number' && list[0] > version) {
    return {
      kind: 'refused',
      reason: 'This link was made by a newer version of All Img Fit. Load the page anew.',
    };
  }
  const [found, name, fit, format, quality, template, items, extras = [], ...rest] = list;
  if (found !== version || !Array.isArray(items) || !Array.isArray(extras) || rest.length > 0) return broken;
  if (items.length > mostItems) return broken;
  const settings = {
    format,
    quality,
    template: template === '' ? defaultTemplate : template,
    ...Object.fromEntries(extras.map((extra) => [extra, true])),
  };
  const shaped = linkPresetShape.safeParse({ name, fit: readFit(fit), settings, items: items.map(readItem) });
  if (!shaped.success) return broken;
  const { value } = checkPreset(shaped.data, { specsPerPreset: mostItems }, [], checkCustomSize);
  return value === null ? broken : { kind: 'preset', preset: value };
}

const broken: ReadPresetLink = {
  kind: 'refused',
  reason: 'The preset in this link can’t be read. The link may have been cut off: ask for it again.',
};

/** `id`, `id@3` when the version is not 1, the fields of a custom size that are not as in an empty form; with a fit both in a list. */
function writeItem(item: CarriedItem): unknown {
  const { fit } = item;
  const spec =
    item.kind === 'spec'
      ? item.specId + (item.version === 1 ? '' : `@${item.version}`)
      : writeSize(item.customSize);
  return fit === null ? spec : [spec, writeFit(fit)];
}

/** What it can't be read as is for the rules to refuse: nothing here throws. */
function readItem(written: unknown): unknown {
  const [item, fit] = Array.isArray(written) ? written : [written, null];
  const own = fit === null ? null : (readFit(fit) ?? false);
  if (typeof item !== 'string') return { customSize: readSize(item), fit: own };
  const [spec, number = '1'] = item.split('@');
  return { spec, version: Number(number), fit: own };
}

const blankSize = writeCustomSizeForm(null);

function writeSize(content: CustomSizeContent): object {
  const blank = new Map<string, string>(Object.entries(blankSize));
  const fields = Object.entries(writeCustomSizeForm(content));
  return Object.fromEntries(fields.filter(([name, text]) => text !== blank.get(name)));
}

function readSize(fields: unknown): CustomSizeContent | null {
  if (typeof fields !== 'object' || fields === null) return null;
  return readCustomSizeForm({ ...blankSize, ...fields }).content;
}

const modeLetters: Readonly<Record<FitMode, string>> = {
  cover: 'c',
  coverOrPad: 'p',
  contain: 'b',
  inside: 'i',
  stretch: 's',
};

/** `c#ffffff`, `i+blur`: mode, whether it enlarges, background. The default is an empty text. */
function writeFit({ mode, enlarge, background }: Fit): string {
  const behind = background.kind === 'colour' ? background.colour : background.kind;
  const text = `${modeLetters[mode]}${enlarge ? '+' : ''}${behind}`;
  return text === defaultText ? '' : text;
}

const defaultText = `${modeLetters[defaultFit.mode]}#ffffff`;

function readFit(text: unknown): Fit | null {
  if (text === '') return defaultFit;
  const [, letter, plus, behind = ''] =
    /^([a-z])(\+?)(#[0-9a-f]{6}|blur|transparent)$/.exec(typeof text === 'string' ? text : '') ?? [];
  const mode = fitModes.find((one) => modeLetters[one] === letter);
  if (mode === undefined) return null;
  const background: Background =
    behind === 'blur' || behind === 'transparent' ? { kind: behind } : { kind: 'colour', colour: behind };
  return { mode, enlarge: plus === '+', background };
}

function encode(text: string): string {
  const bytes = new TextEncoder().encode(text);
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** undefined when it is no base64url of JSON in UTF-8. */
function decode(text: string): unknown {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (sign) => sign.charCodeAt(0));
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
