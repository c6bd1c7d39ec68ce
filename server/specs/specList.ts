/** What /specs shows, as plain data for its view: rows by group, filters with counts, and what to loosen when nothing is found. */
import type { Catalogue } from './catalogue.shared.ts';
import { drawSpec, pathOf } from './drawing.shared.ts';
import { confidences, isConfirmed, type Spec } from './spec.shared.ts';
import {
  addressOf,
  groupAnchor,
  matchesFilters,
  noFilters,
  type SpecFilters,
  shapes,
  writeFilters,
} from './specFilters.ts';
import {
  bytesWindowWords,
  confidenceWords,
  dateWords,
  formatWords,
  ratioWords,
  sizeWords,
} from './words.shared.ts';

const rowDrawingSide = 32;

export interface SpecRow {
  id: string;
  name: string;
  size: string;
  ratio: string;
  formats: string;
  bytes: string;
  confidence: string;
  isConfirmed: boolean;
  checkedOn: string;
  checked: string;
  /** With paths of safe area and mask; null for none. */
  drawing: { width: number; height: number; safePath: string | null; maskPath: string | null };
}

/** One choice of a filter. `href` is the list with it, or without it when it is chosen; null where it would be empty. */
export interface FilterOption {
  label: string;
  /** What the label means exactly; may be empty. */
  meaning: string;
  count: number;
  isChosen: boolean;
  href: string | null;
}

/** A filter that is on, the list without it, and how many specs that has. */
export interface ChosenFilter {
  /** `Tall`; of words, in quotation marks. */
  label: string;
  href: string;
  countWithout: number;
}

export interface SpecList {
  words: string;
  found: number;
  total: number;
  groupCount: number;
  groups: { name: string; anchor: string; rows: SpecRow[] }[];
  confidences: { letter: string; meaning: string }[];
  groupOptions: FilterOption[];
  shapeOptions: FilterOption[];
  ruleOptions: FilterOption[];
  chosen: ChosenFilter[];
  /** What the search form sends beside its words. */
  kept: { name: string; value: string }[];
}

/** The catalogue by groups, or the part of it that passes the filters; groups without a match are left out. */
export function listSpecs(catalogue: Catalogue, filters: SpecFilters): SpecList {
  const found = selectSpecs(catalogue.specs, filters);
  const shown = catalogue.groups.map((name) => ({
    name,
    anchor: groupAnchor(name),
    rows: found.filter((spec) => spec.group === name).map(specRow),
  }));
  return {
    words: filters.words,
    found: found.length,
    total: catalogue.specs.length,
    groupCount: catalogue.groups.length,
    groups: shown.filter(({ rows }) => rows.length > 0),
    confidences: confidences.map((letter) => ({ letter, meaning: confidenceWords(letter) })),
    ...optionsFor(catalogue, filters),
    chosen: chosenFilters(catalogue, filters),
    kept: writeFilters({ ...filters, words: '' }).map(([name, value]) => ({ name, value })),
  };
}

/** A spec does not change, and every list shows many. */
const knownRows = new WeakMap<Spec, SpecRow>();

function specRow(spec: Spec): SpecRow {
  const row = knownRows.get(spec) ?? makeRow(spec);
  knownRows.set(spec, row);
  return row;
}

function makeRow(spec: Spec): SpecRow {
  const { width, height, safeArea, mask } = drawSpec(spec, rowDrawingSide);
  return {
    id: spec.id,
    name: spec.name,
    size: sizeWords(spec.widthPx, spec.heightPx),
    ratio: ratioWords(spec.widthPx, spec.heightPx),
    formats: formatWords(spec.formats),
    bytes: bytesWindowWords(spec.minBytes, spec.maxBytes),
    confidence: spec.confidence,
    isConfirmed: isConfirmed(spec),
    checkedOn: spec.checkedOn,
    checked: dateWords(spec.checkedOn),
    drawing: { width, height, safePath: safeArea && pathOf(safeArea), maskPath: mask && pathOf(mask) },
  };
}

function optionsFor({ specs, groups }: Catalogue, filters: SpecFilters) {
  const byWords = selectSpecs(specs, { ...noFilters, words: filters.words }); // once, not for each option
  /** The option that changes the filters so; `without` is what they are when it is taken back. */
  const option = (
    [label, meaning]: readonly [string, string],
    change: Partial<SpecFilters>,
    without: Partial<SpecFilters>,
  ): FilterOption => {
    const wanted = { ...filters, ...change };
    const isChosen = addressOf(wanted) === addressOf(filters);
    const count = selectSpecs(byWords, { ...wanted, words: '' }).length;
    const href = addressOf(isChosen ? { ...filters, ...without } : wanted);
    return { label, meaning, count, isChosen, href: count === 0 && !isChosen ? null : href };
  };
  return {
    groupOptions: [
      option(['All groups', ''], { group: null }, {}),
      ...groups.map((name) => option([name, ''], { group: groupAnchor(name) }, { group: null })),
    ],
    shapeOptions: shapes.map(({ name, label, meaning }) =>
      option([label, meaning], { shape: name }, { shape: null }),
    ),
    ruleOptions: [
      option([limitLabel, ''], { hasByteLimit: true }, { hasByteLimit: false }),
      option([confirmedLabel, 'A or B'], { onlyConfirmed: true }, { onlyConfirmed: false }),
    ],
  };
}

const limitLabel = 'With a byte limit';
const confirmedLabel = 'Confirmed only';

function chosenFilters(catalogue: Catalogue, filters: SpecFilters): ChosenFilter[] {
  const { words, group, shape, hasByteLimit, onlyConfirmed } = filters;
  const groupName = catalogue.groups.find((name) => groupAnchor(name) === group);
  const shapeLabel = shapes.find(({ name }) => name === shape)?.label;
  const on: { label: string; without: Partial<SpecFilters> }[] = [
    ...(words === '' ? [] : [{ label: `“${words}”`, without: { words: '' } }]),
    ...(groupName === undefined ? [] : [{ label: groupName, without: { group: null } }]),
    ...(shapeLabel === undefined ? [] : [{ label: shapeLabel, without: { shape: null } }]),
    ...(hasByteLimit ? [{ label: limitLabel, without: { hasByteLimit: false } }] : []),
    ...(onlyConfirmed ? [{ label: confirmedLabel, without: { onlyConfirmed: false } }] : []),
  ];
  return on.map(({ label, without }) => {
    const rest = { ...noFilters, ...filters, ...without };
    return { label, href: addressOf(rest), countWithout: selectSpecs(catalogue.specs, rest).length };
  });
}

function selectSpecs(specs: readonly Spec[], filters: SpecFilters): Spec[] {
  return specs.filter((spec) => matchesFilters(spec, filters));
}
