/** From the files of the catalogue to its specs, or to one error that names everything that is wrong. */
import type { z } from 'zod';
import type { EarlierVersion, Spec, SpecRules } from './spec.shared.ts';
import { checkHistory, checkName, checkRules, rulesOf } from './specFaults.ts';
import { toProofs } from './writtenProofs.ts';
import { readSize, type Say, toRules } from './writtenRules.ts';
import { type Source, type WrittenRules, type WrittenSpec, writtenGroup } from './writtenSpec.ts';

/**
 * The specs of the given catalogue files, in their order and deep-frozen.
 * Throws one error that names the file, the id and the field of everything that is wrong.
 */
export function parseCatalogue(
  files: readonly (readonly [name: string, content: unknown])[],
): readonly Spec[] {
  const faults: string[] = [];
  const specs: Spec[] = [];
  const fileOfId = new Map<string, string>();
  for (const [name, content] of files) {
    const parsed = writtenGroup.safeParse(content);
    if (!parsed.success) {
      faults.push(...parsed.error.issues.map((issue) => `${name}: ${describe(issue, content)}`));
      continue;
    }
    const { group, sources, specs: rows } = parsed.data;
    for (const row of rows) {
      const say: Say = (field, fault) => faults.push(`${name}: ${row.id}: ${field}: ${fault}`);
      const other = fileOfId.get(row.id);
      if (other !== undefined) say('id', `is already taken in ${other}`);
      fileOfId.set(row.id, name);
      const spec = toSpec(row, { group, sources }, say);
      if (spec !== null) specs.push(spec);
    }
    for (const key of Object.keys(sources)) {
      if (!rows.some((row) => row.sources.includes(key)))
        faults.push(`${name}: sources.${key}: no spec names it`);
    }
  }
  if (faults.length > 0) throw new Error(`The catalogue is not valid:\n${faults.join('\n')}`);
  return deepFreeze(specs);
}

interface File {
  group: string;
  sources: Readonly<Record<string, Source>>;
}

/** The written row as the rest of the product knows it; null where not even its size can be told. */
function toSpec(row: WrittenSpec, { group, sources }: File, say: Say): Spec | null {
  const measure = readSize(row, say);
  if (measure === null) return null;
  const { id, name, version, alsoTaken, note } = row;
  const rules = toRules(row, measure, say);
  checkRules(rules, say);
  const spec: Spec = {
    id,
    group,
    name,
    version,
    ...rules,
    sizing: { kind: 'fixed' },
    printedMm: measure.printedMm,
    alsoTaken,
    fit: null,
    quality: null,
    note,
    ...toProofs(row, { sources, rules: rulesOf(rules) }, say),
    earlier: toEarlier(row, rules, say),
  };
  for (const format of alsoTaken) {
    if (/^(JPE?G|PNG|WEBP|AVIF|ICO)$/.test(format))
      say('alsoTaken', `${format} is one that we write: it goes into formats`);
  }
  checkName(spec, say);
  const checks = [row.checkedOn, ...Object.values(row.proofs).flatMap((proof) => proof?.checkedOn ?? [])];
  checkHistory(spec, checks.toSorted().at(-1) ?? row.checkedOn, say);
  return spec;
}

/** Each earlier version is written as its differences from the version after it, and kept so, in fractions. */
function toEarlier(row: WrittenSpec, current: SpecRules, say: Say): EarlierVersion[] {
  const versions: EarlierVersion[] = [];
  let written: WrittenRules = row;
  let after = current;
  for (const [index, { version, until, rules }] of row.earlier.entries()) {
    const sayEarlier: Say = (field, fault) => say(`earlier.${index}.rules.${field}`, fault);
    written = stepBack(written, rules);
    const measure = readSize(written, sayEarlier);
    if (measure === null) break;
    const before = toRules(written, measure, sayEarlier);
    checkRules(before, sayEarlier);
    versions.push({ version, until, rules: differences(before, after) });
    after = before;
  }
  return versions;
}

/** A size that is written otherwise replaces the later one in whatever unit that was, and limits likewise. */
function stepBack(later: WrittenRules, rules: WrittenRules): WrittenRules {
  const names = Object.keys(rules);
  const isSized = ['widthPx', 'heightPx', 'sizeMm', 'sizeIn'].some((name) => names.includes(name));
  const isLimited = names.includes('minPx') || names.includes('maxPx');
  return {
    ...later,
    ...(isSized ? { widthPx: null, heightPx: null, sizeMm: null, sizeIn: null } : {}),
    ...(isLimited ? { exact: null } : {}),
    ...rules,
  };
}

function differences(before: SpecRules, after: SpecRules): Partial<SpecRules> {
  const now: Readonly<Record<string, unknown>> = { ...after };
  return Object.fromEntries(
    Object.entries(before).filter(([rule, value]) => JSON.stringify(value) !== JSON.stringify(now[rule])),
  );
}

function describe(issue: z.core.$ZodIssue, content: unknown): string {
  const [list, index, ...field] = issue.path;
  if (list !== 'specs' || typeof index !== 'number') return `${issue.path.join('.')}: ${issue.message}`;
  return `${idAt(content, index)}: ${field.join('.')}: ${issue.message}`;
}

function idAt(content: unknown, index: number): string {
  if (typeof content !== 'object' || content === null || !('specs' in content)) return `row ${index + 1}`;
  const row: unknown = Array.isArray(content.specs) ? content.specs[index] : null;
  if (typeof row !== 'object' || row === null || !('id' in row)) return `row ${index + 1}`;
  return typeof row.id === 'string' ? row.id : `row ${index + 1}`;
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deepFreeze(part);
  }
  return value;
}
