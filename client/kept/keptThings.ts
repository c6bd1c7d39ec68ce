/** Presets and custom sizes as they come from a browser's storage or from the server: whatever is there, what is read is whole. */
import { customSizeContentShape } from '../../server/presets/customSizes/customSizeShape.shared.ts';
import { nameKey } from '../../server/presets/names.shared.ts';
import { type CustomSize, customSizePrefix, type Preset } from '../../server/presets/preset.shared.ts';
import { presetContentShape } from '../../server/presets/presetShape.shared.ts';
import { asObject } from './looseJson.ts';

/** @param extra what stands beside the content and is no part of it */
export function parsePreset(kept: unknown, extra: readonly string[] = []): Preset | null {
  const { id, version, ...content } = without(asObject(kept), extra);
  const read = presetContentShape.safeParse(content);
  return read.success && isId(id) && isVersion(version) ? { id, version, ...read.data } : null;
}

export function parseCustomSize(kept: unknown, extra: readonly string[] = []): CustomSize | null {
  const { id, version, ...content } = without(asObject(kept), extra);
  const read = customSizeContentShape.safeParse(content);
  const isOwn = isId(id) && id.startsWith(customSizePrefix);
  return read.success && isOwn && isVersion(version) ? { id, version, ...read.data } : null;
}

/** As the server orders them. */
export function inOrderOfNames<Thing extends { name: string; id: string }>(
  things: readonly Thing[],
): Thing[] {
  return things
    .map((thing) => ({ thing, key: nameKey(thing.name) }))
    .sort((a, b) => compare(a.key, b.key) || compare(a.thing.id, b.thing.id))
    .map(({ thing }) => thing);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

function without(kept: Record<string, unknown>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(kept).filter(([name]) => !names.includes(name)));
}

function isId(id: unknown): id is string {
  return typeof id === 'string' && /^[a-z0-9-]{1,80}$/.test(id);
}

function isVersion(version: unknown): version is number {
  return Number.isInteger(version) && Number(version) >= 1;
}
