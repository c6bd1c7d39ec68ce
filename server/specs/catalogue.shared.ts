/** The catalogue: all built-in specs and finding one. Server and client make it from the same list. */
import type { Spec } from './spec.shared.ts';

export interface Catalogue {
  /** Group by group in the order of the page. */
  specs: readonly Spec[];
  /** The groups in the order of the page. */
  groups: readonly string[];
  /** What a first visit to the workspace starts with. */
  popularIds: readonly string[];
  find(id: string): Spec | null;
  /** Specs of the ids, in their order; ids that are not known are left out. */
  pick(ids: readonly string[]): Spec[];
}

export function createCatalogue(specs: readonly Spec[], popularIds: readonly string[]): Catalogue {
  const byId = new Map(specs.map((spec) => [spec.id, spec]));
  return {
    specs,
    groups: [...new Set(specs.map(({ group }) => group))],
    popularIds,
    find: (id) => byId.get(id) ?? null,
    pick: (ids) => ids.flatMap((id) => byId.get(id) ?? []),
  };
}
