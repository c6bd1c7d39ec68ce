/** What the workspace knows. Every change makes a new State; parts are shared, so comparing by `===` tells what changed. */

import type { Detection } from '../../server/account/preferences.shared.ts';
import { noExtras } from '../../server/presets/exportExtras.shared.ts';
import { defaultTemplate } from '../../server/presets/nameTemplate.shared.ts';
import type { CustomSize, ExportSettings, Preset, Unit } from '../../server/presets/preset.shared.ts';
import { type Background, defaultFit, type Fit, leavesGround } from '../../server/specs/fit.shared.ts';
import type { Format, Spec } from '../../server/specs/spec.shared.ts';
import { type DrawPlan, formatFor, type PinnedCrop, planDraw } from '../engine/drawPlan.ts';
import type { FocusBox } from '../engine/focus/box.ts';
import type { Placement } from '../engine/focus/placement.ts';
import { centre, coverCrop, type Point, type Size } from '../engine/geometry.ts';
import { pinnedRect } from '../engine/pinnedCrop.ts';
import { enlarges, fitOf, sizeFor } from '../engine/specSize.ts';
import type { Sight } from './sight.ts';
import type { Judged } from './verdictOnTile.ts';

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
  /** What was seen so far; null before, and where nothing is looked for. */
  sight: Sight | null;
  /** More may be seen yet. */
  isLooking: boolean;
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
  /** Ids of boxes that were found or drawn and shall not count. */
  switchedOff: readonly string[];
  /** Boxes of the person's own. */
  drawn: readonly FocusBox[];
}

/** Everything that undo brings back. */
export interface Edits {
  specIds: readonly string[];
  fit: Fit;
  /** Exceptions from `fit`, by spec id. */
  fitBySpec: Readonly<Record<string, Fit>>;
  /** Spec id -> the version that the person knows, where that may be an older one than the catalogue's. */
  knownVersions: Readonly<Record<string, number>>;
  /** By photo id. */
  photos: Readonly<Record<number, PhotoEdits>>;
}

/** The person's preferences, and how the wall is shown. The export settings among them count where the wall has none of its own. */
export interface Settings extends ExportSettings {
  detection: Detection;
  /** In which sizes are typed, and lengths on paper said. */
  units: Unit;
  showSafeAreas: boolean;
  /** One file for all the specs that it satisfies. */
  fewestFiles: boolean;
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
  /** Those of the preset or link that the wall was opened from, with what was changed of them since; null: the preferences count. */
  exportSettings: ExportSettings | null;
  /** As they are kept, in the order of their names. */
  customSizes: readonly CustomSize[];
  /** Custom sizes that came with the wall from a link and are not kept. */
  borrowedSizes: readonly CustomSize[];
  /** The preset that the wall was opened from or saved as, as it was then; null: none. */
  preset: Preset | null;
  /** The preset that the wall was of when the page was left, until it is known what there is; null: none. */
  leftPreset: Pick<Preset, 'id' | 'version'> | null;
  /** Verdicts on the files that were made last. */
  judged: Judged;
}

export const defaultSettings: Settings = {
  format: 'auto',
  quality: 90,
  template: defaultTemplate,
  ...noExtras,
  detection: 'automatic',
  units: 'px',
  showSafeAreas: true,
  fewestFiles: false,
  zoom: 45,
};

export const noEdits: PhotoEdits = { focal: null, pinned: {}, switchedOff: [], drawn: [] };

export function startState(specIds: readonly string[], settings: Settings, fit: Fit = defaultFit): State {
  return {
    photos: [],
    refused: [],
    currentId: null,
    edits: { specIds, fit, fitBySpec: {}, knownVersions: {}, photos: {} },
    selected: [],
    settings,
    exportSettings: null,
    customSizes: [],
    borrowedSizes: [],
    preset: null,
    leftPreset: null,
    judged: {},
  };
}

export function currentPhoto(state: State): Photo | null {
  return state.photos.find((photo) => photo.id === state.currentId) ?? null;
}

export function editsOf(state: State, photoId: number): PhotoEdits {
  return state.edits.photos[photoId] ?? noEdits;
}

