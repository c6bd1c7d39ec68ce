/** The files of an export with the verdict on each of their uses: for the tiles, the result's words and the receipt's view. */
import { judgeFinished } from '../../engine/receipt/receipt.ts';
import { type Verdict, type VerdictState, verdictStates, worstOf } from '../../engine/verdict.ts';
import type { ExportedFile, ExportResult } from '../exporter.ts';
import { focalPoint, planFile, type State } from '../state.ts';
import { type JudgedUse, wishOf } from '../verdictOnTile.ts';

export interface JudgedFile {
  file: ExportedFile;
  /** The worst of its uses. */
  state: VerdictState;
  uses: readonly (Verdict & { spec: ExportedFile['specs'][number] })[];
}

/** In the order of the export. */
export function judgeFiles({ files, head }: Pick<ExportResult, 'files' | 'head'>): JudgedFile[] {
  return files.map((file) => {
    const uses = file.specs.map((spec) => ({ spec, ...judgeFinished(file, spec, head.settings) }));
    return { file, uses, state: worstOf(uses.map(({ state }) => state)) };
  });
}

/** How many files are of each state, the worst first. */
export function countStates(judged: readonly JudgedFile[]): [VerdictState, number][] {
  const states = verdictStates.toReversed();
  return states.map((state) => [state, judged.filter((one) => one.state === state).length]);
}

/**
 * `state` with the verdicts on these files beside those that were there. `before`: the state that the files were made of; what a
 * person changed since is found by comparing with it.
 */
export function withVerdicts(
  state: State,
  judged: readonly JudgedFile[],
  { before, head }: { before: State; head: ExportResult['head'] },
): State {
  const all: Record<number, Record<string, JudgedUse>> = {};
  for (const { file, uses } of judged) {
    const photo = before.photos.find(({ id }) => id === file.photoId);
    if (!photo?.size) continue;
    const { id, size } = photo;
    const focal = focalPoint(before, photo);
    all[id] ??= { ...state.judged[id] };
    for (const { spec, state: worst, rows } of uses) {
      const wish = wishOf(before, planFile(before, { id, size, sight: photo.sight }, focal, spec));
      const count = rows.filter((row) => row.state === worst).length;
      all[id][spec.id] = { worst, count, wish, file, spec, settings: head.settings };
    }
  }
  return { ...state, judged: { ...state.judged, ...all } };
}
