/** What the workspace knows. Every change makes a new State; parts are shared, so comparing by `===` tells what changed. */

import { defaultTemplate } from '../../server/presets/nameTemplate.shared.ts';
import { type Background, defaultFit, type Fit } from '../../server/specs/fit.shared.ts';
import type { Format, Spec } from '../../server/specs/spec.shared.ts';
import { type DrawPlan, formatFor, type PinnedCrop, planDraw } from '../engine/drawPlan.ts';
import { centre, type Point, type Size } from '../engine/geometry.ts';
import type { Detection } from '../worker/messages.ts';

export interface Photo {
  id: number;
  name: string;
  bytes: number;
  /** What is decoded: the file itself, or the picture that was made of an SVG. */
  source: Blob;
  /** Something a person should know of the file ("is a PNG although it is named .jpg"), or null. */
  note: string | null;
  status: 'reading' | 'ready';
  /** After EXIF orientation; null while it is read. */
  size: Size | null;
  /** The focal point that detection found; null while it looks. */
  found: Point | null;
  thumbnail: ImageBitmap | null;
}

/** A file that could not become a photo. */
export interface Refusal {
  id: number;
  name: string;
  reason: string;
}

/** What a person decided for one photo. */
export interface PhotoEdits {
  /** Set by hand; never overwritten by detection. null: the found point counts. */
  focal: Point | null;
  /** By spec id. */
  pinned: Readonly<Record<string, PinnedCrop>>;
}

/** Everything that undo brings back. */
export interface Edits {
  specIds: readonly string[];
  fit: Fit;
  /** Exceptions from `fit`, by spec id. */
  fitBySpec: Readonly<Record<string, Fit>>;
  /** By photo id. */
  photos: Readonly<Record<number, PhotoEdits>>;
}

export interface Settings {
  format: Format | 'auto';
  /** 1..100 */
  quality: number;
  template: string;
  detection: Detection;
  showSafeAreas: boolean;
  /** Size of the tiles, 0..100. */
  zoom: number;
}

export interface State {
  photos: readonly Photo[];
  refused: readonly Refusal[];
  currentId: number | null;
  edits: Edits;
  /** Spec ids that are ticked on the wall. */
  selected: readonly string[];
  settings: Settings;
}

export const defaultSettings: Settings = {
  format: 'auto',
  quality: 90,
  template: defaultTemplate,
  detection: 'automatic',
  showSafeAreas: true,
  zoom: 45,
};

const noEdits: PhotoEdits = { focal: null, pinned: {} };

export function startState(specIds: readonly string[], settings: Settings, fit: Fit = defaultFit): State {
  return {
    photos: [],
    refused: [],
    currentId: null,
    edits: { specIds, fit, fitBySpec: {}, photos: {} },
    selected: [],
    settings,
  };
}

export function currentPhoto(state: State): Photo | null {
  return state.photos.find((photo) => photo.id === state.currentId) ?? null;
}

export function editsOf(state: State, photoId: number): PhotoEdits {
  return state.edits.photos[photoId] ?? noEdits;
}

/** The point that counts: by hand, else found, else the centre while detection looks. */
export function focalPoint(state: State, photo: Photo): Point {
  return editsOf(state, photo.id).focal ?? photo.found ?? centre;
}

export function fitFor(edits: Edits, specId: string): Fit {
  return edits.fitBySpec[specId] ?? edits.fit;
}

/** Whether two fits are equal in every field. */
export function isSameFit(a: Fit, b: Fit): boolean {
  return a.mode === b.mode && a.enlarge === b.enlarge && isSameBackground(a.background, b.background);
}

/** Whether a spec's fit shows anything else than the wall's: what the fit mode does not use makes no difference. */
export function hasOwnFit(edits: Edits, specId: string): boolean {
  const fit = fitFor(edits, specId);
  if (fit.mode !== edits.fit.mode) return true;
  if (fit.mode === 'inside') return fit.enlarge !== edits.fit.enlarge;
  return fit.mode === 'contain' && !isSameBackground(fit.background, edits.fit.background);
}

function isSameBackground(a: Background, b: Background): boolean {
  return a.kind === 'colour' && b.kind === 'colour' ? a.colour === b.colour : a.kind === b.kind;
}

export interface PlannedFile {
  spec: Spec;
  plan: DrawPlan;
  format: Format;
  pinned: PinnedCrop | null;
}

/** The draw plan and format of one photo at one spec: the tile on the wall and the exported file both come from here. */
export function planFile(
  state: State,
  photo: { id: number; size: Size },
  focal: Point,
  spec: Spec,
): PlannedFile {
  const fit = fitFor(state.edits, spec.id);
  const pinned = editsOf(state, photo.id).pinned[spec.id] ?? null;
  const wantsAlpha = fit.mode === 'contain' && fit.background.kind === 'transparent' && !pinned;
  const format = formatFor(spec.formats, state.settings.format, wantsAlpha);
  const size = { width: spec.widthPx, height: spec.heightPx };
  return {
    spec,
    format,
    pinned,
    plan: planDraw({ photo: photo.size, spec: size, fit, focal, pinned, format }),
  };
}
