/** The rules for what a file or a link brings are those of the forms: each preset and custom size goes through its form once. */

import type { Fit } from '../../specs/fit.shared.ts';
import { readCustomSizeForm, writeCustomSizeForm } from '../customSizes/customSizeForm.shared.ts';
import {
  type CustomSizeContent,
  customSizePrefix,
  isCustomSizeId,
  type PresetContent,
  type PresetLimits,
} from '../preset.shared.ts';
import { readPresetForm, writePresetForm } from '../presetForm.shared.ts';
import {
  type FileFault,
  type FileItem,
  type FileSize,
  type Path,
  writePath,
} from './presetFileShape.shared.ts';

/** A place of a preset outside of an account: a custom size has no id there and comes along whole. */
export type CarriedItem =
  | { kind: 'spec'; specId: string; version: number; fit: Fit | null }
  | { kind: 'customSize'; customSize: CustomSizeContent; fit: Fit | null };

export interface CarriedPreset extends Pick<PresetContent, 'name' | 'fit' | 'settings'> {
  items: readonly CarriedItem[];
}

/** `value` is null exactly when there are faults. */
export interface Checked<Value> {
  value: Value | null;
  faults: FileFault[];
}

/** @param path where the item says it */
type ReadSize<Size> = (size: Size, path: Path) => Checked<CustomSizeContent>;

/** @param path where the preset stands in its file */
export function checkPreset<Size>(
  preset: Pick<PresetContent, 'name' | 'fit' | 'settings'> & { items: readonly FileItem<Size>[] },
  limits: Pick<PresetLimits, 'specsPerPreset'>,
  path: Path,
  readSize: ReadSize<Size>,
): Checked<CarriedPreset> {
  const checked = preset.items.map((item, at) => checkItem(item, [...path, 'items', at], readSize));
  const items = checked.flatMap(({ value }) => value ?? []);
  const keys = checked.map(({ value }, at) => (value === null ? String(at) : keyOf(value)));
  const twice = keys.flatMap((key, at) =>
    keys.indexOf(key) < at
      ? [fault([...path, 'items', at], 'is there twice: a preset has each spec and each custom size once.')]
      : [],
  );
  // Custom sizes have no ids yet: for the form, any that differ will do.
  const standIns = [...new Set(keys)].map((_, at) => ({
    specId: `${customSizePrefix}${at}`,
    version: 1,
    fit: null,
  }));
  const form = readPresetForm(writePresetForm({ ...preset, items: standIns }), limits);
  const faults = [
    ...Object.entries(form.errors).map(([field, sentence]) => fault([...path, ...placeOf(field)], sentence)),
    ...checked.flatMap((item) => item.faults),
    ...twice,
  ];
  if (form.content === null || faults.length > 0) return { value: null, faults };
  const { name, fit, settings } = form.content;
  return { value: { name, fit, settings, items }, faults };
}

export function checkCustomSize(size: FileSize, path: Path): Checked<CustomSizeContent> {
  const { content, errors } = readCustomSizeForm(writeCustomSizeForm(size));
  const faults = Object.entries(errors).map(([field, sentence]) =>
    fault([...path, ...(sizePlaces[field] ?? [field])], sentence),
  );
  return { value: content, faults };
}

function checkItem<Size>(item: FileItem<Size>, path: Path, readSize: ReadSize<Size>): Checked<CarriedItem> {
  const { spec, version, customSize, fit } = item;
  const refuse = (end: Path, message: string) => ({
    value: null,
    faults: [fault([...path, ...end], message)],
  });
  if (customSize !== undefined) {
    if (spec !== undefined || version !== undefined) {
      return refuse([], 'must have either "spec" and "version" or "customSize", not both.');
    }
    const { value, faults } = readSize(customSize, [...path, 'customSize']);
    return { value: value && { kind: 'customSize', customSize: value, fit }, faults };
  }
  if (spec === undefined) return refuse([], 'must have "spec" and "version", or "customSize".');
  if (version === undefined) return refuse(['version'], 'is missing.');
  if (isCustomSizeId(spec)) {
    return refuse(
      ['spec'],
      'is the id of a custom size, which means nothing elsewhere: write it out as "customSize".',
    );
  }
  return { value: { kind: 'spec', specId: spec, version, fit }, faults: [] };
}

/** The same for items that are the same spec or the same custom size. */
function keyOf(item: CarriedItem): string {
  return item.kind === 'spec' ? item.specId : customSizeKey(item.customSize);
}

/** The same for custom sizes that have the same name and the same rules. */
export function customSizeKey(content: CustomSizeContent): string {
  return JSON.stringify(writeCustomSizeForm(content));
}

function fault(path: Path, message: string): FileFault {
  return { path: writePath(path), message };
}

function placeOf(field: string): Path {
  if (field === 'name' || field === 'items') return [field];
  return field === 'format' || field === 'quality' || field === 'template' ? ['settings', field] : ['fit'];
}

/** Where in a file the fields of the form stand that have another name there. */
const sizePlaces: Readonly<Record<string, Path>> = {
  kind: ['size', 'kind'],
  width: ['size', 'width'],
  height: ['size', 'height'],
  unit: ['size', 'unit'],
  ratio: ['size'],
  longest: ['size', 'px'],
  percent: ['size', 'percent'],
  preferred: ['formats'],
  jpeg: ['formats'],
  png: ['formats'],
  webp: ['formats'],
  avif: ['formats'],
  ico: ['formats'],
  mode: ['fit', 'mode'],
  background: ['fit', 'background'],
  colour: ['fit', 'background', 'colour'],
  enlarge: ['fit', 'enlarge'],
  insetTop: ['safeArea'],
  insetRight: ['safeArea'],
  insetBottom: ['safeArea'],
  insetLeft: ['safeArea'],
  safeWidth: ['safeArea', 'width'],
  safeHeight: ['safeArea', 'height'],
  safeCircle: ['safeArea', 'radius'],
};
