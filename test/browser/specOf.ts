/** Which spec an exported file is for. */
import { builtIn } from '../../server/specs/catalogue.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';

/** The spec whose id is in the file's name; the longest, where one id is part of another. */
export function specOf(name: string): Spec {
  const named = builtIn.specs.filter(({ id }) => name.includes(`-${id}-`));
  const spec = named.sort((one, other) => other.id.length - one.id.length)[0];
  if (!spec) throw new Error(`${name} names no spec`);
  return spec;
}
