/** What a file marks in its photo, as boxes that a crop keeps. */
import { readImageRegions } from '../fileMetadata/imageRegions.ts';
import type { WeighedBox } from './weighBoxes.ts';

/** A region of nearly the whole photo says nothing of where to crop. */
const wholePhoto = 0.92;

/** They count as much as the clearest face: somebody has marked them. Total for any bytes. */
export function boxesInFile(bytes: Uint8Array): WeighedBox[] {
  return readImageRegions(bytes)
    .filter(({ box }) => box.width * box.height <= wholePhoto)
    .map((region) => ({ ...region, score: 1, weight: 1, source: 'file', enabled: true }));
}
