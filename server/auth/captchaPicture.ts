/**
 * Draws a short text as one SVG path that has no shape of a letter left in its commands. svg-captcha alone draws each letter
 * as one path whose row of commands is always the same, which a table of 54 entries reads without fault. Here every outline is
 * bent, its pieces are split at random, it starts anywhere, and outlines of letters and of strokes stand in random order.
 */
import svgCaptcha from 'svg-captcha';
import type { RandomInt } from './captchaText.ts';
import { type Outline, type Piece, parseOutlines, splitPiece, writeOutline } from './outlines.ts';

/** In pixels; views/_captcha.ejs has the same. */
const pictureSize = { width: 240, height: 84 };

const strokes = 3;

/** An SVG document of about 20 KB; ink and ground are fixed, so that it can be read in both themes. */
export function drawPicture(text: string, randomInt: RandomInt): string {
  const random = (low: number, high: number) => low + ((high - low) * randomInt(10_000)) / 10_000;
  const { width, height } = pictureSize;
  const step = (width - 24) / text.length;
  const letters = [...text].flatMap((letter, at) =>
    placeLetter(letter, { x: 12 + step * (at + 0.5), y: height / 2 }, random),
  );
  const noise = Array.from({ length: strokes }, () => drawStroke(random));
  const outlines = shuffle([...letters, ...noise], randomInt).map((outline) =>
    writeOutline(disguise(outline, random, randomInt)),
  );
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="${width}" height="${height}" fill="#fff"/><path fill="#171817" stroke="#171817" stroke-width="1.6" stroke-linejoin="round" d="${outlines.join('')}"/></svg>`
  );
}

type Random = (low: number, high: number) => number;

/** The letter's outlines around the point, turned, slanted and stretched a little. */
function placeLetter(letter: string, at: { x: number; y: number }, random: Random): Outline[] {
  const box = 100;
  const { data } = svgCaptcha.create({
    size: 1,
    charPreset: letter,
    noise: 0,
    width: box,
    height: box,
    fontSize: 84,
  });
  const [angle, slant] = [random(-0.3, 0.3), random(-0.2, 0.2)];
  const [wide, high] = [random(0.85, 1.1), random(0.9, 1.15)];
  const [dx, dy] = [random(-3, 3), random(-6, 6)];
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return parseOutlines(data).map((outline) =>
    outline.map((piece) =>
      piece.map((point) => {
        const x = (point.x - box / 2 + slant * (point.y - box / 2)) * wide;
        const y = (point.y - box / 2) * high;
        return { x: at.x + dx + x * cos - y * sin, y: at.y + dy + x * sin + y * cos };
      }),
    ),
  );
}

/** A bent band across the picture: an outline like those of letters. */
function drawStroke(random: Random): Outline {
  const { width, height } = pictureSize;
  const [x1, x2] = [random(0, width * 0.35), random(width * 0.65, width)];
  const [y1, y2, bend] = [random(8, height - 8), random(8, height - 8), random(-30, 30)];
  const thick = random(0.3, 0.9);
  const mid = { x: (x1 + x2) / 2, y: (y1 + y2) / 2 + bend };
  const below = (point: { x: number; y: number }) => ({ x: point.x, y: point.y + thick });
  const [from, to] = [
    { x: x1, y: y1 },
    { x: x2, y: y2 },
  ];
  return [
    [from, mid, to],
    [to, below(to)],
    [below(to), below(mid), below(from)],
    [below(from), from],
  ];
}

/** Splits every piece into one to four, moves the joints a little, and starts the outline anywhere. */
function disguise(outline: Outline, random: Random, randomInt: RandomInt): Outline {
  const pieces: Piece[] = outline.flatMap((piece) => {
    let parts = [piece];
    for (let cuts = randomInt(3); cuts > 0; cuts -= 1) {
      const last = parts.at(-1) ?? piece;
      parts = [...parts.slice(0, -1), ...splitPiece(last, random(0.3, 0.7))];
    }
    return parts;
  });
  const joints = pieces.map(([start = { x: 0, y: 0 }]) => ({
    x: start.x + random(-0.35, 0.35),
    y: start.y + random(-0.35, 0.35),
  }));
  const moved = pieces.map((piece, at) => {
    const [start, end] = [joints[at], joints[(at + 1) % joints.length]];
    const middle = piece.length > 2 ? piece.slice(1, -1) : randomInt(2) === 0 ? [] : [halfway(piece)];
    return [start, ...middle, end].filter((point) => point !== undefined);
  });
  const turn = randomInt(moved.length);
  return [...moved.slice(turn), ...moved.slice(0, turn)];
}

function halfway(piece: Piece): { x: number; y: number } {
  const [a, b] = [piece[0] ?? { x: 0, y: 0 }, piece.at(-1) ?? { x: 0, y: 0 }];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}

function shuffle<Item>(items: Item[], randomInt: RandomInt): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(randomInt(left.length), 1));
}
