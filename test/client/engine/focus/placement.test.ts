import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FocusBox } from '../../../../client/engine/focus/box.ts';
import { type Placement, place, type Scene, type Wish } from '../../../../client/engine/focus/placement.ts';
import { boxAt, sceneOf, scenes, wishes, wishOf } from './scenes.ts';

const shareOf = (placement: Placement, id: string) => placement.kept.find((kept) => kept.id === id)?.share;

describe('a crop', () => {
  test('slides to what must stay', () => {
    const face = boxAt(0.8, 0.2, 0.15, 0.3);
    const { crop, fits, reason } = place(sceneOf([face]), wishOf(1080, 1080));
    expect(crop).toMatchObject({ y: 0, width: 800, height: 800 });
    expect(crop.x).toBeGreaterThan(300);
    expect(fits).toBe(true);
    expect(reason).toBe('keeps face whole');
  });

  test('keeps one whole face of two that are too far apart, and never the mean between them', () => {
    const scene = sceneOf([
      boxAt(0.02, 0.3, 0.2, 0.3, { id: 'left', weight: 1 }),
      boxAt(0.78, 0.3, 0.2, 0.3, { id: 'right', weight: 0.9 }),
    ]);
    const placement = place(scene, wishOf(1080, 1920));
    expect(shareOf(placement, 'left')).toBe(1);
    expect(placement.fits).toBe(false);
    expect(placement.reason).toBe('cuts all of face 2');
  });

  test('keeps the largest set of whole faces', () => {
    const scene = sceneOf([
      boxAt(0.02, 0.3, 0.12, 0.2, { id: 'alone', weight: 1 }),
      boxAt(0.6, 0.3, 0.12, 0.2, { id: 'a', weight: 0.8 }),
      boxAt(0.75, 0.3, 0.12, 0.2, { id: 'b', weight: 0.8 }),
    ]);
    const { kept } = place(scene, wishOf(800, 1000));
    expect(kept.map(({ id, share }) => [id, share])).toEqual([
      ['alone', 0],
      ['a', 1],
      ['b', 1],
    ]);
  });

  test('keeps the upper end of a person who is taller than it', () => {
    const person = boxAt(0.4, 0.1, 0.2, 0.9, { kind: 'person', label: 'person' });
    const { crop } = place(sceneOf([person], 800, 1200), wishOf(1600, 900));
    expect(crop.y).toBeLessThanOrEqual(0.1 * 1200);
    expect(crop.y + crop.height).toBeLessThan(700);
  });

  test('leaves a margin beside a face and does not glue it to an edge', () => {
    const face = boxAt(0.5, 0.3, 0.1, 0.2);
    const { crop } = place(sceneOf([face]), wishOf(600, 1200));
    expect(0.5 * 1200 - crop.x).toBeGreaterThan(0.06 * crop.width);
    expect(crop.x + crop.width - 0.6 * 1200).toBeGreaterThan(0.06 * crop.width);
  });

  test('follows what stands out where no box was found, and then what smartcrop likes', () => {
    const data = new Uint8Array(100).map((_, i) => (i % 10 > 7 ? 255 : 0));
    const wish = wishOf(500, 1000);
    const salient = place({ ...sceneOf([]), saliency: { width: 10, height: 10, data } }, wish);
    expect(salient.crop.x + salient.crop.width).toBeGreaterThan(1100);
    const liked = place({ ...sceneOf([]), opinion: () => [0, 1, 5, 9] }, wish);
    expect(liked.crop.x).toBeGreaterThan(700);
    expect(place(sceneOf([]), wish).crop.x).toBeCloseTo(400);
  });

  test('does not look at a box that is switched off', () => {
    const off = boxAt(0.8, 0.3, 0.1, 0.2, { enabled: false });
    const { crop, kept } = place(sceneOf([off]), wishOf(500, 1000));
    expect(crop.x).toBeCloseTo(400);
    expect(kept).toEqual([]);
  });

  test('says exactly what it cuts and what else could be done', () => {
    const wide = boxAt(0.1, 0.3, 0.8, 0.3, { label: 'face', source: 'manual' });
    const { fits, reason, alternatives } = place(sceneOf([wide]), wishOf(800, 800));
    expect(fits).toBe(false);
    expect(reason).toBe('cuts 17\u00a0% of face');
    expect(alternatives.map(({ fit }) => fit)).toEqual(['coverOrPad', 'contain']);
  });

  test('tells of the crops that lie elsewhere, each with what it keeps, the best first', () => {
    const scene = sceneOf([boxAt(0, 0.3, 0.2, 0.3), boxAt(0.8, 0.3, 0.2, 0.3, { weight: 0.6 })]);
    const { crop, tried } = place(scene, wishOf(500, 1000));
    expect(tried[0]?.crop).toEqual(crop);
    expect(tried.length).toBeGreaterThan(1);
    expect(tried.map(({ score }) => score)).toEqual(
      tried.map(({ score }) => score).toSorted((a, b) => b - a),
    );
    expect(tried.map(({ kept }) => kept.length)).toEqual(tried.map(() => 2));
  });

  test('a zoomed one finds its place on both axes', () => {
    const face = boxAt(0.75, 0.1, 0.1, 0.15);
    const { crop, fits } = place(sceneOf([face]), wishOf(1000, 1000, { zoom: 2 }));
    expect(crop.width).toBeCloseTo(400);
    expect(fits).toBe(true);
    expect(crop.x + crop.width).toBeGreaterThan(0.85 * 1200);
    expect(crop.y).toBeLessThan(0.1 * 800);
  });
});

