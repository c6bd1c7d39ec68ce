/** What a crop is worth: the boxes that it keeps, how well they sit in it, and what else of the photo it shows. */
import { clamp, type Rect } from '../geometry.ts';
import { opinionAlong, saliencyShares } from './backdrop.ts';
import type { FocusBox } from './box.ts';
import { isWhole } from './must.ts';
import type { Scene } from './placement.ts';
import type { Placing } from './placing.ts';
import { middleOf } from './units.ts';
import { type Place, seenArea, shareSeen } from './visible.ts';

/** How much a box of that kind says about where the photo's subject is, at a score of 1. */
const sureness = { face: 1, person: 0.75, animal: 0.9, object: 0.45, region: 0.25 };

/**
 * One value for each crop (fractions of the photo, all of the same size). What the boxes add is the sum of weight times
 * `valueOfBox`; nothing else depends on the weights, so a larger weight never leads to a crop that keeps less of its box.
 */
export function valueCrops(scene: Scene, place: Place, crops: readonly Rect[], placing: Placing): number[] {
  const views = crops.map((crop) => ({ crop, seen: seenArea(place, crop) }));
  const values = backdropValues(scene, place, crops, placing);
  for (const box of scene.boxes) {
    if (box.weight <= 0.02) continue;
    const aims = views.map(({ crop, seen }) => {
      const aim = upperEnd(box, crop);
      return { aim, share: shareSeen(aim, seen), window: seen.window };
    });
    const attainable = Math.max(...aims.map(({ share }) => share));
    if (attainable <= 0) continue;
    for (const [i, { aim, share, window }] of aims.entries()) {
      const value = valueOfBox(aim.box, share / attainable, isWhole(attainable), window, placing);
      values[i] = (values[i] ?? 0) + box.weight * value;
    }
  }
  return values;
}

/**
 * 0 to about 1, and never less for a larger share: `share` of what can be attained is seen. Only of a whole box it matters
 * where it sits.
 */
function valueOfBox(box: Rect, share: number, canBeWhole: boolean, seen: Rect, placing: Placing): number {
  const { wholeness, cutPower, marginPart, composition, headHeight } = placing;
  const part = (1 - wholeness) * Math.min(1, share) ** cutPower;
  if (!isWhole(share) || seen.width <= 0 || seen.height <= 0) return part;
  const middle = middleOf(box);
  const x = (middle.x - seen.x) / seen.width;
  const y = (middle.y - seen.y) / seen.height;
  if (!canBeWhole) {
    const isWide = box.width > seen.width;
    const beside = Math.max(isWide ? Math.abs(x - 0.5) : 0, box.height > seen.height ? Math.abs(y - 0.5) : 0);
    return part + wholeness * Math.max(0, 1 - 2 * beside);
  }
  const room = marginOf(box, seen, placing.margin);
  const off =
    (isChosen(seen.width) ? (x - 0.5) ** 2 : 0) + (isChosen(seen.height) ? (y - headHeight) ** 2 : 0);
  return part + wholeness * (1 - marginPart + marginPart * room) - composition * Math.min(off, 0.25);
}

/** 0..1: 1 where the nearest edge is far enough; an edge that the box meets in the photo itself does not count. */
function marginOf(box: Rect, seen: Rect, margin: number): number {
  const nearSide = (distance: number, length: number, isPhotosEdge: boolean) =>
    isPhotosEdge ? 1 : clamp(distance / (margin * length), 0, 1);
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const across = Math.min(
    nearSide(box.x - seen.x, seen.width, box.x <= 0.005),
    nearSide(seen.x + seen.width - right, seen.width, right >= 0.995),
  );
  const down = Math.min(
    nearSide(box.y - seen.y, seen.height, box.y <= 0.005),
    nearSide(seen.y + seen.height - bottom, seen.height, bottom >= 0.995),
  );
  return Math.min(isChosen(seen.width) ? across : 1, isChosen(seen.height) ? down : 1);
}

/** Whether less than all of the photo is seen from side to side, so that there is something to choose. */
function isChosen(length: number): boolean {
  return length < 0.999;
}

/** Of a person or an animal taller than the crop, the upper end is what matters. */
function upperEnd(box: FocusBox, crop: Rect): FocusBox {
  const isLiving = box.kind === 'person' || box.kind === 'animal';
  if (!isLiving || box.box.height <= crop.height) return box;
  return { ...box, box: { ...box.box, height: crop.height * 0.96 } };
}

function backdropValues(scene: Scene, place: Place, crops: readonly Rect[], placing: Placing): number[] {
  const aspect = place.widthPx / place.heightPx;
  const sure = Math.max(0, ...scene.boxes.map(({ kind, score }) => score * sureness[kind]));
  const strength = placing.besideBoxes + (1 - placing.besideBoxes) * (1 - Math.min(1, sure));
  const saliency = scene.saliency && saliencyShares(scene.saliency);
  const opinion = scene.opinion && opinionAlong(scene.opinion(aspect));
  return crops.map((crop) => {
    const dx = crop.x + crop.width / 2 - 0.5;
    const dy = crop.y + crop.height / 2 - 0.5;
    const shown = saliency ? placing.saliency * saliency(crop) : 0;
    const liked = opinion ? placing.opinion * opinion(wayOf(crop)) : 0;
    return strength * (shown + liked) - placing.middle * 4 * (dx * dx + dy * dy);
  });
}

/** How far along its way from the left (or the top) a crop lies, 0..1. */
function wayOf({ x, y, width, height }: Rect): number {
  if (1 - width > 1 - height) return x / (1 - width);
  return height < 1 ? y / (1 - height) : 0.5;
}
