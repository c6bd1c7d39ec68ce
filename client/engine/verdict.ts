/** The verdict on a finished file: its facts held against its spec's rules, each with where the rule was read and when. */
import {
  type Confidence,
  isConfirmed,
  proofOf,
  type RuleName,
  type Spec,
} from '../../server/specs/spec.shared.ts';
import type { Measure } from './byteLadder.ts';
import type { Size } from './geometry.ts';
import type { FileFacts, ReadableFormat } from './headers/fileFacts.ts';
import { promiseFindings, unreadable } from './verdictPromises.ts';
import { ruleFindings } from './verdictRules.ts';

/** What of a spec a verdict looks at; a receipt keeps just this much. */
export type JudgedSpec = Pick<
  Spec,
  | 'id'
  | 'group'
  | 'name'
  | 'version'
  | 'sizing'
  | 'widthPx'
  | 'heightPx'
  | 'formats'
  | 'alsoTaken'
  | 'minBytes'
  | 'maxBytes'
  | 'minPx'
  | 'maxPx'
  | 'dpi'
  | 'background'
  | 'sources'
  | 'confidence'
  | 'checkedOn'
  | 'proofs'
>;

/** Which metadata the person chose to keep; everything else is taken out. */
export interface KeptMetadata {
  /** The notice and the artist's name. */
  copyright: boolean;
  date: boolean;
  /** The colours' own profile instead of sRGB. */
  profile: boolean;
  /** Never without being asked for. */
  place: boolean;
}

export const keepNothing: KeptMetadata = { copyright: false, date: false, profile: false, place: false };

/** How the file was made: what its bytes alone cannot tell. */
export interface Making {
  /** The size of the draw plan; null where that is not known. */
  output: Size | null;
  /** Of the draw plan: over 1 the photo was enlarged. */
  enlargement: number;
  /** The format that the person wished for; `auto`: as each spec asks. */
  wish: ReadableFormat | 'auto';
  kept: KeptMetadata;
  /** What was tried for the byte window; null where that is not known. */
  tried: Tried | null;
}

/** How far an export went to land in a byte window. */
export interface Tried {
  /** 1..100; null for formats without one. */
  quality: number | null;
  measures: readonly Measure[];
  /** The size of the draw plan, which the file may have had to leave. */
  planned: Size;
}

/** For a file of which nothing more is known than its bytes. */
export const unknownMaking: Making = {
  output: null,
  enlargement: 1,
  wish: 'auto',
  kept: keepNothing,
  tried: null,
};

/** Green: kept. Amber: kept, and there is something to know. Red: broken. */
export const verdictStates = ['green', 'amber', 'red'] as const;
export type VerdictState = (typeof verdictStates)[number];

/** Green where there are none. */
export function worstOf(states: readonly VerdictState[]): VerdictState {
  return verdictStates.findLast((state) => states.includes(state)) ?? 'green';
}

/** Rules of the place that a header can answer, and what we promise of every file. */
export type JudgedRule =
  | Extract<RuleName, 'size' | 'pixels' | 'formats' | 'bytes' | 'dpi' | 'background'>
  | 'whole'
  | 'enlarged'
  | 'profile'
  | 'orientation'
  | 'metadata';

/** What one rule comes to. */
export interface Finding {
  rule: JudgedRule;
  state: VerdictState;
  /** A sentence for the person. */
  words: string;
  /** In short, for a table; null where nothing is asked for. */
  wanted: string | null;
  found: string;
}

export interface VerdictRow extends Finding {
  /** Where the rule was read; null for what we promise, and for a person's own size. */
  source: { text: string; url: string | null } | null;
  confidence: Confidence | null;
  /** ISO date on which the source was read. */
  checkedOn: string | null;
}

export interface Verdict {
  /** The worst of its rows. */
  state: VerdictState;
  /** The worst first, else in the order of the rules. */
  rows: readonly VerdictRow[];
}

/** `facts`: null where the bytes could not be read as one of the formats. */
export function judge(facts: FileFacts | null, spec: JudgedSpec, making: Making = unknownMaking): Verdict {
  const findings = facts
    ? [...ruleFindings(facts, spec, making), ...promiseFindings(facts, making)]
    : [unreadable];
  const rows = findings.map((finding) => withProof(finding, spec));
  rows.sort((a, b) => verdictStates.indexOf(b.state) - verdictStates.indexOf(a.state));
  return { state: rows[0]?.state ?? 'green', rows };
}

const sourcedRules: readonly RuleName[] = ['size', 'pixels', 'formats', 'bytes', 'dpi', 'background'];

/** Adds where the rule was read; a rule that is kept but unconfirmed is something to know. */
function withProof(finding: Finding, spec: JudgedSpec): VerdictRow {
  const rule = sourcedRules.find((name) => name === finding.rule);
  // A person's own size has no sources: what they wrote is the rule.
  if (!rule || finding.wanted === null || spec.sources.length === 0) {
    return { ...finding, source: null, confidence: null, checkedOn: null };
  }
  const { sources, confidence, checkedOn } = proofOf(spec, rule);
  const source = spec.sources[sources[0] ?? -1] ?? null;
  const row = { ...finding, source, confidence, checkedOn };
  if (isConfirmed({ confidence })) return row;
  return {
    ...row,
    state: row.state === 'green' ? 'amber' : row.state,
    words: `${row.words} This rule is unconfirmed.`,
  };
}
