/** The catalogue as the page carries it. */
import { type Catalogue, createCatalogue } from '../../server/specs/catalogue.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { byId } from './elements.ts';

export type { Catalogue } from '../../server/specs/catalogue.shared.ts';

/** Reads the JSON block that the server wrote into the page; it is our own, already checked data. */
export function readCatalogue(): Catalogue {
  const block = byId('catalogue', HTMLScriptElement).textContent ?? '';
  const { specs, popularIds } = JSON.parse(block) as { specs: Spec[]; popularIds: string[] };
  return createCatalogue(specs, popularIds);
}
