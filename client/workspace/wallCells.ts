/** How large the cells of the wall want to be. */
import { clamp, type Size } from '../engine/geometry.ts';
import type { WallOptions } from '../engine/wallLayout.ts';

/** A slimmer spec (a skyscraper) gets a cell of this aspect, with room for its caption, and lies at its left at true aspect. */
const slimmestCell = 0.5;

export function cellAspect({ width, height }: Size): number {
  return Math.max(slimmestCell, width / height);
}

interface Wall {
  /** The slider's place, 0..100. */
  zoom: number;
  /** CSS pixels. */
  wallWidth: number;
  gap: number;
}

export function cellOptions({ zoom, wallWidth, gap }: Wall): WallOptions {
  return {
    width: wallWidth,
    gap,
    tileArea: tileArea(zoom, wallWidth),
    minTileWidth: Math.min(leastCell(zoom, wallWidth), (wallWidth - 12) / 2),
  };
}

/** CSS pixels: room for "1080 × 1920 · JPEG" in a caption's line, less when a person chose small tiles. */
function leastCell(zoom: number, wallWidth: number): number {
  return clamp(0.7 * Math.sqrt(tileArea(zoom, wallWidth)), 96, 138);
}

/** CSS pixels² of one tile. On a narrow wall the middle of the slider makes two columns. */
function tileArea(zoom: number, wallWidth: number): number {
  const middle = Math.min(200, wallWidth * 0.44);
  return (middle * 4 ** ((zoom - 45) / 100)) ** 2;
}
