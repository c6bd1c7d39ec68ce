/** Reads a receipt back, from any text. */
import { type Fit, fitModes } from '../../../server/specs/fit.shared.ts';
import { largestSidePx } from '../../../server/specs/largestSide.shared.ts';
import { confidences, formats, formatWishes, ruleNames } from '../../../server/specs/spec.shared.ts';
import { boxKinds, type FocusBox } from '../focus/box.ts';
import { readableFormats } from '../headers/fileFacts.ts';
import { type JudgedRule, type JudgedSpec, type VerdictRow, verdictStates } from '../verdict.ts';
import { type Receipt, type ReceiptFile, type ReceiptPhoto, receiptVersion } from './receipt.ts';
import {
  fields,
  flag,
  kinds,
  list,
  named,
  number,
  oneOf,
  orNull,
  type Read,
  ShapeFault,
  text,
  whole,
} from './shapes.ts';

export type ParsedReceipt = { ok: true; receipt: Receipt } | { ok: false; reason: string };

/** Never throws. `reason` is a sentence that says where the text is no receipt. */
export function parseReceipt(json: string): ParsedReceipt {
  try {
    const value: unknown = JSON.parse(json.replace(/^\ufeff/, ''));
    const version = (value as { allImgFitReceipt?: unknown } | null)?.allImgFitReceipt;
    if (typeof version === 'number' && version > receiptVersion) {
      return refuse(`It was written by a newer All Img Fit (receipt version ${version}).`);
    }
    const receipt = readReceipt(value, '');
    return checkReferences(receipt);
  } catch (error) {
    if (error instanceof SyntaxError) return refuse('It is not JSON.');
    if (error instanceof ShapeFault) return refuse(`It is not a receipt of All Img Fit: ${error.message}.`);
    throw error;
  }
}

function refuse(reason: string): ParsedReceipt {
  return { ok: false, reason };
}

/** What the files name has to be there. */
function checkReferences(receipt: Receipt): ParsedReceipt {
  const ids = new Set(receipt.specs.map(({ id }) => id));
  for (const { name, photo, specIds } of receipt.files) {
    const stray = specIds.find((id) => !ids.has(id));
    if (stray !== undefined) return refuse(`Its file ${name} is for ${stray}, which it does not describe.`);
    if (!receipt.photos[photo]) return refuse(`Its file ${name} is of a photo that it does not name.`);
  }
  return { ok: true, receipt };
}

