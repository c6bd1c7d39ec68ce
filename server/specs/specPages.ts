/** What the two catalogue pages show, as plain data for their views. */
import type { Catalogue } from './catalogue.shared.ts';
import { type Drawing, drawSpec } from './drawing.shared.ts';
import { matchesQuery } from './search.shared.ts';
import type { Spec } from './spec.shared.ts';
import {
  bytesWindowWords,
  confidenceWords,
  countWords,
  dateWords,
  formatWords,
  maskWords,
  printedSizeWords,
  ratioWords,
  safeAreaWords,
  sizeWords,
  thin,
} from './words.shared.ts';

const rowDrawingSide = 32;
const pageDrawingSide = 440;

export interface SpecRow {
  id: string;
  name: string;
  size: string;
  ratio: string;
  formats: string;
  bytes: string;
  confidence: string;
  checkedOn: string;
  checked: string;
  drawing: Drawing;
}

export interface SpecList {
  query: string;
  found: number;
  total: number;
  groupCount: number;
  groups: { name: string; anchor: string; rows: SpecRow[] }[];
}

/** The catalogue by groups, or the part of it that matches the query; groups without a match are left out. */
export function listSpecs(catalogue: Catalogue, query: string): SpecList {
  const found = catalogue.specs.filter((spec) => matchesQuery(spec, query));
  const shown = catalogue.groups.map((name) => ({
    name,
    anchor: groupAnchor(name),
    rows: found.filter((spec) => spec.group === name).map(specRow),
  }));
  return {
    query,
    found: found.length,
    total: catalogue.specs.length,
    groupCount: catalogue.groups.length,
    groups: shown.filter(({ rows }) => rows.length > 0),
  };
}

/** The id of a group's heading on /specs: `ID photo` -> `id-photo`. */
function groupAnchor(group: string): string {
  return group.toLowerCase().replaceAll(' ', '-');
}

function specRow(spec: Spec): SpecRow {
  return {
    id: spec.id,
    name: spec.name,
    size: sizeWords(spec.widthPx, spec.heightPx),
    ratio: ratioWords(spec.widthPx, spec.heightPx),
    formats: formatWords(spec.formats),
    bytes: bytesWindowWords(spec.minBytes, spec.maxBytes),
    confidence: spec.confidence,
    checkedOn: spec.checkedOn,
    checked: dateWords(spec.checkedOn),
    drawing: drawSpec(spec, rowDrawingSide),
  };
}

export interface SpecPage extends SpecRow {
  group: string;
  anchor: string;
  widthPx: number;
  heightPx: number;
  rules: { term: string; words: string }[];
  note: string;
  sources: Spec['sources'];
  confidenceMeaning: string;
  version: number;
  /** Other specs of the same size in pixels: one file may serve them all. */
  sameSize: { id: string; words: string }[];
}

/** Everything that /specs/:id says. */
export function describeSpec(catalogue: Catalogue, spec: Spec): SpecPage {
  const isSameSize = (other: Spec) => other.widthPx === spec.widthPx && other.heightPx === spec.heightPx;
  return {
    ...specRow(spec),
    group: spec.group,
    anchor: groupAnchor(spec.group),
    widthPx: spec.widthPx,
    heightPx: spec.heightPx,
    drawing: drawSpec(spec, pageDrawingSide),
    rules: rulesOf(spec),
    note: spec.note,
    sources: spec.sources,
    confidenceMeaning: confidenceWords(spec.confidence),
    version: spec.version,
    sameSize: catalogue.specs
      .filter((other) => other.id !== spec.id && isSameSize(other))
      .map((other) => ({
        id: other.id,
        words: `${other.group}: ${other.name}`,
      })),
  };
}

function rulesOf(spec: Spec): SpecPage['rules'] {
  const { widthPx, heightPx, dpi, safeArea, mask, background } = spec;
  const rules = [
    { term: 'Size', words: `${sizeWords(widthPx, heightPx)}${thin}px` },
    { term: 'Ratio', words: ratioWords(widthPx, heightPx) },
    {
      term: spec.formats.length > 1 ? 'Formats' : 'Format',
      words: formatWords(spec.formats),
    },
    { term: 'File size', words: fileSizeWords(spec) },
  ];
  if (dpi !== null) {
    const printed = printedSizeWords(widthPx, heightPx, dpi);
    rules.push({
      term: 'Resolution',
      words: `${dpi}${thin}dpi, printed ${printed}`,
    });
  }
  if (safeArea !== null) {
    const area = capitalise(safeAreaWords(safeArea, widthPx, heightPx));
    rules.push({
      term: 'Safe area',
      words: `${area}. The rest may be covered or cut.`,
    });
  }
  if (mask !== null)
    rules.push({
      term: 'Mask',
      words: `Shown as ${maskWords(mask)}. The corners are not seen.`,
    });
  if (background !== null) rules.push({ term: 'Background', words: capitalise(background.words) });
  return rules;
}

/** The window in round numbers and, because a limit is exact, in bytes. */
function fileSizeWords({ minBytes, maxBytes }: Spec): string {
  const words = capitalise(bytesWindowWords(minBytes, maxBytes));
  const exact = [minBytes, maxBytes].filter((bytes) => bytes !== null).map(countWords);
  return exact.length === 0 ? words : `${words} (${exact.join(' to ')} bytes)`;
}

function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
