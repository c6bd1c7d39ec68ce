import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  layoutWall,
  mostStretch,
  type WallOptions,
  type WallRow,
} from '../../../client/engine/wallLayout.ts';

const desktop: WallOptions = { width: 1000, gap: 16, tileArea: 40_000, minTileWidth: 120 };
const phone: WallOptions = { width: 366, gap: 12, tileArea: 30_000, minTileWidth: 150 };

const aspects = fc.array(fc.double({ min: 0.2, max: 6, noNaN: true }), { maxLength: 70 });
const options = fc.record({
  width: fc.integer({ min: 200, max: 2000 }),
  gap: fc.integer({ min: 0, max: 24 }),
  tileArea: fc.integer({ min: 8000, max: 120_000 }),
  minTileWidth: fc.integer({ min: 60, max: 160 }),
});

function forEveryWall(
  check: (rows: ReturnType<typeof layoutWall>['rows'], list: number[], given: WallOptions) => void,
) {
  fc.assert(fc.property(aspects, options, (list, given) => check(layoutWall(list, given).rows, list, given)));
}

const widthOf = (row: WallRow, gap: number) =>
  row.tiles.reduce((sum, tile) => sum + tile.width, 0) + gap * (row.tiles.length - 1);

/** The bound of a row's height: the middle of its tiles' wished heights, stretched as far as allowed. */
function tallest({ tiles }: WallRow, list: number[], { tileArea, width, minTileWidth }: WallOptions): number {
  const shapes = tiles.map(({ index }) => list[index] ?? 1);
  const wished = shapes.map((shape) => {
    const wide = Math.sqrt(tileArea * shape);
    return Math.min(Math.max(wide, Math.min(minTileWidth, width)), width) / shape;
  });
  const middle = Math.exp(wished.reduce((sum, height) => sum + Math.log(height), 0) / wished.length);
  return Math.max(middle * mostStretch, minTileWidth / Math.min(...shapes));
}

describe('every wall', () => {
  it('shows every tile once', () => {
    forEveryWall((rows, list) => {
      const shown = rows.flatMap((row) => row.tiles.map((tile) => tile.index)).sort((a, b) => a - b);
      expect(shown).toEqual(list.map((_, index) => index));
    });
  });

  it('has no row that is wider than it', () => {
    forEveryWall((rows, _, given) => {
      for (const row of rows) expect(widthOf(row, given.gap)).toBeLessThanOrEqual(given.width);
    });
  });

  it('ends each row exactly at its edge, unless its tiles would get too tall for that', () => {
    forEveryWall((rows, list, given) => {
      for (const row of rows) {
        const short = given.width - widthOf(row, given.gap);
        if (short > 0) expect(row.height).toBe(Math.max(1, Math.round(tallest(row, list, given))));
      }
    });
  });

  it('blows no row up beyond its bound', () => {
    forEveryWall((rows, list, given) => {
      for (const row of rows) expect(row.height).toBeLessThanOrEqual(Math.ceil(tallest(row, list, given)));
    });
  });

  it('shows tiles at their true aspect, to within the rounding to whole pixels', () => {
    forEveryWall((rows, list) => {
      for (const { tiles } of rows) {
        for (const { index, width, height } of tiles) {
          const aspect = list[index] ?? 1;
          expect(Number.isInteger(width) && Number.isInteger(height)).toBe(true);
          // Half a pixel of height, seen along the width, and one pixel of width.
          expect(Math.abs(width - height * aspect)).toBeLessThanOrEqual(0.5 * aspect + 1.001);
        }
      }
    });
  });

  it('keeps every tile wide enough, or as wide as the wall', () => {
    forEveryWall((rows, _, given) => {
      for (const { width } of rows.flatMap((row) => row.tiles)) {
        // Less a pixel that rounding may cost.
        expect(width).toBeGreaterThanOrEqual(Math.min(given.minTileWidth, given.width) - 1);
      }
    });
  });

  it('gives all tiles of a row one height', () => {
    forEveryWall((rows) => {
      for (const row of rows) {
        expect(new Set(row.tiles.map((tile) => tile.height)).size).toBe(1);
        expect(row.height).toBe(row.tiles[0]?.height);
      }
    });
  });

  it('gathers like aspects: read in order, tiles only get wider in shape', () => {
    forEveryWall((rows, list) => {
      const shown = rows.flatMap((row) => row.tiles.map((tile) => list[tile.index] ?? 0));
      expect(shown).toEqual([...shown].sort((a, b) => a - b));
    });
  });

  it('has the same rows however the tiles are ordered', () => {
    fc.assert(
      fc.property(aspects, options, fc.nat(), (list, given, turn) => {
        const turned = [
          ...list.slice(turn % (list.length || 1)),
          ...list.slice(0, turn % (list.length || 1)),
        ];
        const sizes = (order: number[]) =>
          layoutWall(order, given).rows.map((row) => row.tiles.map(({ width, height }) => [width, height]));
        expect(sizes(turned)).toEqual(sizes(list));
      }),
    );
  });
});

describe('a wall of everyday specs', () => {
  const everyday = [1080 / 1350, 1, 1080 / 1920, 1200 / 630, 16 / 9, 1500 / 500, 2 / 3, 4];

  it('has no tile with less than half or more than two and a half times its wished area on a desktop', () => {
    for (const { tiles } of layoutWall(everyday, desktop).rows) {
      for (const { width, height } of tiles) {
        expect(width * height).toBeGreaterThan(desktop.tileArea / 2);
        expect(width * height).toBeLessThan(desktop.tileArea * 2.5);
      }
    }
  });

  it('has two columns of portraits and squares on a phone', () => {
    const rows = layoutWall([0.5625, 0.8, 1, 0.667, 0.75, 1], phone).rows;
    expect(rows.map((row) => row.tiles.length)).toEqual([2, 2, 2]);
    for (const row of rows) expect(widthOf(row, phone.gap)).toBe(phone.width);
  });

  it('lets a banner fill a phone by itself, never wider than the wall', () => {
    const { rows } = layoutWall([6], phone);
    expect(rows).toEqual([{ height: 61, tiles: [{ index: 0, width: 366, height: 61 }] }]);
  });

  it('does not blow up a single tile to the whole wall', () => {
    const [row] = layoutWall([1], desktop).rows;
    expect(row?.tiles[0]?.width).toBe(200 * mostStretch);
  });

  it('is empty without tiles', () => {
    expect(layoutWall([], desktop)).toEqual({ rows: [] });
  });

  it('lays out 200 tiles within a frame', () => {
    const many = Array.from({ length: 200 }, (_, i) => 0.3 + ((i * 37) % 100) / 25);
    layoutWall(many, desktop);
    const start = performance.now();
    layoutWall(many, desktop);
    expect(performance.now() - start).toBeLessThan(16);
  });
});
