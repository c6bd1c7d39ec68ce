/** What the page knows of the specs in a preset: enough to name and to draw them. */
import { customSizeSpec } from '../../server/presets/customSizes/customSize.shared.ts';
import { type CustomSize, isCustomSizeId, type PresetItem } from '../../server/presets/preset.shared.ts';
import type { Strip } from '../../server/presets/presetStrip.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { makeSvg } from './parts.ts';

export type NamedSpec = Pick<Spec, 'id' | 'version' | 'group' | 'name' | 'widthPx' | 'heightPx' | 'mask'>;

export type FindSpec = (specId: string) => NamedSpec | null;

/** Reads the block that the server wrote into the page: our own, already checked data. */
export function readNamedSpecs(): NamedSpec[] {
  const block = document.getElementById('named-specs')?.textContent ?? '[]';
  return JSON.parse(block) as NamedSpec[];
}

export function specFinder(catalogue: readonly NamedSpec[], sizes: readonly CustomSize[]): FindSpec {
  const all = new Map([...catalogue, ...sizes.map(customSizeSpec)].map((spec) => [spec.id, spec]));
  return (specId) => all.get(specId) ?? null;
}

/** `Instagram Story`; the id where no spec is known any more. */
export function itemName({ specId }: PresetItem, find: FindSpec): string {
  const spec = find(specId);
  if (spec === null) return isCustomSizeId(specId) ? 'A custom size that was deleted' : specId;
  return isCustomSizeId(specId) ? spec.name : `${spec.group} ${spec.name}`;
}

/** How many of the specs the places have changed since. */
export function countChanged(items: readonly PresetItem[], find: FindSpec): number {
  return items.filter(({ specId, version }) => {
    const spec = find(specId);
    return spec !== null && !isCustomSizeId(specId) && spec.version > version;
  }).length;
}

export function makeStrip({ width, height, path }: Strip): SVGElement {
  const drawing = makeSvg('svg', { class: 'strip', width, height, viewBox: `0 0 ${width} ${height}` });
  drawing.setAttribute('aria-hidden', 'true');
  drawing.append(makeSvg('path', { d: path }));
  return drawing;
}
