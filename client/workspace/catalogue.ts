/** The catalogue as the page carries it, and finding specs in it. */
import type { Spec } from '../../server/specs/spec.shared.ts';
import { byId } from './elements.ts';

export interface Catalogue {
  specs: readonly Spec[];
  popularIds: readonly string[];
  find(id: string): Spec | null;
  /** Specs of the ids, in their order; ids that the catalogue no longer has are left out. */
  pick(ids: readonly string[]): Spec[];
}

/** Reads the JSON block that the server wrote into the page; it is our own, already checked data. */
export function readCatalogue(): Catalogue {
  const block = byId('catalogue', HTMLScriptElement).textContent ?? '';
  const { specs, popularIds } = JSON.parse(block) as { specs: Spec[]; popularIds: string[] };
  const byIdMap = new Map(specs.map((spec) => [spec.id, spec]));
  return {
    specs,
    popularIds,
    find: (id) => byIdMap.get(id) ?? null,
    pick: (ids) => ids.flatMap((id) => byIdMap.get(id) ?? []),
  };
}
