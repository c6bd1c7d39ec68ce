/** Everything that can stand in a person's preset: the catalogue and the person's custom sizes, and what is said of an item. */

import type { Catalogue } from '../specs/catalogue.shared.ts';
import { type Drawing, drawSpec } from '../specs/drawing.shared.ts';
import type { Spec } from '../specs/spec.shared.ts';
import { changesSince } from '../specs/specChanges.shared.ts';
import { bytesWindowWords, formatWords, sizeWords } from '../specs/words.shared.ts';
import { customSizeGroup, customSizeSpec } from './customSizes/customSize.shared.ts';
import { customSizeLine } from './customSizes/customSizeWords.shared.ts';
import { fitWords } from './fitWords.shared.ts';
import { type CustomSize, isCustomSizeId, type PresetItem } from './preset.shared.ts';
import { writeItem } from './presetForm.shared.ts';

export interface KnownSpecs extends Catalogue {
  sizes: readonly CustomSize[];
  /** Size, formats and bytes in one line. */
  lineOf(spec: Spec): string;
}

const itemDrawingSide = 36;

export function knownSpecs(catalogue: Catalogue, sizes: readonly CustomSize[]): KnownSpecs {
  const own = new Map(sizes.map((size) => [size.id, { size, spec: customSizeSpec(size) }]));
  const find = (id: string) => own.get(id)?.spec ?? catalogue.find(id);
  return {
    specs: [...[...own.values()].map(({ spec }) => spec), ...catalogue.specs],
    groups: own.size === 0 ? catalogue.groups : [customSizeGroup, ...catalogue.groups],
    popularIds: [],
    find,
    pick: (ids) => ids.flatMap((id) => find(id) ?? []),
    sizes,
    lineOf(spec) {
      const kept = own.get(spec.id);
      if (kept !== undefined) return customSizeLine(kept.size);
      const { widthPx, heightPx, formats, minBytes, maxBytes } = spec;
      const bytes = minBytes === null && maxBytes === null ? [] : [bytesWindowWords(minBytes, maxBytes)];
      return [sizeWords(widthPx, heightPx), formatWords(formats), ...bytes].join(' · ');
    },
  };
}

/** `Instagram Story`; a custom size by its name alone. */
export function specName({ id, group, name }: Pick<Spec, 'id' | 'group' | 'name'>): string {
  return isCustomSizeId(id) ? name : `${group} ${name}`;
}

/** Whether the place has changed its rules since the person looked. A custom size was changed by the person. */
export function isChanged({ specId, version }: PresetItem, spec: Spec | null): boolean {
  return spec !== null && !isCustomSizeId(specId) && spec.version > version;
}

/** One line of the editor. */
export interface ShownItem {
  specId: string;
  /** The field that carries it. */
  json: string;
  /** The id where no spec is known. */
  name: string;
  /** Its own page; empty where no spec is known. */
  href: string;
  line: string;
  drawing: Drawing | null;
  isMissing: boolean;
  isChanged: boolean;
  /** `max 2 MB, was 5 MB`; may be empty although it changed, for a version that is not recorded. */
  changes: string[];
  /** Its own fit in words; empty where it has the preset's. */
  ownFit: string;
}

export function showItem(known: KnownSpecs, item: PresetItem): ShownItem {
  const { specId, version, fit } = item;
  const spec = known.find(specId);
  const changed = isChanged(item, spec);
  const own = { specId, json: writeItem(item), ownFit: fit === null ? '' : fitWords(fit) };
  if (spec === null) {
    const isSize = isCustomSizeId(specId);
    return {
      ...own,
      name: isSize ? 'A custom size' : specId,
      href: '',
      line: isSize ? 'Deleted. Remove it here, or bring it back.' : 'No longer in the catalogue.',
      drawing: null,
      isMissing: true,
      isChanged: false,
      changes: [],
    };
  }
  return {
    ...own,
    name: specName(spec),
    href: isCustomSizeId(specId) ? `/presets/sizes/${specId}` : `/specs/${specId}`,
    line: known.lineOf(spec),
    drawing: drawSpec(spec, itemDrawingSide),
    isMissing: false,
    isChanged: changed,
    changes: changed ? changesSince(spec, version).map(({ words }) => words) : [],
  };
}
