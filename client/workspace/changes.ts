/** The changes a person makes, as pure functions from State to State. */

import type { CustomSize, ExportSettings } from '../../server/presets/preset.shared.ts';
import type { Fit } from '../../server/specs/fit.shared.ts';
import type { PinnedCrop } from '../engine/drawPlan.ts';
import type { FocusBox } from '../engine/focus/box.ts';
import type { Point } from '../engine/geometry.ts';
import {
  type Edits,
  editsOf,
  type FittedSpec,
  isSameFit,
  type Photo,
  type PhotoEdits,
  type Settings,
  type State,
  usualFit,
} from './state.ts';

export function addPhoto(state: State, photo: Photo): State {
  return { ...state, photos: [...state.photos, photo], currentId: state.currentId ?? photo.id };
}

/** Fills in what was learnt of a photo; a photo that was removed meanwhile stays removed. */
export function learn(state: State, photoId: number, facts: Partial<Photo>): State {
  const photos = state.photos.map((photo) => (photo.id === photoId ? { ...photo, ...facts } : photo));
  return { ...state, photos };
}

/** Detection has to look again; points set by hand and drawn boxes stay. */
export function forgetFound(state: State): State {
  return { ...state, photos: state.photos.map((photo) => ({ ...photo, found: null, sight: null })) };
}

export function removePhoto(state: State, photoId: number): State {
  const index = state.photos.findIndex((photo) => photo.id === photoId);
  const photos = state.photos.filter((photo) => photo.id !== photoId);
  const next = photos[Math.min(index, photos.length - 1)]?.id ?? null;
  return { ...state, photos, currentId: state.currentId === photoId ? next : state.currentId };
}

export function refuse(state: State, id: number, name: string, reason: string): State {
  const others = state.refused.filter((refusal) => refusal.id !== id);
  return { ...removePhoto(state, id), refused: [...others, { id, name, reason }] };
}

export function clearRefused(state: State): State {
  return { ...state, refused: [] };
}

export function showPhoto(state: State, photoId: number): State {
  return { ...state, currentId: photoId };
}

export function changeSettings(state: State, change: Partial<Settings>): State {
  return { ...state, settings: { ...state.settings, ...change } };
}

/** Of the wall where it was opened with export settings of its own, else of the person's preferences. */
export function changeExportSettings(state: State, change: Partial<ExportSettings>): State {
  const { exportSettings } = state;
  if (exportSettings === null) return changeSettings(state, change);
  return { ...state, exportSettings: { ...exportSettings, ...change } };
}

export function selectSpec(state: State, specId: string, isSelected: boolean): State {
  const others = state.selected.filter((id) => id !== specId);
  return { ...state, selected: isSelected ? [...others, specId] : others };
}

/** `focal` null goes back to the found point. */
export function setFocal(state: State, photoId: number, focal: Point | null): State {
  return withPhotoEdits(state, photoId, { focal });
}

/** Whether one box counts, be it found or drawn. */
export function switchBox(state: State, photoId: number, boxId: string, isOn: boolean): State {
  const others = editsOf(state, photoId).switchedOff.filter((id) => id !== boxId);
  return withPhotoEdits(state, photoId, { switchedOff: isOn ? others : [...others, boxId] });
}

/** A box of the person's: a new one, or another place for the one with its id. */
export function drawBox(state: State, photoId: number, box: FocusBox): State {
  const { drawn } = editsOf(state, photoId);
  const isNew = !drawn.some(({ id }) => id === box.id);
  return withPhotoEdits(state, photoId, {
    drawn: isNew ? [...drawn, box] : drawn.map((one) => (one.id === box.id ? box : one)),
  });
}

/** A box that was drawn goes; one that was found can only be switched off. */
export function removeBox(state: State, photoId: number, boxId: string): State {
  const { drawn, switchedOff } = editsOf(state, photoId);
  return withPhotoEdits(state, photoId, {
    drawn: drawn.filter(({ id }) => id !== boxId),
    switchedOff: switchedOff.filter((id) => id !== boxId),
  });
}

/** `pinned` null unpins. */
export function setPinned(state: State, photoId: number, specId: string, pinned: PinnedCrop | null): State {
  const { [specId]: _, ...others } = editsOf(state, photoId).pinned;
  return withPhotoEdits(state, photoId, { pinned: pinned ? { ...others, [specId]: pinned } : others });
}