describe('padding', () => {
  const low = boxAt(0.05, 0.3, 0.9, 0.3);

  test('is added only where something would be cut, and only as much as it needs', () => {
    const whole = place(sceneOf([boxAt(0.1, 0.1, 0.2, 0.3)]), wishOf(800, 800, { pads: true }));
    expect(whole.padded).toBe(0);
    const { crop, fits, padded, reason } = place(sceneOf([low]), wishOf(800, 800, { pads: true }));
    expect(fits).toBe(true);
    expect(crop.width).toBeGreaterThan(0.9 * 1200 * 0.97);
    expect(crop.width).toBeLessThan(0.9 * 1200 * 1.03);
    expect(padded).toBeCloseTo(1 - 800 / crop.height, 1);
    expect(reason).toBe('keeps face whole, with 26\u00a0% padding');
  });

  test('moves a face at the photo’s edge into the safe area', () => {
    const top = boxAt(0.4, 0, 0.2, 0.15);
    const story = wishOf(1080, 1920, {
      safeArea: { kind: 'inset', top: 0.14, right: 0, bottom: 0.2, left: 0 },
    });
    const scene = sceneOf([top], 1080, 1920);
    expect(place(scene, story).reason).toMatch(/^cuts or covers 9\d\u00a0% of face$/);
    const padded = place(scene, { ...story, pads: true });
    expect(padded.fits).toBe(true);
    expect(padded.crop.y).toBeCloseTo(-0.14 * padded.crop.height, -1);
  });
});

describe('a safe area', () => {
  test('is where a face belongs, not only inside the crop', () => {
    const face = boxAt(0.5, 0.2, 0.15, 0.3);
    const safeArea = { kind: 'rectangle', x: 0.6, y: 0, width: 0.4, height: 1 } as const;
    const { crop, fits } = place(sceneOf([face]), wishOf(800, 800, { safeArea }));
    expect(fits).toBe(true);
    expect(crop.x + 0.6 * crop.width).toBeLessThanOrEqual(0.5 * 1200);
  });

  test('a round mask keeps a face out of the corners', () => {
    const corner = boxAt(0.05, 0.02, 0.2, 0.25);
    const square = place(sceneOf([corner]), wishOf(800, 800));
    const round = place(sceneOf([corner]), wishOf(800, 800, { mask: 'circle', pads: true }));
    expect(square.fits).toBe(true);
    expect(round.fits).toBe(true);
    const { x, y, width } = round.crop;
    const reach = [0.05, 0.25].map((side) =>
      Math.hypot(side * 1200 - x - width / 2, 0.145 * 800 - y - width / 2),
    );
    expect(Math.max(...reach)).toBeLessThan((width / 2) * 1.02);
  });
});

/** The same cases in every run: two crops of all but the same value are no fault, and would be found some day. */
const fixed = { seed: 20261122 };

