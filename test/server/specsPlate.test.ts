import { describe, expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { type DrawnShape, pathOf } from '../../server/specs/drawing.shared.ts';
import { drawHead } from '../../server/specs/headDrawing.ts';
import { drawPlate, drawView, type Room, rooms } from '../../server/specs/plate.ts';
import { chooseScale, paperSize, scaleWords, trueSize } from '../../server/specs/scale.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { drawViewStrip } from '../../server/specs/viewStrip.ts';
import { aSpec } from './specsFixture.ts';

const specs = builtIn.specs.map((spec) => [spec.id, spec] as const);
const roomNames: Room[] = ['large', 'small'];

describe.each(specs)('the drawing of %s', (_id, spec) => {
  test.each(roomNames)('is at the scale that it says, and fits the %s room', (room) => {
    const plate = drawPlate(spec, room);
    const [, drawn, real] = /^(\d+):(\d+)/.exec(plate.scale) ?? [];
    const scale = Number(drawn) / Number(real);
    const { width, height } = trueSize(spec);
    expect(Math.abs(plate.drawing.width - width * scale)).toBeLessThanOrEqual(0.5);
    expect(Math.abs(plate.drawing.height - height * scale)).toBeLessThanOrEqual(0.5);
    expect(plate.width).toBeLessThanOrEqual(rooms[room].width);
    expect(plate.height).toBeLessThanOrEqual(rooms[room].height);
  });

  test('has every line and word inside the picture', () => {
    for (const room of roomNames) {
      const { lines, head, width, height, left, top } = drawPlate(spec, room);
      const texts = lines.flatMap((line) => line.texts);
      const labels = (head?.bands ?? []).map(({ label }) => ({ x: left, y: top + label.y }));
      for (const { x, y } of [...texts, ...labels]) {
        expect(x).toBeGreaterThanOrEqual(0);
        expect(x).toBeLessThanOrEqual(width);
        expect(y).toBeGreaterThanOrEqual(0);
        expect(y).toBeLessThanOrEqual(height + 14);
      }
      expect(JSON.stringify(lines)).not.toMatch(/NaN|null|Infinity/);
    }
  });
});

describe('a scale', () => {
  const room = { width: 440, height: 560 };
  test.each<[string, Partial<Spec>, string]>([
    ['a story', { widthPx: 1080, heightPx: 1920 }, '1:4, 4 px of the file are 1 px here'],
    ['a small avatar', { widthPx: 320, heightPx: 320 }, '1:1, pixel for pixel'],
    ['an emoji', { widthPx: 128, heightPx: 128 }, '3:1, 1 px of the file is 3 px here'],
    ['a card of 85 × 55 mm', { widthPx: 1004, heightPx: 650, dpi: 300 }, '1:1, the size on paper'],
    ['A4', { widthPx: 2480, heightPx: 3508, dpi: 300 }, '1:3 of the size on paper'],
    [
      'a photo of 35 × 45 mm with a head rule',
      {
        widthPx: 413,
        heightPx: 531,
        dpi: 300,
        head: { height: null, eyes: null, above: null, width: null, words: '', mayCrop: true },
      },
      '2:1 of the size on paper',
    ],
  ])('of %s is one that can be followed', (_name, change, words) => {
    const spec = aSpec(change);
    expect(scaleWords(chooseScale(spec, room), paperSize(spec) !== null)).toBe(words);
  });

  test('of paper is in real millimetres', () => {
    expect(trueSize(aSpec({ printedMm: { width: 25.4, height: 50.8 } }))).toEqual({ width: 96, height: 192 });
    expect(trueSize(aSpec({ widthPx: 300, heightPx: 600, dpi: 300 }))).toEqual({ width: 96, height: 192 });
  });
});

describe('dimension lines', () => {
  const wordsOf = (change: Partial<Spec>) =>
    drawPlate(aSpec(change), 'large').lines.map(({ texts }) =>
      texts.map(({ words }) => words.replaceAll('\u00a0', ' ')),
    );

  test('say width and height, and the pieces that a safe area makes', () => {
    expect(wordsOf({})).toEqual([['1080'], ['1350']]);
    expect(
      wordsOf({
        widthPx: 1080,
        heightPx: 1920,
        safeArea: { kind: 'inset', top: 0.14, right: 0, bottom: 0.2, left: 0 },
      }),
    ).toEqual([['1080'], ['1920'], ['269', '1267', '384']]);
    expect(wordsOf({ safeArea: { kind: 'rectangle', x: 0.1, y: 0, width: 0.8, height: 1 } })).toEqual([
      ['1080'],
      ['1350'],
      ['108', '864', '108'],
    ]);
  });

  test('of paper say millimetres', () => {
    expect(wordsOf({ widthPx: 1004, heightPx: 650, dpi: 300 })).toEqual([['85 mm'], ['55 mm']]);
  });
});

describe('a head', () => {
  const free = { height: null, eyes: null, above: null, width: null, words: 'x', mayCrop: true };
  const paper = { width: 35, height: 45 };
  const drawing = { width: 350, height: 450 };
  const draw = (rule: Partial<typeof free> | object) => drawHead({ ...free, ...rule }, drawing, paper);
  const share = (mm: number) => mm / 45;

  test('has lines for crown, eyes and chin where the rule puts them', () => {
    const head = draw({
      above: { min: share(2), max: share(6) },
      height: { min: share(32), max: share(36) },
      eyes: { min: share(20), max: share(25) },
    });
    const [crown, eyes, chin] = head.bands;
    expect([crown?.y, crown?.height]).toEqual([20, 40]);
    expect([eyes?.y, eyes?.height]).toEqual([200, 50]);
    expect([chin?.y, chin?.height]).toEqual([360, 40]);
    expect(head.bands.map(({ label }) => label.value.replaceAll('\u00a0', ' '))).toEqual([
      '2 to 6 mm',
      '20 to 25 mm',
      'head 32 to 36 mm',
    ]);
    expect(head.isPlaceFree).toBe(false);
    expect(head.example).toMatchObject({ x: 175, y: 210, height: 340 });
  });

  test('that only has a length is drawn as an example whose place is free', () => {
    const head = draw({ height: { min: 0.5, max: 0.7 } });
    expect(head.isPlaceFree).toBe(true);
    expect(head.example?.height).toBeCloseTo(270);
    expect(head.bands.map(({ label }) => label.name)).toEqual(['crown', 'chin']);
  });

  test('without a length is as long as its breadth asks for', () => {
    const head = draw({
      above: { min: 0, max: 0.1 },
      eyes: { min: 0.47, max: 1 },
      width: { min: 0.4, max: 0.6 },
    });
    expect(head.example).toMatchObject({ width: 175 });
    expect(head.example?.height).toBeCloseTo(175 / 0.74, 1);
    expect(head.bands[1]?.label.value.replaceAll('\u00a0', ' ')).toBe('at least 21.2 mm');
  });

  test('in words alone is not drawn, and gets no ruler', () => {
    expect(draw({})).toMatchObject({ bands: [], example: null });
    const plate = drawPlate(aSpec({ head: free }), 'large');
    expect(plate.head).toBeNull();
    expect(plate.lines).toHaveLength(2);
  });

  test('has labels that do not stand on each other', () => {
    const head = draw({
      above: { min: 0, max: 0.01 },
      height: { min: 0.02, max: 0.03 },
      eyes: { min: 0.97, max: 0.98 },
    });
    const [first = 0, second = 0, third = 0] = head.bands.map(({ label }) => label.y);
    expect(second - first).toBeGreaterThan(25);
    expect(third - second).toBeGreaterThan(25);
  });

  test('says percent of a height that has no size on paper', () => {
    const head = drawHead({ ...free, eyes: { min: 0.56, max: 0.69 } }, drawing, null);
    expect(head.bands[0]?.label.value.replaceAll('\u00a0', ' ')).toBe('56 to 69 %');
  });
});

describe('what the place does with a file', () => {
  test('is drawn view by view at one scale, with names and pixels', () => {
    const area = { x: 0.25, y: 0, width: 0.5, height: 1 };
    const strip = drawViewStrip(
      aSpec({
        widthPx: 1600,
        heightPx: 800,
        derived: [
          { name: 'Square', area, mask: null, shownPx: 110 },
          { name: 'Circle', area, mask: 'circle', shownPx: null },
        ],
      }),
    );
    expect(strip?.scale).toBe('1:8, 8 px of the file are 1 px here');
    expect(
      strip?.views.map(({ name, size, shown }) => [name, size, shown].join('|').replaceAll('\u00a0', ' ')),
    ).toEqual(['Square|800 × 800 px|shown at 110 px', 'Circle|800 × 800 px|']);
    expect(strip?.views[0]?.shape).toEqual({
      kind: 'rectangle',
      x: 50.5,
      y: 0.5,
      width: 99,
      height: 99,
      corner: 0,
    });
    expect(strip?.views[1]?.shape).toEqual({ kind: 'circle', x: 100, y: 50, radius: 49.5 });
  });

  test('is nothing where nothing is known', () => {
    expect(drawViewStrip(aSpec({}))).toBeNull();
  });

  test.each(specs.filter(([, spec]) => spec.derived.length > 0))(
    '%s: every view lies on the file',
    (_id, spec) => {
      for (const view of spec.derived) {
        const shape = drawView(view, { width: 200, height: 200 });
        expect(shape.x).toBeGreaterThanOrEqual(0);
        if (shape.kind === 'circle') expect(shape.x + shape.radius).toBeLessThanOrEqual(200);
        else expect(shape.x + shape.width).toBeLessThanOrEqual(200);
      }
    },
  );
});

describe('a shape as a path', () => {
  test.each<[string, DrawnShape, string]>([
    ['rectangle', { kind: 'rectangle', x: 1, y: 2, width: 10, height: 20, corner: 0 }, 'M1 2h10v20h-10v-20z'],
    [
      'rectangle with round corners',
      { kind: 'rectangle', x: 0, y: 0, width: 10, height: 10, corner: 2 },
      'M2 0h6a2 2 0 0 1 2 2v6a2 2 0 0 1 -2 2h-6a2 2 0 0 1 -2 -2v-6a2 2 0 0 1 2 -2z',
    ],
    ['circle', { kind: 'circle', x: 5, y: 5, radius: 4 }, 'M1 5a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z'],
  ])('of a %s ends where it began', (_name, shape, path) => {
    expect(pathOf(shape)).toBe(path);
  });
});
