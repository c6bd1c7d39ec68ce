/** What has changed in a spec since one of its earlier versions, in words: "max 2 MB, was 5 MB". */
import { bandWords, headBands, pixelLimitWords, viewWords } from './ruleWords.shared.ts';
import { isSameValue } from './sameValue.shared.ts';
import type { HeadRule, PixelLimit, RuleName, Spec, SpecRules } from './spec.shared.ts';
import {
  formatChoiceWords,
  groupDigits,
  leastBytesWords,
  maskWords,
  mostBytesWords,
  safeAreaWords,
  sizeWords,
  thin,
} from './words.shared.ts';

export interface Change {
  rule: RuleName;
  /** The whole change: `max 2 MB, was 5 MB`. */
  words: string;
  /** `max 2 MB` */
  now: string;
  /** `5 MB`; never the same as in `now`. */
  was: string;
}

/** What changed rule by rule from `version` to today; `[]` for today's version and for one that the spec never had. */
export function changesSince(spec: Spec, version: number): Change[] {
  const then = rulesAt(spec, version);
  return then === null ? [] : compareRules(then, spec);
}

export interface HistoryEntry {
  /** The version that came. */
  version: number;
  /** ISO date on which it came. */
  on: string;
  changes: Change[];
}

/** Every recorded change of the spec, newest first. */
export function historyOf(spec: Spec): HistoryEntry[] {
  return spec.earlier.map(({ version, until }, index) => {
    const next = spec.earlier[index - 1]?.version ?? spec.version;
    const [before, after] = [rulesAt(spec, version), rulesAt(spec, next)];
    return { version: next, on: until, changes: before && after ? compareRules(before, after) : [] };
  });
}

/** The newest day on which a rule was read or changed, as an ISO date. */
export function lastChangedOn({ checkedOn, proofs, earlier }: Spec): string {
  const days = [
    ...Object.values(proofs).map((proof) => proof.checkedOn),
    ...earlier.map(({ until }) => until),
  ];
  return days.reduce((newest, day) => (day > newest ? day : newest), checkedOn);
}

/** The rules as they were in that version; null for a version that is not recorded. */
export function rulesAt(spec: Spec, version: number): SpecRules | null {
  if (version === spec.version) return spec;
  if (!spec.earlier.some((entry) => entry.version === version)) return null;
  let rules: SpecRules = spec;
  for (const entry of spec.earlier) if (entry.version >= version) rules = { ...rules, ...entry.rules };
  return rules;
}

/** One rule before and after: what stands before the value, and the value in words, null for none. */
interface Line {
  rule: RuleName;
  label: string;
  before: string | null;
  after: string | null;
  /** How to say that there is none. */
  none: string;
}

function compareRules(before: SpecRules, after: SpecRules): Change[] {
  return [
    ...compareSize(before, after),
    ...compareBytes(before, after),
    ...comparePixels(before, after),
    ...compareShown(before, after),
    ...compareHeads(before.head, after.head),
  ].map(toChange);
}

function compareSize(before: SpecRules, after: SpecRules): Line[] {
  const lines: Line[] = [];
  const size = ({ widthPx, heightPx }: SpecRules) => `${sizeWords(widthPx, heightPx)}${thin}px`;
  if (size(before) !== size(after))
    lines.push({ rule: 'size', label: '', before: size(before), after: size(after), none: '' });
  const formats = (rules: SpecRules) => formatChoiceWords(rules.formats);
  if (!isSameValue(before.formats, after.formats))
    lines.push({ rule: 'formats', label: '', before: formats(before), after: formats(after), none: '' });
  return lines;
}

