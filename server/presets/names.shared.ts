/** The names that a person gives to presets and custom sizes: when two are the same name, and naming a copy. */
import { longestName } from './preset.shared.ts';

/** The table's own limit; normal form KC can make one sign into eighteen. */
const longestKey = 240;

/** Joiners and variation selectors: two names that differ in them alone look the same. */
const unseen = /\u200c|\u200d|\p{Variation_Selector}/gu;

/**
 * Alike for names that a reader takes for the same: `Shop`, `shop` and `Ｓｈｏｐ`, `STRAẞE` and `straße`. Unique among a person's
 * presets, and among the custom sizes.
 */
export function nameKey(name: string): string {
  // Lower case first: only then is the capital ẞ an ß, of which upper case makes SS.
  const folded = name.normalize('NFKC').toLowerCase().toUpperCase().toLowerCase().normalize('NFKC');
  const seen = folded.replaceAll(unseen, '').replaceAll(/\s+/gu, ' ').trim();
  return [...(seen || folded)].slice(0, longestKey).join('');
}

/**
 * The name of a copy: `Shop 2` for `Shop`, `Shop 3` when that is taken too. A long name gives way to its number.
 * @param taken the names that are there already
 */
export function withCopyName(name: string, taken: Iterable<string>): string {
  return findCopy(name, new Set([...taken].map(nameKey)), 0).copy;
}

/**
 * Gives names one after the other: each as it is while it is free, else that of a copy. What it gave is taken from then on, and
 * many of one name cost no more than as many different ones.
 */
export function freeNames(taken: Iterable<string>): (name: string) => string {
  const keys = new Set([...taken].map(nameKey));
  const counters = new Map<string, number>();
  return (name) => {
    const key = nameKey(name);
    const found = keys.has(key) ? findCopy(name, keys, counters.get(name) ?? 0) : { copy: name, counter: 0 };
    counters.set(name, found.counter);
    keys.add(nameKey(found.copy));
    return found.copy;
  };
}

/** @param tried the numbers up to it are known to be taken */
function findCopy(name: string, keys: ReadonlySet<string>, tried: number): { copy: string; counter: number } {
  const [, base = name, number = '1'] = /^(.*\S) ([1-9]\d{0,2})$/u.exec(name) ?? [];
  for (let counter = Math.max(Number(number), tried) + 1; ; counter += 1) {
    const tail = ` ${counter}`;
    const copy = `${[...base]
      .slice(0, longestName - tail.length)
      .join('')
      .trimEnd()}${tail}`;
    if (!keys.has(nameKey(copy))) return { copy, counter };
  }
}