const px = whole(1, 1_000_000);
/** Of a file that can be made. */
const side = whole(1, largestSidePx);
const bytes = whole(0);
const sha256: Read<string> = (value, path) => {
  const read = text(64)(value, path);
  if (!/^[0-9a-f]{64}$/.test(read)) throw new ShapeFault(`${path} is not a SHA-256`);
  return read;
};
const hexColour: Read<string> = (value, path) => {
  const read = text(7)(value, path);
  if (!/^#[0-9a-f]{6}$/.test(read)) throw new ShapeFault(`${path} is not a colour`);
  return read;
};
const size = fields({ width: px, height: px });
const rect = fields({ x: number(), y: number(), width: number(), height: number() });
const share = number(0, 1);
const quality = whole(1, 100);
const proof = fields({
  sources: list(whole(0, 100), 100),
  confidence: oneOf(confidences),
  checkedOn: text(40),
});
const pixelLimit = fields({ widthPx: orNull(px), heightPx: orNull(px), longestPx: orNull(px) });

const judgedSpec: Read<JudgedSpec> = fields<JudgedSpec>({
  id: text(100),
  group: text(),
  name: text(),
  version: whole(0),
  sizing: kinds<JudgedSpec['sizing']>('kind', {
    fixed: fields({ kind: oneOf(['fixed']) }),
    ratio: fields({ kind: oneOf(['ratio']) }),
    longest: fields({ kind: oneOf(['longest']) }),
    percent: fields({ kind: oneOf(['percent']), percent: number(0, 100) }),
  }),
  widthPx: side,
  heightPx: side,
  formats: list(oneOf(formats), 20),
  alsoTaken: list(text(100), 50),
  minBytes: orNull(bytes),
  maxBytes: orNull(bytes),
  minPx: orNull(pixelLimit),
  maxPx: orNull(pixelLimit),
  dpi: orNull(number(1, 10_000)),
  background: orNull(fields({ words: text(), colour: orNull(text(20)) })),
  sources: list(fields({ text: text(), url: orNull(text(2000)) }), 100),
  confidence: oneOf(confidences),
  checkedOn: text(40),
  proofs: (value, path) => onlyRules(named(proof, 50)(value, path)),
});

/** Leaves out what is no rule's name. */
function onlyRules<T>(proofs: Record<string, T>): Partial<Record<(typeof ruleNames)[number], T>> {
  return Object.fromEntries(ruleNames.flatMap((rule) => (proofs[rule] ? [[rule, proofs[rule]]] : [])));
}

const judgedRules: readonly JudgedRule[] = [
  'size',
  'pixels',
  'formats',
  'bytes',
  'dpi',
  'background',
  'whole',
  'enlarged',
  'profile',
  'orientation',
  'metadata',
];

const verdictRow: Read<VerdictRow> = fields<VerdictRow>({
  rule: oneOf(judgedRules),
  state: oneOf(verdictStates),
  words: text(),
  wanted: orNull(text()),
  found: text(),
  source: orNull(fields({ text: text(), url: orNull(text(2000)) })),
  confidence: orNull(oneOf(confidences)),
  checkedOn: orNull(text(40)),
});

const mostFiles = 1_000_000;
/** Each becomes a tile on the wall. */
const mostSpecs = 500;

/** Of one photo; far more than detection finds. */
const mostBoxes = 500;

/** New marks are numbered on from the ids of those that are there. */
const drawnId: Read<string> = (value, path) => {
  const read = text(20)(value, path);
  if (!/^mine-[0-9]{1,9}$/.test(read)) throw new ShapeFault(`${path} is not the id of a mark`);
  return read;
};

const drawnBox: Read<FocusBox> = fields<FocusBox>({
  id: drawnId,
  kind: oneOf(boxKinds),
  label: text(100),
  box: fields({ x: share, y: share, width: share, height: share }),
  score: share,
  weight: share,
  source: oneOf(['manual']),
  enabled: flag,
});

const photo: Read<ReceiptPhoto> = fields<ReceiptPhoto>({
  name: text(),
  bytes,
  sha256: orNull(sha256),
  size,
  focal: orNull(fields({ x: share, y: share })),
  pinned: named(fields({ x: share, y: share, zoom: number(1, 100) }), 1000),
  switchedOff: list(text(100), mostBoxes),
  drawn: list(drawnBox, mostBoxes),
});

const file: Read<ReceiptFile> = fields<ReceiptFile>({
  name: text(),
  photo: whole(0),
  specIds: list(text(100), 1000),
  crop: rect,
  target: rect,
  output: size,
  enlargement: number(0, 1e6),
  format: oneOf(readableFormats),
  encoder: text(100),
  quality: orNull(quality),
  bytes,
  sha256,
  verdicts: list(
    fields({ specId: text(100), state: oneOf(verdictStates), rows: list(verdictRow, 50) }),
    1000,
  ),
});

const fit: Read<Fit> = fields<Fit>({
  mode: oneOf(fitModes),
  enlarge: flag,
  background: kinds<Fit['background']>('kind', {
    colour: fields({ kind: oneOf(['colour']), colour: hexColour }),
    transparent: fields({ kind: oneOf(['transparent']) }),
    blur: fields({ kind: oneOf(['blur']) }),
  }),
});

const readReceipt: Read<Receipt> = fields<Receipt>({
  allImgFitReceipt: oneOf([receiptVersion]),
  madeAt: text(40),
  madeBy: text(100),
  settings: fields<Receipt['settings']>({
    fit,
    fitBySpec: named(fit, 1000),
    format: oneOf(formatWishes),
    quality,
    template: text(),
    kept: fields({ copyright: flag, date: flag, profile: flag, place: flag }),
  }),
  photos: list(photo, mostFiles),
  specs: list(judgedSpec, mostSpecs),
  files: list(file, mostFiles),
});
