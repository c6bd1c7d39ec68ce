/** The rules table of /specs/:id: each rule in words, with its own sources, confidence and date. */
import { bandWords, headBands, paperSizeWords, pixelLimitWords } from './ruleWords.shared.ts';
import { paperSize } from './scale.ts';
import { isConfirmed, proofOf, type RuleName, ruleNames, type Spec } from './spec.shared.ts';
import {
  bytesWindowWords,
  confidenceWords,
  dateWords,
  formatWords,
  groupDigits,
  joinWith,
  maskWords,
  ratioWords,
  safeAreaWords,
  sizeWords,
  thin,
} from './words.shared.ts';

export interface Rule {
  rule: RuleName;
  term: string;
  /** The rule; one line, or one for each of its parts. */
  words: string[];
  /** What explains it, line by line. */
  more: string[];
  /** The colour that is meant, as #rrggbb; null: none. */
  colour: string | null;
}

export interface ProvenRule extends Rule {
  proof: {
    confidence: string;
    meaning: string;
    isConfirmed: boolean;
    /** Numbers of the sources, from 1. */
    sources: number[];
    checkedOn: string;
    checked: string;
  };
  /** What sources say differently about it; empty where they agree. */
  differ: { words: string; source: number | null }[];
  /** Whether one of two values can be called the stricter. */
  isLimit: boolean;
}

export function provenRules(spec: Spec): ProvenRule[] {
  return rulesOf(spec).map((rule) => {
    const { confidence, sources, checkedOn } = proofOf(spec, rule.rule);
    return {
      ...rule,
      proof: {
        confidence,
        meaning: confidenceWords(confidence),
        isConfirmed: isConfirmed({ confidence }),
        sources: sources.map((index) => index + 1),
        checkedOn,
        checked: dateWords(checkedOn),
      },
      isLimit: limits.includes(rule.rule),
      differ: spec.differ
        .filter((disagreement) => disagreement.rule === rule.rule)
        .flatMap(({ says }) =>
          says.map(({ words, source }) => ({ words, source: source === null ? null : source + 1 })),
        ),
    };
  });
}

const limits: readonly RuleName[] = ['bytes', 'pixels', 'safeArea', 'head'];

function rulesOf(spec: Spec): Rule[] {
  const found: Record<RuleName, Rule | null> = {
    size: sizeRule(spec),
    formats: formatsRule(spec),
    bytes: rule('bytes', 'File size', [fileSizeWords(spec)]),
    pixels: pixelsRule(spec),
    dpi: spec.dpi === null ? null : rule('dpi', 'Resolution', [`${spec.dpi}${thin}dpi`]),
    safeArea: safeAreaRule(spec),
    mask:
      spec.mask &&
      rule('mask', 'Mask', [`Shown as ${maskWords(spec.mask)}`], ['The corners of the file are not seen.']),
    derived: viewsRule(spec),
    background: spec.background && {
      ...rule('background', 'Background', [capitalise(spec.background.words)]),
      colour: spec.background.colour,
    },
    head: headRule(spec),
  };
  return ruleNames.flatMap((name) => found[name] ?? []);
}

function rule(name: RuleName, term: string, words: string[], more: string[] = []): Rule {
  return { rule: name, term, words, more, colour: null };
}

function sizeRule(spec: Spec): Rule {
  const { widthPx, heightPx } = spec;
  const paper = paperSize(spec);
  const more = [
    `Ratio ${ratioWords(widthPx, heightPx)}`,
    ...(paper === null ? [] : [`On paper ${paperSizeWords(paper)}`]),
  ];
  return rule('size', 'Size', [`${sizeWords(widthPx, heightPx)}${thin}px`], more);
}

function formatsRule({ formats, alsoTaken }: Spec): Rule {
  const others =
    alsoTaken.length === 0
      ? []
      : [
          `${joinWith('and', alsoTaken)} ${alsoTaken.length === 1 ? 'is' : 'are'} taken too; ` +
            `All Img Fit does not write ${alsoTaken.length === 1 ? 'it' : 'them'}.`,
        ];
  return rule('formats', formats.length > 1 ? 'Formats' : 'Format', [formatWords(formats)], others);
}

/** The window in round numbers and, because a limit is exact, in bytes. */
function fileSizeWords({ minBytes, maxBytes }: Spec): string {
  const words = capitalise(bytesWindowWords(minBytes, maxBytes));
  const exact = [minBytes, maxBytes].filter((bytes) => bytes !== null).map(groupDigits);
  return exact.length === 0 ? words : `${words} (${exact.join(' to ')} bytes)`;
}

function pixelsRule({ minPx, maxPx }: Spec): Rule | null {
  const ends = [
    { words: 'At least', limit: minPx },
    { words: 'At most', limit: maxPx },
  ].flatMap(({ words, limit }) => {
    const pixels = limit === null ? '' : pixelLimitWords(limit);
    return pixels === '' ? [] : [`${words} ${pixels}`];
  });
  return ends.length === 0 ? null : rule('pixels', 'Pixels taken', ends);
}

function safeAreaRule(spec: Spec): Rule | null {
  const { safeArea, widthPx, heightPx } = spec;
  if (safeArea === null) return null;
  const paper = paperSize(spec);
  const words = capitalise(safeAreaWords(safeArea, widthPx, heightPx));
  const inMm = paper === null ? [] : [`On paper ${safeAreaWords(safeArea, paper.width, paper.height, 'mm')}`];
  return rule('safeArea', 'Safe area', [words], [...inMm, 'The rest may be covered or cut.']);
}

function viewsRule({ derived, widthPx, heightPx }: Spec): Rule | null {
  if (derived.length === 0) return null;
  const views = derived.map(({ name, area, shownPx }) => {
    const size = sizeWords(Math.round(area.width * widthPx), Math.round(area.height * heightPx));
    return `${name}: ${size}${thin}px${shownPx === null ? '' : `, shown at ${shownPx}${thin}px`}`;
  });
  return rule('derived', 'Shown as', views);
}

function headRule(spec: Spec): Rule | null {
  const { head, widthPx, heightPx } = spec;
  if (head === null) return null;
  const paper = paperSize(spec);
  const bands = headBands(head).map(({ name, of, band }) => {
    const px = bandWords(band, of === 'height' ? heightPx : widthPx, 'px');
    const mm = paper && bandWords(band, paper[of], 'mm');
    return `${capitalise(name)}: ${[mm, bandWords(band), px].filter((words) => words !== null).join(', ')}`;
  });
  return rule('head', 'Head', [capitalise(head.words)], bands);
}

export function capitalise(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
