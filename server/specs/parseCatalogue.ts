import type { z } from 'zod';
import type { Spec } from './spec.shared.ts';
import { toSpec, writtenGroup } from './writtenSpec.ts';

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
    for (const row of parsed.data.specs) {
      const other = fileOfId.get(row.id);
      if (other !== undefined) faults.push(`${name}: ${row.id}: id is already taken in ${other}`);
      fileOfId.set(row.id, name);
      specs.push(toSpec(parsed.data.group, row));
    }
  }
  if (faults.length > 0) throw new Error(`The catalogue is not valid:\n${faults.join('\n')}`);
  return deepFreeze(specs);
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
