/** Finding specs by words: the same on /specs and in the workspace. */
import type { Spec } from './spec.shared.ts';
import { formatWords, ratioWords } from './words.shared.ts';

/** Other names that people use, added to specs whose text has the pattern. */
const otherNames: readonly (readonly [pattern: RegExp, words: string])[] = [
  [/^x /, 'twitter'],
  [/avatar|profile p|server icon/, 'avatar profile picture photo icon'],
  [/banner|header|cover/, 'banner header cover'],
  [/open graph|link/, 'og opengraph link preview'],
  [/circle/, 'round'],
  [/jpeg/, 'jpg'],
];

/**
 * Every word of the query begins a word of the spec's group, name, id, size, ratio, formats or other names:
 * `insta 4:5`, `1080 x 1350`, `twitter`, `passport`. An empty query matches every spec.
 */
export function matchesQuery(spec: Spec, query: string): boolean {
  const wantedWords = queryWords(query);
  if (wantedWords.length === 0) return true;
  const words = knownWords.get(spec) ?? wordsOf(spec);
  knownWords.set(spec, words);
  return wantedWords.every((wanted) => words.some((word) => word.startsWith(wanted)));
}

/** A spec does not change, and one search asks for the words of all. */
const knownWords = new WeakMap<Spec, string[]>();

function queryWords(query: string): string[] {
  return plainText(query).split(/\s+/).filter(Boolean);
}

function wordsOf(spec: Spec): string[] {
  const { group, name, id, widthPx, heightPx } = spec;
  const size = `${widthPx}x${heightPx} ${heightPx} ${ratioWords(widthPx, heightPx)}`;
  const own = plainText(`${group} ${name} ${id} ${size} ${formatWords(spec.formats)} ${spec.mask ?? ''}`);
  const others = otherNames.filter(([pattern]) => pattern.test(own)).map(([, words]) => words);
  const text = [own, ...others].join(' ');
  return [...text.split(/\s+/), ...text.split(/[\s\-(),.]+/)];
}

/** Lower case, every size as one word and its unit as another: `3.5 × 5in` -> `3.5x5 in`. */
function plainText(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('×', 'x')
    .replace(/(\d)\s*x\s*(?=\d)/g, '$1x')
    .replace(/(\d)(mm|cm|in|px)\b/g, '$1 $2');
}
