/** The wall: tiles justified in rows at true aspect, rows made of tiles of like aspect so that no tile is ever tiny. */
import { clamp } from './geometry.ts';

export interface WallOptions {
  /** The wall's inner width in whole CSS pixels. */
  width: number;
  /** Between tiles and between rows. */
  gap: number;
  /** The area that a tile would like to have, in square CSS pixels. */
  tileArea: number;
  /** No tile gets narrower, unless the wall itself is. */
  minTileWidth: number;
}

export interface WallTile {
  /** The place in the given list. */
  index: number;
  /** Whole pixels; the picture without its caption. */
  width: number;
  height: number;
}

export interface WallRow {
  /** The tiles' common height, without captions. */
  height: number;
  tiles: WallTile[];
}

/** A row may be this much taller than its tiles would like to be; a row that needs more stays short of the edge. */
export const mostStretch = 1.4;

/** What blank space at a row's end costs against tiles of the wrong size; weighed by eye on walls of 3 to 60 tiles. */
const blankWeight = 4;

/** What a tile that is too small costs against one that is as much too large. */
const smallWeight = 2;

interface Tile {
  index: number;
  aspect: number;
  /** The height at which the tile has its wished area. */
  natural: number;
}

/**
 * Lays out tiles of the given aspects (width / height). Tiles are ordered by aspect, narrow ones first, then the best
 * breaks into rows are found over the whole wall at once (as Knuth and Plass break a paragraph, 1981), not row by row:
 * the sum over all tiles of (ln(height / natural height))^2, small tiles counting double, plus a charge for blank row
 * ends, is the least possible.
 * Depends on nothing but its arguments.
 */
export function layoutWall(aspects: readonly number[], options: WallOptions): { rows: WallRow[] } {
  const tiles = aspects
    .map((aspect, index) => ({ index, aspect, natural: naturalHeight(aspect, options) }))
    .sort((a, b) => a.aspect - b.aspect || a.index - b.index);
  return { rows: bestBreaks(tiles, options).map((row) => placeRow(row, options)) };
}

function naturalHeight(aspect: number, { width, tileArea, minTileWidth }: WallOptions): number {
  const wished = Math.sqrt(tileArea * aspect);
  return clamp(wished, Math.min(minTileWidth, width), width) / aspect;
}

/** Cheapest rows for tiles 0..n-1, by the cheapest rows for every shorter beginning. */
function bestBreaks(tiles: readonly Tile[], options: WallOptions): Tile[][] {
  const best: { cost: number; start: number }[] = [{ cost: 0, start: 0 }];
  for (let end = 1; end <= tiles.length; end++) {
    let choice = { cost: Number.POSITIVE_INFINITY, start: end - 1 };
    for (let start = end - 1; start >= 0; start--) {
      const row = tiles.slice(start, end);
      if (row.length > 1 && !fitsInRow(row, options)) break;
      const cost = (best[start]?.cost ?? 0) + costOf(row, options);
      if (cost < choice.cost) choice = { cost, start };
    }
    best.push(choice);
  }
  const rows: Tile[][] = [];
  for (let end = tiles.length; end > 0; end = best[end]?.start ?? 0) {
    rows.unshift(tiles.slice(best[end]?.start ?? 0, end));
  }
  return rows;
}

/** Whether the row's narrowest tile keeps its least width when the row is squeezed into the wall. */
function fitsInRow(row: readonly Tile[], options: WallOptions): boolean {
  const narrowest = Math.min(...row.map((tile) => tile.aspect));
  return narrowest * justifiedHeight(row, options) >= options.minTileWidth;
}

function costOf(row: readonly Tile[], options: WallOptions): number {
  const height = rowHeight(row, options);
  const misfit = row.reduce((sum, tile) => sum + misfitOf(height / tile.natural), 0);
  const blank = 1 - height / justifiedHeight(row, options);
  return misfit + blankWeight * blank ** 2;
}

/** `ratio`: the tile's height to the height it would like. Too small to judge is worse than larger than needed. */
function misfitOf(ratio: number): number {
  return (ratio < 1 ? smallWeight : 1) * Math.log(ratio) ** 2;
}

/** The height at which the row is exactly as wide as the wall. */
function justifiedHeight(row: readonly Tile[], { width, gap }: WallOptions): number {
  const aspects = row.reduce((sum, tile) => sum + tile.aspect, 0);
  return Math.max(1, width - gap * (row.length - 1)) / aspects;
}

function rowHeight(row: readonly Tile[], options: WallOptions): number {
  const logs = row.reduce((sum, tile) => sum + Math.log(tile.natural), 0);
  const natural = Math.exp(logs / row.length);
  const narrowest = Math.min(...row.map((tile) => tile.aspect));
  const tallest = Math.max(natural * mostStretch, options.minTileWidth / narrowest);
  return Math.min(justifiedHeight(row, options), tallest);
}

/** Whole pixels; what rounding leaves over goes where it was lost, so a full row ends exactly at the wall's edge. */
function placeRow(row: readonly Tile[], options: WallOptions): WallRow {
  const exact = rowHeight(row, options);
  const height = Math.max(1, Math.round(exact));
  let right = 0;
  let placed = 0;
  const tiles = row.map(({ index, aspect }) => {
    right += aspect * exact;
    const width = Math.max(1, Math.round(right) - placed);
    placed += width;
    return { index, width, height };
  });
  return { height, tiles };
}
