/** The receipt of an export, `manifest.json` beside the files: what was made of what, by which rules, and how it was judged. */
import type { Fit } from '../../../server/specs/fit.shared.ts';
import type { FormatWish } from '../../../server/specs/spec.shared.ts';
import type { Measure } from '../byteLadder.ts';
import type { DrawPlan, PinnedCrop } from '../drawPlan.ts';
import type { FocusBox } from '../focus/box.ts';
import type { Point, Rect, Size } from '../geometry.ts';
import type { FileFacts, ReadableFormat } from '../headers/fileFacts.ts';
import {
  type JudgedSpec,
  judge,
  type KeptMetadata,
  type Making,
  type Verdict,
  type VerdictRow,
  type VerdictState,
} from '../verdict.ts';

export const receiptName = 'manifest.json';

/** Counted up when a reader of an older one could misunderstand. */
export const receiptVersion = 1;

export interface Receipt {
  allImgFitReceipt: typeof receiptVersion;
  /** ISO date and time. */
  madeAt: string;
  /** `All Img Fit 0.1.0` */
  madeBy: string;
  settings: ReceiptSettings;
  photos: readonly ReceiptPhoto[];
  /** The rules as they were, so that the files can be checked by the receipt alone. */
  specs: readonly JudgedSpec[];
  files: readonly ReceiptFile[];
}

/** How the wall stood: with the photos, enough to open the job again. */
export interface ReceiptSettings {
  fit: Fit;
  /** Exceptions from it, by spec id. */
  fitBySpec: Readonly<Record<string, Fit>>;
  format: FormatWish;
  /** 1..100 */
  quality: number;
  template: string;
  kept: KeptMetadata;
}

export interface ReceiptPhoto {
  name: string;
  bytes: number;
  /** Of the file as it was added, in hexadecimal; null where it was not counted. */
  sha256: string | null;
  /** After its orientation. */
  size: Size;
  /** Set by hand; null: what is found in the photo decides, as it does each time the file is looked at. */
  focal: Point | null;
  /** Crops of its own, by spec id. */
  pinned: Readonly<Record<string, PinnedCrop>>;
  /** Ids of boxes that were found or drawn and did not count; the same file has the same ids again. */
  switchedOff: readonly string[];
  /** Boxes of the person's own. */
  drawn: readonly FocusBox[];
}

export interface ReceiptFile {
  name: string;
  /** Place in `photos`, from 0. */
  photo: number;
  /** Ids in `specs`: more than one where a file serves several. */
  specIds: readonly string[];
  /** In pixels of the photo. */
  crop: Rect;
  /** Where it was drawn, in pixels of the file. */
  target: Rect;
  output: Size;
  /** Over 1 the photo was enlarged. */
  enlargement: number;
  format: ReadableFormat;
  encoder: string;
  /** 1..100; null for formats without one. */
  quality: number | null;
  bytes: number;
  sha256: string;
  verdicts: readonly ReceiptVerdict[];
}

export interface ReceiptVerdict {
  specId: string;
  state: VerdictState;
  rows: readonly VerdictRow[];
}

/** A file that was made, as the export knows it. */
export interface FinishedFile {
  name: string;
  photo: number;
  specs: readonly JudgedSpec[];
  plan: DrawPlan;
  /** The plan's, or another where the byte window asked for it. */
  output: Size;
  format: ReadableFormat;
  encoder: string;
  quality: number | null;
  /** What it took beside quality to land in the byte window. */
  measures: readonly Measure[];
  /** Read from its bytes; null where they could not be read. */
  facts: FileFacts | null;
  bytes: number;
  sha256: string;
}

/** `specs`: of the whole job, in the order of the wall, also of files that could not be made. */
export type ReceiptHead = Omit<Receipt, 'allImgFitReceipt' | 'specs' | 'files'> & {
  specs: readonly JudgedSpec[];
};

/** Judges every file for every spec that it is for. */
export function makeReceipt({ specs, ...head }: ReceiptHead, finished: readonly FinishedFile[]): Receipt {
  const files = finished.map((file): ReceiptFile => {
    const { name, photo, plan, output, format, encoder, quality, bytes, sha256 } = file;
    return {
      name,
      photo,
      specIds: file.specs.map(({ id }) => id),
      crop: plan.source,
      target: targetAt(plan, output),
      output,
      enlargement: makingOf(file, head.settings).enlargement,
      format,
      encoder,
      quality,
      bytes,
      sha256,
      verdicts: file.specs.map((spec) => ({ specId: spec.id, ...judgeFinished(file, spec, head.settings) })),
    };
  });
  return { allImgFitReceipt: receiptVersion, ...head, specs: specs.map(judgedPart), files };
}

/** The verdict on one use of a file. */
export function judgeFinished(
  file: FinishedFile,
  spec: JudgedSpec,
  settings: Pick<ReceiptSettings, 'format' | 'kept'>,
): Verdict {
  return judge(file.facts, spec, makingOf(file, settings));
}

function makingOf(
  { plan, output, quality, measures }: FinishedFile,
  { format, kept }: Pick<ReceiptSettings, 'format' | 'kept'>,
): Making {
  const enlargement = (plan.enlargement * output.width) / plan.output.width;
  return { output, enlargement, wish: format, kept, tried: { quality, measures, planned: plan.output } };
}

/** Where the photo lies in a file of another size than the plan's. */
function targetAt({ target, output: planned }: DrawPlan, output: Size): Rect {
  const across = output.width / planned.width;
  const down = output.height / planned.height;
  return {
    x: Math.round(target.x * across),
    y: Math.round(target.y * down),
    width: Math.round(target.width * across),
    height: Math.round(target.height * down),
  };
}

/** For people to read as well. */
export function writeReceipt(receipt: Receipt): string {
  return `${JSON.stringify(receipt, null, 2)}\n`;
}

/** Nothing but what is judged: a spec has much more. */
function judgedPart(spec: JudgedSpec): JudgedSpec {
  const { id, group, name, version, sizing, widthPx, heightPx, formats, alsoTaken } = spec;
  const { minBytes, maxBytes, minPx, maxPx, dpi, background } = spec;
  const { sources, confidence, checkedOn, proofs } = spec;
  return {
    id,
    group,
    name,
    version,
    sizing,
    widthPx,
    heightPx,
    formats,
    alsoTaken,
    minBytes,
    maxBytes,
    minPx,
    maxPx,
    dpi,
    background,
    sources,
    confidence,
    checkedOn,
    proofs,
  };
}
