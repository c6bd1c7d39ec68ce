/** Closed outlines of an SVG path: read, split and written. Only M, L, Q and Z, which is what svg-captcha draws with. */

export interface Point {
  x: number;
  y: number;
}

/** A line (2 points) or a quadratic curve (start, control, end). */
export type Piece = Point[];

/** Pieces end to start, the last one ends where the first begins. */
export type Outline = Piece[];

/** All outlines of all paths in an SVG document. */
export function parseOutlines(svg: string): Outline[] {
  const paths = [...svg.matchAll(/ d="([^"]+)"/g)].map(([, data = '']) => data);
  return paths.flatMap((data) => data.split(/(?=M)/).map(parseOutline)).filter(({ length }) => length > 0);
}

function parseOutline(data: string): Outline {
  const pieces: Piece[] = [];
  let start: Point | undefined;
  let at: Point | undefined;
  for (const [, command = '', written = ''] of data.matchAll(/([MLQZ])([^MLQZ]*)/g)) {
    const numbers = [...written.matchAll(/-?\d*\.?\d+/g)].map(([number]) => Number(number));
    const points = Array.from({ length: numbers.length / 2 }, (_, i) => ({
      x: numbers[2 * i] ?? 0,
      y: numbers[2 * i + 1] ?? 0,
    }));
    if (command !== 'M' && at !== undefined) {
      const piece = [at, ...(command === 'Z' && start ? [start] : points)];
      if (piece.length > 1) pieces.push(piece);
    }
    at = points.at(-1) ?? start;
    start ??= at;
  }
  return pieces;
}

/** Cuts a piece in two at t (0..1), without changing its shape (de Casteljau). */
export function splitPiece(piece: Piece, t: number): [Piece, Piece] {
  const [a, b, c] = piece;
  if (a === undefined || b === undefined) return [piece, piece];
  const ab = between(a, b, t);
  if (c === undefined) {
    return [
      [a, ab],
      [ab, b],
    ];
  }
  const bc = between(b, c, t);
  const middle = between(ab, bc, t);
  return [
    [a, ab, middle],
    [middle, bc, c],
  ];
}

export function writeOutline(outline: Outline): string {
  const pieces = outline.map(([, ...rest]) => (rest.length > 1 ? 'Q' : 'L') + rest.map(write).join(' '));
  const start = outline[0]?.[0];
  return start ? `M${write(start)}${pieces.join('')}Z` : '';
}

function between(a: Point, b: Point, t: number): Point {
  return { x: a.x + (b.x - a.x) * t, y: a.y + (b.y - a.y) * t };
}

function write({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
