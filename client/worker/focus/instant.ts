/** The first stage: what can be said of a photo at once, without a model. */
import { findSaliency, saliencySide } from '../../engine/focus/fastMbd.ts';
import type { Findings } from '../../engine/focus/findings.ts';
import { focalFromScores } from '../../engine/focus/smartcropCurve.ts';
import type { Size } from '../../engine/geometry.ts';
import { sizeWithin } from '../../engine/shrink.ts';
import type { PlainSight } from './messages.ts';
import { findScores, longestScoreSide, scoreSide } from './scoreMap.ts';

export type FirstSight = Pick<Findings, 'saliency' | 'scores' | 'focal'>;

export async function lookAtOnce(sight: PlainSight): Promise<FirstSight> {
  const scores = await findScores(sight.pixels(sizeForScores(sight.size)));
  const saliency = findSaliency(sight.pixels(sizeWithin(sight.size, saliencySide)));
  return { saliency, scores, focal: focalFromScores(scores) };
}

function sizeForScores(size: Size): Size {
  const shorter = Math.min(size.width, size.height);
  const longest = Math.max(size.width, size.height) * Math.min(1, scoreSide / shorter);
  return sizeWithin(size, Math.min(longestScoreSide, Math.round(longest)));
}
