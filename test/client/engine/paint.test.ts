import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DrawPlan, planDraw } from '../../../client/engine/drawPlan.ts';
import type { Size } from '../../../client/engine/geometry.ts';
import {
  blurPhoto,
  type PaintContext,
  type PaintOptions,
  paintedSize,
  paintPlan,
  type SmallCanvas,
} from '../../../client/engine/paint.ts';
import { planInputs } from './arbitraries.ts';

interface Picture extends Size {
  name: string;
}

interface Draw {
  image: string;
  source: number[];
  target: number[];
}

/** Writes down what is painted on it. Small canvases hand out grey pixels. */
class Recorder implements PaintContext<Picture> {
  fillStyle: unknown = '';
  imageSmoothingEnabled = false;
  imageSmoothingQuality: 'low' | 'medium' | 'high' = 'low';
  cleared: number[][] = [];
  fills: unknown[][] = [];
  draws: Draw[] = [];
  order: string[] = [];

  clearRect(...box: number[]): void {
    this.cleared.push(box);
    this.order.push('clear');
  }
  fillRect(...box: number[]): void {
    this.fills.push([this.fillStyle, ...box]);
    this.order.push('fill');
  }
  drawImage(image: Picture, ...numbers: number[]): void {
    this.draws.push({ image: image.name, source: numbers.slice(0, 4), target: numbers.slice(4) });
    this.order.push(`draw ${image.name}`);
  }
  getImageData(_x: number, _y: number, width: number, height: number) {
    return { data: new Uint8ClampedArray(width * height * 4).fill(128), width, height };
  }
  putImageData(): void {
    this.order.push('put');
  }
}

const made: SmallCanvas<Picture>[] = [];

function makeCanvas(width: number, height: number): SmallCanvas<Picture> {
  const canvas = { drawable: { name: 'small', width, height }, context: new Recorder() };
  made.push(canvas);
  return canvas;
}

function paint(
  plan: DrawPlan,
  image: Size,
  options: Partial<PaintOptions<Picture>> & { photo: Size },
): Recorder {
  const context = new Recorder();
  paintPlan<Picture>(context, { name: 'photo', ...image }, plan, { outputScale: 1, makeCanvas, ...options });
  return context;
}

const photo = { width: 4000, height: 3000 };
const cover = planDraw({
  photo,
  spec: { width: 1080, height: 1350 },
  fit: { mode: 'cover', enlarge: false, background: { kind: 'transparent' } },
  focal: { x: 0.5, y: 0.5 },
  pinned: null,
  format: 'png',
});

describe('a file', () => {
  it("reads the plan's source and covers the whole output, smoothly", () => {
    const context = paint(cover, photo, { photo });
    expect(context.draws).toEqual([
      { image: 'photo', source: [800, 0, 2400, 3000], target: [0, 0, 1080, 1350] },
    ]);
    expect([context.imageSmoothingEnabled, context.imageSmoothingQuality]).toEqual([true, 'high']);
  });

  it('begins with a clean canvas, so nothing of the file before shines through', () => {
    expect(paint(cover, photo, { photo }).order).toEqual(['clear', 'draw photo']);
  });

  it('stands on its colour', () => {
    const context = paint({ ...cover, ground: { kind: 'colour', colour: '#aabbcc' } }, photo, { photo });
    expect(context.fills).toEqual([['#aabbcc', 0, 0, 1080, 1350]]);
    expect(context.order).toEqual(['clear', 'fill', 'draw photo']);
  });

  it('stands on its blurred self, over white where the photo is transparent', () => {
    const ground = { kind: 'blur' as const, source: { x: 800, y: 0, width: 2400, height: 3000 } };
    const context = paint({ ...cover, ground }, photo, { photo });
    expect(context.order).toEqual(['clear', 'fill', 'draw small', 'draw photo']);
    expect(context.fills[0]?.[0]).toBe('#ffffff');
    // The blurred photo is 96 x 72, so a pixel of it is 41.7 pixels of the photo.
    expect(context.draws[0]).toEqual({
      image: 'small',
      source: [800 * 0.024, 0, 2400 * 0.024, 72].map((value) => expect.closeTo(value, 6)),
      target: [0, 0, 1080, 1350],
    });
  });

  it('takes a blurred photo that was made before instead of making one', () => {
    const ground = { kind: 'blur' as const, source: cover.source };
    const canvases = made.length;
    const blurred = { name: 'kept', width: 96, height: 72 };
    const context = paint({ ...cover, ground }, photo, { photo, blurred });
    expect(context.draws[0]?.image).toBe('kept');
    expect(made.length).toBe(canvases);
  });
});

