/** What /specs can be narrowed down to, as its address says it: words, group, shape, byte limit, confirmed. */
import { matchesQuery } from './search.shared.ts';
import { isConfirmed, type Spec } from './spec.shared.ts';

const longestQuery = 100;

/** The shapes; a meaning is given where the label does not say it. Square: sides within 1 % of each other. `ratio` is width by height. */
export const shapes = [
  { name: 'square', label: 'Square', meaning: '', has: isSquare },
  {
    name: 'portrait',
    label: 'Portrait',
    meaning: '',
    has: (ratio: number) => ratio < 1 && !isSquare(ratio),
  },
  {
    name: 'tall',
    label: 'Tall',
    meaning: '9:16 and narrower',
    has: (ratio: number) => ratio <= (9 / 16) * 1.002,
  },
  {
    name: 'landscape',
    label: 'Landscape',
    meaning: '',
    has: (ratio: number) => ratio > 1 && !isSquare(ratio),
  },
  { name: 'wide', label: 'Wide', meaning: '2:1 and wider', has: (ratio: number) => ratio >= 2 * 0.998 },
] as const;
export type ShapeName = (typeof shapes)[number]['name'];

export interface SpecFilters {
  /** Empty: any. */
  words: string;
  /** The anchor of a group; null: all. */
  group: string | null;
  shape: ShapeName | null;
  /** Only specs whose files may not have any number of bytes. */
  hasByteLimit: boolean;
  onlyConfirmed: boolean;
}

export const noFilters: SpecFilters = {
  words: '',
  group: null,
  shape: null,
  hasByteLimit: false,
  onlyConfirmed: false,
};

/** The id of a group's heading on /specs, and its name in addresses: `Taobao / Tmall` -> `taobao-tmall`. */
export function groupAnchor(group: string): string {
  const known = knownAnchors.get(group) ?? group.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  knownAnchors.set(group, known);
  return known;
}

/** There are few groups, and each list asks for them hundreds of times. */
const knownAnchors = new Map<string, string>();

/** From the parameters of an address; what is unknown, or given twice, is as if it were not there. */
export function readFilters(
  query: Readonly<Record<string, unknown>>,
  groups: readonly string[],
): SpecFilters {
  return {
    words: readText(query.q).slice(0, longestQuery),
    group: groups.map(groupAnchor).find((anchor) => anchor === query.group) ?? null,
    shape: shapes.find(({ name }) => name === query.shape)?.name ?? null,
    hasByteLimit: query.limit === '1',
    onlyConfirmed: query.confirmed === '1',
  };
}

/** The parameters that say these filters, in a fixed order; empty for none. */
export function writeFilters(filters: SpecFilters): [name: string, value: string][] {
  const { words, group, shape, hasByteLimit, onlyConfirmed } = filters;
  const all: [string, string | null][] = [
    ['q', words === '' ? null : words],
    ['group', group],
    ['shape', shape],
    ['limit', hasByteLimit ? '1' : null],
    ['confirmed', onlyConfirmed ? '1' : null],
  ];
  return all.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

/** `/specs?shape=tall&limit=1` */
export function addressOf(filters: SpecFilters): string {
  const parameters = new URLSearchParams(writeFilters(filters)).toString();
  return parameters === '' ? '/specs' : `/specs?${parameters}`;
}

export function matchesFilters(spec: Spec, filters: SpecFilters): boolean {
  const { words, group, shape, hasByteLimit, onlyConfirmed } = filters;
  if (group !== null && groupAnchor(spec.group) !== group) return false;
  if (shape !== null && !hasShape(spec, shape)) return false;
  if (hasByteLimit && spec.minBytes === null && spec.maxBytes === null) return false;
  if (onlyConfirmed && !isConfirmed(spec)) return false;
  return words === '' || matchesQuery(spec, words);
}

function hasShape({ widthPx, heightPx }: Spec, shape: ShapeName): boolean {
  return shapes.some(({ name, has }) => name === shape && has(widthPx / heightPx));
}

function isSquare(ratio: number): boolean {
  return Math.abs(Math.log(ratio)) <= Math.log(1.01);
}

function readText(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