/** The format, quality and names that count. */
export function exportSettingsOf({ exportSettings, settings }: State): ExportSettings {
  return exportSettings ?? settings;
}

/** The point that counts: by hand, else found, else the centre while detection looks. */
export function focalPoint(state: State, photo: Photo): Point {
  const edits = editsOf(state, photo.id);
  if (edits.focal) return edits.focal;
  if (looksNowhere(state)) return centre;
  return photo.sight?.focal(edits) ?? photo.found ?? centre;
}

/** Crops stay in the middle. */
function looksNowhere({ settings: { detection } }: State): boolean {
  return detection === 'centre' || detection === 'off';
}

/** What decides a spec's fit. */
export type FittedSpec = Pick<Spec, 'id' | 'fit'>;

/** The fit of a spec that has no exception: a custom size may bring its own, else it is the wall's. */
export function usualFit(edits: Edits, spec: FittedSpec): Fit {
  return spec.fit ?? edits.fit;
}

export function fitFor(edits: Edits, spec: FittedSpec): Fit {
  return edits.fitBySpec[spec.id] ?? usualFit(edits, spec);
}

/** Whether two fits are equal in every field. */
export function isSameFit(a: Fit, b: Fit): boolean {
  return a.mode === b.mode && a.enlarge === b.enlarge && isSameBackground(a.background, b.background);
}

/** Whether a spec's fit shows anything else than the wall's: what the fit mode does not use makes no difference. */
export function hasOwnFit(edits: Edits, spec: FittedSpec): boolean {
  const fit = fitFor(edits, spec);
  if (fit.mode !== edits.fit.mode) return true;
  if (fit.mode === 'inside') return fit.enlarge !== edits.fit.enlarge;
  return leavesGround(fit.mode) && !isSameBackground(fit.background, edits.fit.background);
}

function isSameBackground(a: Background, b: Background): boolean {
  return a.kind === 'colour' && b.kind === 'colour' ? a.colour === b.colour : a.kind === b.kind;
}

export interface PlannedFile {
  spec: Spec;
  /** The spec's size for this photo; the file is smaller where the fit leaves it so. */
  size: Size;
  plan: DrawPlan;
  format: Format;
  pinned: PinnedCrop | null;
  /** What of the boxes is kept; null where the whole photo is shown, or nothing is known of it. */
  placement: Placement | null;
}

/** What a file is planned from. */
export interface PlannedPhoto {
  id: number;
  size: Size;
  sight?: Sight | null;
}

/** The draw plan and format of one photo at one spec: the tile on the wall and the exported file both come from here. */
export function planFile(state: State, photo: PlannedPhoto, focal: Point, spec: Spec): PlannedFile {
  const wished = fitFor(state.edits, spec);
  const fit = fitOf(spec, wished);
  const edits = editsOf(state, photo.id);
  const pinned = edits.pinned[spec.id] ?? null;
  const size = sizeFor(spec, photo.size, enlarges(wished));
  const placement = placementOf();
  const hasGround = fit.mode === 'contain' || (fit.mode === 'coverOrPad' && (placement?.padded ?? 0) > 0);
  const wantsAlpha = hasGround && fit.background.kind === 'transparent' && !pinned;
  const format = formatFor(spec.formats, exportSettingsOf(state).format, wantsAlpha);
  return {
    spec,
    size,
    format,
    pinned,
    placement,
    plan: planDraw({
      photo: photo.size,
      spec: size,
      fit,
      focal,
      pinned,
      crop: placement?.crop ?? null,
      format,
    }),
  };

  function placementOf(): Placement | null {
    const { sight } = photo;
    const isCropped = pinned !== null || fit.mode === 'cover' || fit.mode === 'coverOrPad';
    if (!sight || !isCropped) return null;
    const place = { ...spec, widthPx: size.width, heightPx: size.height };
    if (pinned)
      return sight.placement(edits, place, { pads: false, crop: pinnedRect(pinned, photo.size, size) });
    const isByHand = edits.focal !== null || looksNowhere(state);
    const crop = isByHand ? coverCrop(photo.size, size, focal) : null;
    return sight.placement(edits, place, { pads: fit.mode === 'coverOrPad', crop });
  }
}