function compareBytes(before: SpecRules, after: SpecRules): Line[] {
  const ends = [
    { label: 'min', write: leastBytesWords, was: before.minBytes, now: after.minBytes },
    { label: 'max', write: mostBytesWords, was: before.maxBytes, now: after.maxBytes },
  ];
  return ends
    .filter(({ was, now }) => was !== now)
    .map(({ label, write, was, now }) => {
      // Rounding to three digits may hide a small change.
      const isHidden = was !== null && now !== null && write(was) === write(now);
      const words = isHidden ? (bytes: number) => `${groupDigits(bytes)}${thin}bytes` : write;
      return {
        rule: 'bytes' as const,
        label,
        before: was === null ? null : words(was),
        after: now === null ? null : words(now),
        none: 'unknown',
      };
    });
}

function comparePixels(before: SpecRules, after: SpecRules): Line[] {
  const words = (limit: PixelLimit | null) => (limit === null ? null : pixelLimitWords(limit) || null);
  const dpi = (value: number | null) => (value === null ? null : `${value}${thin}dpi`);
  const line = (rule: RuleName, label: string, was: string | null, now: string | null): Line[] =>
    was === now ? [] : [{ rule, label, before: was, after: now, none: label === '' ? 'no dpi' : 'unknown' }];
  return [
    ...line('pixels', 'at least', words(before.minPx), words(after.minPx)),
    ...line('pixels', 'at most', words(before.maxPx), words(after.maxPx)),
    ...line('dpi', '', dpi(before.dpi), dpi(after.dpi)),
  ];
}

/** What the place shows of the file: safe area, mask, views, background. Pixels are those of the size at that time. */
function compareShown(before: SpecRules, after: SpecRules): Line[] {
  const shown: {
    rule: 'safeArea' | 'mask' | 'derived' | 'background';
    label: string;
    none: string;
    write: Write;
  }[] = [
    { rule: 'safeArea', label: 'safe area', none: 'none', write: writeSafeArea },
    { rule: 'mask', label: 'shown as', none: 'a rectangle', write: ({ mask }) => mask && maskWords(mask) },
    { rule: 'derived', label: 'views', none: 'none known', write: writeViews },
    { rule: 'background', label: 'background', none: noRule, write: writeBackground },
  ];
  return shown
    .filter(({ rule }) => !isSameValue(before[rule], after[rule]))
    .map(({ write, ...line }) => ({ ...line, before: write(before), after: write(after) }));
}

type Write = (rules: SpecRules) => string | null;
const noRule = 'without a rule';

const writeSafeArea: Write = ({ safeArea, widthPx, heightPx }) =>
  safeArea && safeAreaWords(safeArea, widthPx, heightPx);
const writeViews: Write = ({ derived, widthPx, heightPx }) =>
  derived.map((view) => viewWords(view, widthPx, heightPx)).join('; ') || null;
const writeBackground: Write = ({ background }) =>
  background && `${background.words}${background.colour === null ? '' : ` (${background.colour})`}`;

function compareHeads(before: HeadRule | null, after: HeadRule | null): Line[] {
  if (isSameValue(before, after)) return [];
  const lines: Line[] = [];
  const bands = (head: HeadRule | null) =>
    head &&
    (headBands(head)
      .map(({ name, band }) => `${name} ${bandWords(band)}`)
      .join('; ') ||
      head.words);
  const isSameWords = before?.words === after?.words;
  const write = isSameWords ? bands : (head: HeadRule | null) => head?.words ?? null;
  if (!isSameWords || bands(before) !== bands(after))
    lines.push({ rule: 'head', label: 'head', none: noRule, before: write(before), after: write(after) });
  const crop = (head: HeadRule | null) => (head?.mayCrop === false ? 'not allowed' : 'allowed');
  if (crop(before) !== crop(after))
    lines.push({ rule: 'head', label: 'cropping', none: '', before: crop(before), after: crop(after) });
  return lines;
}

function toChange({ rule, label, before, after, none }: Line): Change {
  const now = [label, after ?? none].filter((part) => part !== '').join(' ');
  // Values may differ by less than the words can say.
  const was = before === after ? 'slightly different' : (before ?? none);
  return { rule, words: `${now}, was ${was}`, now, was };
}