/**
 * `spec` null sets the fit of the whole wall; exceptions of single specs stay. A spec that is given just the fit that it
 * would have anyway is no exception any more.
 */
export function setFit(state: State, spec: FittedSpec | null, fit: Fit): State {
  if (spec === null) return withEdits(state, { fit });
  if (isSameFit(fit, usualFit(state.edits, spec))) return dropFitException(state, spec.id);
  return withEdits(state, { fitBySpec: { ...state.edits.fitBySpec, [spec.id]: fit } });
}

export function dropFitException(state: State, specId: string): State {
  const { [specId]: _, ...fitBySpec } = state.edits.fitBySpec;
  return withEdits(state, { fitBySpec });
}

export function addSpecs(state: State, specIds: readonly string[]): State {
  return withEdits(state, { specIds: [...new Set([...state.edits.specIds, ...specIds])] });
}

/** The person has seen what changed in these specs and takes them as they are now. */
export function acceptChanges(state: State, specIds: readonly string[]): State {
  const left = Object.entries(state.edits.knownVersions).filter(([id]) => !specIds.includes(id));
  return withEdits(state, { knownVersions: Object.fromEntries(left) });
}

/** The same specs under other ids; fits and pinned crops go with them. */
export function renameSpecs(state: State, names: ReadonlyMap<string, string>): State {
  const rename = (id: string): string => names.get(id) ?? id;
  const renameKeys = <Value>(record: Readonly<Record<string, Value>>): Record<string, Value> =>
    Object.fromEntries(Object.entries(record).map(([id, value]) => [rename(id), value]));
  const photos = Object.entries(state.edits.photos).map(([id, edits]) => [
    id,
    { ...edits, pinned: renameKeys(edits.pinned) },
  ]);
  const renamed = withEdits(state, {
    specIds: [...new Set(state.edits.specIds.map(rename))],
    fitBySpec: renameKeys(state.edits.fitBySpec),
    photos: Object.fromEntries(photos),
  });
  return { ...renamed, selected: state.selected.map(rename) };
}

/** Custom sizes as they are kept now. */
export function keepSizes(state: State, customSizes: readonly CustomSize[]): State {
  return { ...state, customSizes };
}

/** Taken off the wall; fit exceptions and pinned crops are kept and are there again when the spec is added back. */
export function removeSpecs(state: State, specIds: readonly string[]): State {
  const gone = new Set(specIds);
  const next = withEdits(state, { specIds: state.edits.specIds.filter((id) => !gone.has(id)) });
  return { ...next, selected: state.selected.filter((id) => !gone.has(id)) };
}

/** What an undo step brings back beside the edits, where the change went beyond them: opening a preset does. */
export type Surroundings = Pick<State, 'preset' | 'exportSettings'>;

export function surroundingsOf({ preset, exportSettings }: State): Surroundings {
  return { preset, exportSettings };
}

/**
 * Takes back edits as they were (undo, redo). Ticks on specs that are no longer on the wall go away. Where only another
 * photo's edits differ, that photo is shown, so that the change can be seen.
 */
export function restoreEdits(state: State, edits: Edits): State {
  const selected = state.selected.filter((id) => edits.specIds.includes(id));
  return { ...state, edits, selected, currentId: changedPhoto(state, edits) ?? state.currentId };
}

/** The photo to look at for the difference; null when the wall or the current photo shows it. */
function changedPhoto({ photos, currentId, edits: before }: State, after: Edits): number | null {
  const isOnWall = (['specIds', 'fit', 'fitBySpec', 'knownVersions'] as const).some(
    (part) => before[part] !== after[part],
  );
  const changed = photos.filter(({ id }) => before.photos[id] !== after.photos[id]).map(({ id }) => id);
  if (isOnWall || (currentId !== null && changed.includes(currentId))) return null;
  return changed[0] ?? null;
}

function withEdits(state: State, change: Partial<Edits>): State {
  return { ...state, edits: { ...state.edits, ...change } };
}

/** What the change does not name stays. */
export function withPhotoEdits(state: State, photoId: number, change: Partial<PhotoEdits>): State {
  const photos = { ...state.edits.photos, [photoId]: { ...editsOf(state, photoId), ...change } };
  return withEdits(state, { photos });
}
