/** Reads values of unknown shape: each reader gives what it was asked for, or says where the value is something else. */

/** `path` names the value's place: `files[3].crop.x`. Throws a ShapeFault. */
export type Read<T> = (value: unknown, path: string) => T;

export class ShapeFault extends Error {}

function refuse(path: string, wanted: string): never {
  throw new ShapeFault(`${path || 'the file'} is not ${wanted}`);
}

export function text(most = 1000): Read<string> {
  return (value, path) =>
    typeof value === 'string' && value.length <= most
      ? value
      : refuse(path, `a text of at most ${most} characters`);
}

export function number(least = -1e9, most = 1e12): Read<number> {
  return (value, path) =>
    typeof value === 'number' && value >= least && value <= most
      ? value
      : refuse(path, `a number from ${least} to ${most}`);
}

export function whole(least = 0, most = 1e12): Read<number> {
  return (value, path) => {
    const read = number(least, most)(value, path);
    return Number.isInteger(read) ? read : refuse(path, 'a whole number');
  };
}

export const flag: Read<boolean> = (value, path) =>
  typeof value === 'boolean' ? value : refuse(path, 'true or false');

export function oneOf<T extends string | number>(values: readonly T[]): Read<T> {
  return (value, path) => values.find((one) => one === value) ?? refuse(path, `one of ${values.join(', ')}`);
}

export function orNull<T>(read: Read<T>): Read<T | null> {
  return (value, path) => (value === null ? null : read(value, path));
}

export function list<T>(read: Read<T>, most: number): Read<T[]> {
  return (value, path) =>
    Array.isArray(value) && value.length <= most
      ? value.map((entry, index) => read(entry, `${path}[${index}]`))
      : refuse(path, `a list of at most ${most}`);
}

/** Fields that are not asked for are left out. */
export function fields<T extends object>(readers: { [Key in keyof T]: Read<T[Key]> }): Read<T> {
  return (value, path) => {
    const object = asObject(value, path);
    const names = Object.keys(readers) as (keyof T & string)[];
    const entries = names.map((name) => [
      name,
      readers[name](Object.hasOwn(object, name) ? object[name] : undefined, path ? `${path}.${name}` : name),
    ]);
    return Object.fromEntries(entries);
  };
}

/** Objects that differ by a field with their kind in it. */
export function kinds<T>(key: string, readers: Record<string, Read<T>>): Read<T> {
  return (value, path) => {
    const object = asObject(value, path);
    const kind = oneOf(Object.keys(readers))(object[key], `${path}.${key}`);
    return readers[kind]?.(value, path) ?? refuse(path, kind);
  };
}

/** An object with names that are not known beforehand. */
export function named<T>(read: Read<T>, most: number): Read<Record<string, T>> {
  return (value, path) => {
    const entries = Object.entries(asObject(value, path));
    if (entries.length > most) refuse(path, `an object of at most ${most} entries`);
    return Object.fromEntries(entries.map(([name, entry]) => [name, read(entry, `${path}.${name}`)]));
  };
}

function asObject(value: unknown, path: string): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : refuse(path, 'an object');
}