describe('for any photo', () => {
  test('the crop has the shape of the place, is inside the photo unless it pads, and pads only when asked', () => {
    fc.assert(
      fc.property(scenes, wishes, (scene, wish) => {
        const { crop, padded, kept, fits } = place(scene, wish);
        expect(crop.width / crop.height).toBeCloseTo(wish.widthPx / wish.heightPx, 3);
        if (!wish.pads) expect(padded).toBeLessThan(1e-9);
        expect(kept.map(({ id }) => id)).toEqual(scene.boxes.map(({ id }) => id));
        for (const { share } of kept) expect(share).toBeLessThanOrEqual(1 + 1e-9);
        if (wish.pads && !wish.safeArea) expect(fits).toBe(true);
      }),
      { ...fixed, numRuns: 60 },
    );
  });

  test('a larger weight never keeps less of its box', () => {
    fc.assert(
      fc.property(
        scenes,
        wishes,
        fc.nat(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (scene, wish, pick, more) => {
          const chosen = scene.boxes[pick % scene.boxes.length];
          if (!chosen) return;
          const heavier = { ...chosen, weight: chosen.weight + more * (1 - chosen.weight) };
          const boxes = scene.boxes.map((box) => (box === chosen ? heavier : box));
          const cropped = { ...wish, pads: false };
          const before = shareOf(place(scene, cropped), chosen.id) ?? 0;
          const after = shareOf(place({ ...scene, boxes }, cropped), chosen.id) ?? 0;
          expect(after).toBeGreaterThanOrEqual(before - 0.02);
        },
      ),
      { ...fixed, numRuns: 150 },
    );
  });

  test('the mirrored photo gets the mirrored crop', () => {
    fc.assert(
      fc.property(scenes, wishes, (scene, wish) => {
        const here = place(scene, wish);
        const there = place(mirrored(scene, wish), mirroredWish(wish));
        const [first, second] = here.tried;
        const isTied = first && second && first.score - second.score < 1e-9;
        if (isTied) return;
        const middle = (here.crop.x + here.crop.width / 2) / scene.photo.width;
        expect((there.crop.x + there.crop.width / 2) / scene.photo.width).toBeCloseTo(1 - middle, 2);
        expect((there.crop.y - here.crop.y) / here.crop.height).toBeCloseTo(0, 2);
      }),
      { ...fixed, numRuns: 60 },
    );
  });

  test('its size in pixels changes nothing', () => {
    fc.assert(
      fc.property(scenes, wishes, fc.constantFrom(0.25, 2, 8), (scene, wish, scale) => {
        const photo = { width: scene.photo.width * scale, height: scene.photo.height * scale };
        const here = place(scene, wish);
        const there = place({ ...scene, photo }, wish);
        expect(there.crop.x / scale).toBeCloseTo(here.crop.x, 3);
        expect(there.crop.y / scale).toBeCloseTo(here.crop.y, 3);
        expect(there.reason).toBe(here.reason);
      }),
      { ...fixed, numRuns: 60 },
    );
  });
});

function mirrored(scene: Scene, wish: Wish): Scene {
  const { saliency, opinion, photo } = scene;
  const flip = ({ box, ...rest }: FocusBox) => ({ ...rest, box: { ...box, x: 1 - box.x - box.width } });
  const slidesAcross = wish.widthPx / wish.heightPx < photo.width / photo.height;
  return {
    photo,
    boxes: scene.boxes.map(flip),
    saliency: saliency && {
      ...saliency,
      data: saliency.data.map(
        (_, i) => saliency.data[i - (i % saliency.width) + saliency.width - 1 - (i % saliency.width)] ?? 0,
      ),
    },
    opinion:
      opinion && ((aspect) => (slidesAcross ? Array.from(opinion(aspect)).reverse() : opinion(aspect))),
  };
}

function mirroredWish(wish: Wish): Wish {
  const { safeArea } = wish;
  if (safeArea?.kind === 'inset')
    return { ...wish, safeArea: { ...safeArea, left: safeArea.right, right: safeArea.left } };
  if (safeArea?.kind === 'rectangle')
    return { ...wish, safeArea: { ...safeArea, x: 1 - safeArea.x - safeArea.width } };
  if (safeArea?.kind === 'circle') return { ...wish, safeArea: { ...safeArea, x: 1 - safeArea.x } };
  return wish;
}
