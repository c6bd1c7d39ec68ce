/** Which of several boxes around one thing stays. */
import type { Rect } from '../geometry.ts';

interface Candidate {
  box: Rect;
  score: number;
  /** Only candidates of the same label can be the same thing. */
  label?: string;
}

/** Area that both share, per area that either covers: 0 apart, 1 the same. */
export function overlapOf(a: Rect, b: Rect): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** Of candidates that overlap by more than `most` the best stays; the best come first. */
export function keepBest<T extends Candidate>(candidates: readonly T[], most: number): T[] {
  const kept: T[] = [];
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    const isTaken = kept.some(
      ({ box, label }) => label === candidate.label && overlapOf(box, candidate.box) > most,
    );
    if (!isTaken) kept.push(candidate);
  }
  return kept;
}
