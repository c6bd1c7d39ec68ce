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

/** Every word of the query has to be in the spec's group, name, size or ratio: "insta 4:5", "1080", "passport". */
export function matches(spec: Spec, query: string): boolean {
  const text = [spec.group, spec.name, spec.id, `${spec.widthPx}x${spec.heightPx}`, ratioOf(spec)]
    .join(' ')
    .toLowerCase();
  const words = query.toLowerCase().replaceAll('×', 'x').split(/\s+/).filter(Boolean);
  return words.every((word) => text.includes(word));
}

function ratioOf(spec: Spec): string {
  const divisor = greatestCommonDivisor(spec.widthPx, spec.heightPx);
  return `${spec.widthPx / divisor}:${spec.heightPx / divisor}`;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
