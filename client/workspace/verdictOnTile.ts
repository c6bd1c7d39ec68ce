/** What a tile says of the file that was last made of it: its verdict, and whether it would be made otherwise now. */
import { countWords } from '../../server/specs/words.shared.ts';
import type { ReceiptSettings } from '../engine/receipt/receipt.ts';
import type { VerdictState } from '../engine/verdict.ts';
import type { ExportedFile } from './exporter.ts';
import { exportSettingsOf, type PlannedFile, type State } from './state.ts';

/** The verdict on one photo's file for one spec. */
export interface JudgedUse {
  worst: VerdictState;
  /** How many rules came to just that. */
  count: number;
  /** What was wished for when the file was made, see `wishOf`. */
  wish: string;
  file: ExportedFile;
  spec: ExportedFile['specs'][number];
  settings: Pick<ReceiptSettings, 'format' | 'kept'>;
}

/** By photo id and spec id. */
export type Judged = Readonly<Record<number, Readonly<Record<string, JudgedUse>>>>;

/** Alike as long as an export would make the very same file; names do not matter. */
export function wishOf(state: State, { spec, plan, format }: PlannedFile): string {
  const { template: _names, format: _wish, quality, ...making } = exportSettingsOf(state);
  const hasQuality = format !== 'png' && format !== 'ico';
  return JSON.stringify([plan, format, hasQuality ? (spec.quality ?? quality) : null, making]);
}

/** `isFormer`: focus, fit, settings or the spec itself have changed since the file was made. */
export interface TileVerdict {
  use: JudgedUse;
  isFormer: boolean;
}

/** null where no file of the photo was made for the spec yet. */
export function verdictOf(state: State, photoId: number, file: PlannedFile): TileVerdict | null {
  const use = state.judged[photoId]?.[file.spec.id];
  if (!use) return null;
  return { use, isFormer: use.spec !== file.spec || use.wish !== wishOf(state, file) };
}

/** `Keeps all rules`, `2 remarks`, `1 rule broken`. */
export function verdictWords({ worst, count }: Pick<JudgedUse, 'worst' | 'count'>): string {
  if (worst === 'red') return `${countWords(count, 'rule')} broken`;
  return worst === 'amber' ? countWords(count, 'remark') : 'Keeps all rules';
}

/** A verdict belongs to the file that it was judged from. */
export function tileVerdictWords({ use, isFormer }: TileVerdict): string {
  const words = verdictWords(use);
  return isFormer ? `Former file: ${words.charAt(0).toLowerCase()}${words.slice(1)}` : words;
}
