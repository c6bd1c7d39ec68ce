/** The numbers by which crops are compared. Tuned on labelled photos by `npm run eval:focus`; see bench/focus. */

export interface Placing {
  /** Of a box's value, the part that it has only when it is whole. */
  wholeness: number;
  /** A share of a cut box counts as its power: over 1, a little of much is worth less than much of a little. */
  cutPower: number;
  /** Of the wholeness, the part that a margin to the crop's edge adds, and the margin that is enough, in shares of the crop. */
  marginPart: number;
  margin: number;
  /** What it costs to have a box beside its best place: times the square of the distance in shares of the crop. */
  composition: number;
  /** The best place for a box's middle from top to bottom: above the middle, as headroom is chosen. */
  headHeight: number;
  /** What stands out, and smartcrop's opinion, where no box was found; and the share of it that is left beside a sure box. */
  saliency: number;
  opinion: number;
  besideBoxes: number;
  /** What it costs to leave the middle of the photo. */
  middle: number;
}

export const placing: Placing = {
  wholeness: 0.5,
  cutPower: 1,
  marginPart: 0.25,
  margin: 0.1,
  composition: 0.25,
  headHeight: 0.42,
  saliency: 0.45,
  opinion: 0.25,
  besideBoxes: 0.3,
  middle: 0.05,
};
