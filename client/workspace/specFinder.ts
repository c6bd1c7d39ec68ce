/** Finds specs by id: those of the catalogue, and the person's custom sizes as specs. */
import { customSizeSpec } from '../../server/presets/customSizes/customSize.shared.ts';
import type { CustomSize } from '../../server/presets/preset.shared.ts';
import { type Catalogue, createCatalogue } from '../../server/specs/catalogue.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';

/** The group of custom sizes that came with a link and are not kept. */
export const borrowedGroup = 'From the link';

interface Sizes {
  customSizes: readonly CustomSize[];
  borrowedSizes: readonly CustomSize[];
}

/**
 * The catalogue with the custom sizes before it, as they are now. A spec stays the same object as long as its custom size
 * says the same, since tiles hold on to it.
 */
export function createSpecFinder(catalogue: Catalogue, sizes: () => Sizes): Catalogue {
  const made = new Map<string, { says: string; spec: Spec }>();
  let last: Sizes | null = null;
  let all = catalogue;

  function specOf(size: CustomSize, group?: string): Spec {
    const says = `${group} ${JSON.stringify(size)}`;
    const known = made.get(size.id);
    if (known?.says === says) return known.spec;
    const spec = { ...customSizeSpec(size), ...(group === undefined ? {} : { group }) };
    made.set(size.id, { says, spec });
    return spec;
  }

  function current(): Catalogue {
    const { customSizes, borrowedSizes } = sizes();
    if (last?.customSizes === customSizes && last.borrowedSizes === borrowedSizes) return all;
    last = { customSizes, borrowedSizes };
    const own = customSizes.map((size) => specOf(size));
    const borrowed = borrowedSizes.map((size) => specOf(size, borrowedGroup));
    all = createCatalogue([...own, ...borrowed, ...catalogue.specs], catalogue.popularIds);
    return all;
  }

  return {
    get specs() {
      return current().specs;
    },
    get groups() {
      return current().groups;
    },
    popularIds: catalogue.popularIds,
    find: (id) => current().find(id),
    pick: (ids) => current().pick(ids),
  };
}
