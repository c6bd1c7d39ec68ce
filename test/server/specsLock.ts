/**
 * The rules of every version of every spec that there was, as hashes in specsLock.json. Presets keep a spec's id and version
 * and are told what changed since: that holds only as long as no version changes its rules and no id is lost.
 */
import { createHash } from 'node:crypto';
import type { Catalogue } from '../../server/specs/catalogue.ts';
import type { Spec, SpecRules } from '../../server/specs/spec.shared.ts';
import { rulesAt } from '../../server/specs/specChanges.shared.ts';

/** id -> version -> SHA-256 of that version's rules, in hexadecimal. */
export type SpecsLock = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A new field of SpecRules has to be named here before the types agree. */
const ruleFields: Readonly<Record<keyof SpecRules, true>> = {
  widthPx: true,
  heightPx: true,
  formats: true,
  minBytes: true,
  maxBytes: true,
  minPx: true,
  maxPx: true,
  dpi: true,
  safeArea: true,
  mask: true,
  derived: true,
  background: true,
  head: true,
};

/** What breaks the promise to those who kept a version, a sentence each; nothing of it can be mended by a new lock. */
export function brokenVersions({ find }: Pick<Catalogue, 'find'>, lock: SpecsLock): string[] {
  return Object.entries(lock).flatMap(([id, versions]) => {
    const spec = find(id);
    if (spec === null) return [`${id}: is gone, but presets name it: an id stays as it is`];
    const newest = Math.max(...Object.keys(versions).map(Number));
    if (newest > spec.version) return [`${id}: version went back from ${newest} to ${spec.version}`];
    return Object.entries(versions)
      .filter(([version, hash]) => hashRules(spec, Number(version)) !== hash)
      .map(([version]) =>
        Number(version) === spec.version
          ? `${id}: a rule changed, so version has to be ${spec.version + 1}, and earlier has to say what was`
          : `${id}: earlier does not give the rules that version ${version} had`,
      );
  });
}

/** The lock with every version that it did not have yet, in the order of ids. */
export function lockNewVersions({ specs }: Pick<Catalogue, 'specs'>, lock: SpecsLock): SpecsLock {
  const added = specs.map((spec): [string, Record<string, string>] => {
    const versions = [...spec.earlier.map(({ version }) => version), spec.version];
    const hashes = versions.map((version) => [version, hashRules(spec, version)] as const);
    return [spec.id, { ...Object.fromEntries(hashes), ...lock[spec.id] }];
  });
  const all = { ...lock, ...Object.fromEntries(added) };
  return Object.fromEntries(Object.entries(all).toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

function hashRules(spec: Spec, version: number): string {
  const rules = Object.entries(rulesAt(spec, version) ?? {}).filter(([field]) => field in ruleFields);
  return createHash('sha256')
    .update(writeCanonically(Object.fromEntries(rules)))
    .digest('hex');
}

/** JSON with the names of every object in order and without null, so that neither order nor a rule of later days counts. */
function writeCanonically(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part)
            .filter(([, inner]) => inner !== null)
            .toSorted(([one], [other]) => (one < other ? -1 : 1)),
        )
      : part,
  );
}
