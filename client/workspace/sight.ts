/**
 * What was seen in a photo, and the crops that follow from it. Loaded with the first photo: before that, and where nothing could be
 * found out, the focal point alone decides.
 */

import { focalFromCrops } from '../engine/focalPoint.ts';
import type { FocusBox } from '../engine/focus/box.ts';
import type { Findings } from '../engine/focus/findings.ts';
import { namesOf } from '../engine/focus/names.ts';
import { type Placement, place, placeAt, type Scene } from '../engine/focus/placement.ts';
import { smartcropCurve } from '../engine/focus/smartcropCurve.ts';
import type { Place } from '../engine/focus/visible.ts';
import type { Point, Rect, Size } from '../engine/geometry.ts';
import type { PhotoEdits } from './state.ts';

/** What a person changed of what was found. */
export type BoxEdits = Pick<PhotoEdits, 'switchedOff' | 'drawn'>;

export interface Sight {
  findings: Findings;
  /** What was found, with the person's switches, and what the person drew. */
  boxes(edits: BoxEdits): readonly FocusBox[];
  /** What each box is called: `face 2`. */
  names(edits: BoxEdits): ReadonlyMap<string, string>;
  /** The crop for one place; by what has to stay, or, with `crop` (pixels of the photo), as the person chose it. */
  placement(edits: BoxEdits, place: Place, how: { pads: boolean; crop: Rect | null }): Placement;
  /** The one point about which most crops lie. */
  focal(edits: BoxEdits): Point;
}

/** `photo`: after orientation; the answers are in its pixels. */
export function makeSight(findings: Findings, photo: Size): Sight {
  const opinion = (aspect: number) => smartcropCurve(findings.scores, aspect).scores;
  const scenes = new WeakMap<readonly FocusBox[], Scene>();
  const placements = new WeakMap<readonly FocusBox[], Map<string, Placement>>();
  let last: { edits: BoxEdits; boxes: readonly FocusBox[] } | null = null;

  function boxes({ switchedOff, drawn }: BoxEdits): readonly FocusBox[] {
    if (last?.edits.switchedOff === switchedOff && last.edits.drawn === drawn) return last.boxes;
    const all = [...findings.boxes, ...drawn].map((box) => ({
      ...box,
      enabled: box.enabled && !switchedOff.includes(box.id),
    }));
    last = { edits: { switchedOff, drawn }, boxes: all };
    return all;
  }

  function sceneOf(all: readonly FocusBox[]): Scene {
    const known = scenes.get(all) ?? { photo, boxes: all, saliency: findings.saliency, opinion };
    scenes.set(all, known);
    return known;
  }

  function placement(
    edits: BoxEdits,
    { widthPx, heightPx, safeArea, mask }: Place,
    { pads, crop }: { pads: boolean; crop: Rect | null },
  ): Placement {
    const all = boxes(edits);
    const wish = { widthPx, heightPx, safeArea, mask, pads };
    // A crop of the person's is another one in each frame, and quickly judged.
    if (crop) return placeAt(sceneOf(all), wish, crop);
    const known = placements.get(all) ?? new Map<string, Placement>();
    placements.set(all, known);
    const key = `${(widthPx / heightPx).toFixed(4)} ${pads} ${mask} ${JSON.stringify(safeArea)}`;
    const placed = known.get(key) ?? place(sceneOf(all), wish);
    known.set(key, placed);
    return placed;
  }

  function focal(edits: BoxEdits): Point {
    if (!boxes(edits).some(({ enabled }) => enabled)) return findings.focal;
    const shape = photo.width / photo.height;
    const cropOf = (aspect: number): Rect => {
      const at: Place = { widthPx: aspect, heightPx: 1, safeArea: null, mask: null };
      return placement(edits, at, { pads: false, crop: null }).crop;
    };
    const tall = askedTall.map((aspect) => cropOf(Math.min(aspect, shape)));
    const wide = askedWide.map((aspect) => cropOf(Math.max(aspect, shape)));
    return focalFromCrops({ tall, wide }, photo);
  }

  return { findings, boxes, names: (edits) => namesOf(boxes(edits)), placement, focal };
}

/** Widths per height of the crops whose middles give the one point: the usual upright and lying shapes. */
const askedTall = [9 / 16, 4 / 5];
const askedWide = [16 / 9, 3];