describe('a preview', () => {
  it('paints the same plan from a smaller copy onto a smaller canvas', () => {
    const context = paint(cover, { width: 1600, height: 1200 }, { photo, outputScale: 0.2 });
    expect(context.draws).toEqual([
      { image: 'photo', source: [320, 0, 960, 1200], target: [0, 0, 216, 270] },
    ]);
  });

  it('reaches every edge of a canvas whose size the caller has rounded', () => {
    const context = paint(cover, photo, { photo, outputScale: 0.2, canvas: { width: 217, height: 270 } });
    expect(context.draws[0]?.target).toEqual([0, 0, 217, 270]);
  });

  it('leaves no hairline: whole pixels, and the far edges where the plan has them', () => {
    fc.assert(
      fc.property(planInputs, fc.double({ min: 0.01, max: 1, noNaN: true }), (given, outputScale) => {
        const plan = planDraw(given);
        const canvas = paintedSize(plan.output, outputScale);
        const copy = paintedSize(given.photo, 0.4);
        const draw = paint(plan, copy, { photo: given.photo, outputScale }).draws.at(-1);
        const [x = -1, y = -1, width = -1, height = -1] = draw?.target ?? [];
        expect([x, y, width, height].every(Number.isInteger)).toBe(true);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(Math.min(width, height)).toBeGreaterThanOrEqual(1);
        expect(x + width).toBeLessThanOrEqual(canvas.width);
        expect(y + height).toBeLessThanOrEqual(canvas.height);
        const scale = { x: canvas.width / plan.output.width, y: canvas.height / plan.output.height };
        const right = (plan.target.x + plan.target.width) * scale.x;
        const bottom = (plan.target.y + plan.target.height) * scale.y;
        // Each edge is at the nearest whole pixel, unless the target would vanish.
        if (width > 1) expect(Math.abs(x + width - right)).toBeLessThanOrEqual(0.5 + 1e-6);
        if (height > 1) expect(Math.abs(y + height - bottom)).toBeLessThanOrEqual(0.5 + 1e-6);
        if (plan.target.x === 0) expect(x).toBe(0);
        if (plan.target.width === plan.output.width) expect(width).toBe(canvas.width);
        if (plan.target.height === plan.output.height) expect(height).toBe(canvas.height);
        const [sourceX = -1, sourceY = -1, sourceWidth = 0, sourceHeight = 0] = draw?.source ?? [];
        expect(Math.min(sourceX, sourceY)).toBeGreaterThanOrEqual(0);
        expect(sourceX + sourceWidth).toBeLessThanOrEqual(copy.width + 1e-9);
        expect(sourceY + sourceHeight).toBeLessThanOrEqual(copy.height + 1e-9);
      }),
      { numRuns: 500 },
    );
  });
});

describe('the blurred photo', () => {
  it('has the same size from the full photo and from a smaller copy', () => {
    const full = blurPhoto<Picture>({ name: 'photo', ...photo }, makeCanvas);
    const copy = blurPhoto<Picture>({ name: 'photo', width: 1600, height: 1200 }, makeCanvas);
    expect([full.width, full.height]).toEqual([96, 72]);
    expect([copy.width, copy.height]).toEqual([96, 72]);
  });

  it('survives photos of a single row or column', () => {
    for (const size of [
      { width: 9000, height: 1 },
      { width: 1, height: 9000 },
      { width: 1, height: 1 },
    ]) {
      const small = blurPhoto<Picture>({ name: 'photo', ...size }, makeCanvas);
      expect(Math.min(small.width, small.height)).toBeGreaterThanOrEqual(1);
    }
  });
});
