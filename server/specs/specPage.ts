/** What /specs/:id shows, as plain data for its view. */
import type { Catalogue } from './catalogue.shared.ts';
import type { Drawing } from './drawing.shared.ts';
import { drawPlate, type Plate } from './plate.ts';
import { ruleNameWords } from './ruleWords.shared.ts';
import { confidences, isConfirmed, type Spec } from './spec.shared.ts';
import { historyOf } from './specChanges.shared.ts';
import { groupAnchor } from './specFilters.ts';
import { capitalise, type ProvenRule, provenRules } from './specRules.ts';
import { drawOnPaper, drawViewStrip, type ViewStrip } from './viewStrip.ts';
import { confidenceWords, dateWords, joinWith } from './words.shared.ts';

export interface SpecPage {
  id: string;
  group: string;
  anchor: string;
  name: string;
  /** At two scales, of which a window shows the one it has room for. */
  plates: Plate[];
  /** What the drawing shows, for those who don't see it. */
  drawingWords: string;
  key: { name: string; words: string }[];
  strip: ViewStrip | null;
  /** An ID photo as large as it is; null where the plate already is that large. */
  onPaper: Drawing | null;
  /** Whether narrow windows have it as their plate, so that only wide ones need it. */
  isOnPaperForWide: boolean;
  rules: ProvenRule[];
  note: string;
  sources: { text: string; url: string | null; host: string | null }[];
  confidences: { letter: string; meaning: string }[];
  /** null for a confirmed spec. */
  unconfirmed: { letter: string; meaning: string; rules: string } | null;
  /** true: the place wants the photo as it was taken. */
  isCropForbidden: boolean;
  version: number;
  history: { version: number; on: string; date: string; changes: string[] }[];
  /** Other specs of the same size in pixels: one file may serve them all. */
  sameSize: { id: string; words: string }[];
}

/** Everything that /specs/:id says. */
export function describeSpec(catalogue: Catalogue, spec: Spec): SpecPage {
  const isSameSize = (other: Spec) => other.widthPx === spec.widthPx && other.heightPx === spec.heightPx;
  const [large, small] = [drawPlate(spec, 'large'), drawPlate(spec, 'small')];
  const rules = provenRules(spec);
  return {
    id: spec.id,
    group: spec.group,
    anchor: groupAnchor(spec.group),
    name: spec.name,
    plates: [large, small],
    drawingWords: `Drawing: ${rules
      .filter(({ rule }) => drawn.includes(rule))
      .map(({ term, words }) => `${term} ${words.join(', ')}`)
      .join('; ')}`,
    key: keyOf(spec, large),
    strip: drawViewStrip(spec),
    onPaper: isTrueSize(large) ? null : drawOnPaper(spec),
    isOnPaperForWide: isTrueSize(small),
    rules,
    note: spec.note,
    sources: spec.sources.map(({ text, url }) => ({
      text,
      url,
      host: url && new URL(url).hostname.replace(/^www\./, ''),
    })),
    confidences: confidences.map((letter) => ({ letter, meaning: confidenceWords(letter) })),
    unconfirmed: isConfirmed(spec) ? null : describeDoubt(spec, rules),
    isCropForbidden: spec.head?.mayCrop === false,
    version: spec.version,
    history: historyOf(spec).map(({ version, on, changes }) => ({
      version,
      on,
      date: dateWords(on),
      changes: changes.map(({ words }) => capitalise(words)),
    })),
    sameSize: catalogue.specs
      .filter((other) => other.id !== spec.id && isSameSize(other))
      .map((other) => ({ id: other.id, words: `${other.group}: ${other.name}` })),
  };
}

function isTrueSize({ scale }: Plate): boolean {
  return scale.startsWith('1:1,');
}

const drawn: readonly string[] = ['size', 'safeArea', 'mask', 'derived', 'head'];

/** What the strokes of the drawing mean; `name` is a class in spec.css. */
function keyOf(spec: Spec, plate: Plate): SpecPage['key'] {
  const { safeArea, mask } = spec;
  return [
    safeArea && { name: 'safe', words: 'safe area' },
    mask && { name: 'mask', words: 'mask' },
    (safeArea || mask) && { name: 'unsafe', words: 'may be covered or cut' },
    plate.views.length > 0 ? { name: 'view', words: 'also shown alone, see below' } : null,
    plate.head && { name: 'band', words: 'where the line has to be' },
    plate.head?.example
      ? {
          name: 'head',
          words: plate.head.isPlaceFree ? 'example of a head; its place is free' : 'example of a head',
        }
      : null,
  ].flatMap((entry) => entry || []);
}

function describeDoubt(spec: Spec, rules: ProvenRule[]): SpecPage['unconfirmed'] {
  const doubtful = rules.filter(({ proof }) => !proof.isConfirmed).map(({ rule }) => ruleNameWords(rule));
  const isAll = doubtful.length === rules.length || doubtful.length === 0;
  return {
    letter: spec.confidence,
    meaning: confidenceWords(spec.confidence).replace(/^unconfirmed: /, ''),
    rules: isAll ? 'all rules' : joinWith('and', doubtful),
  };
}
