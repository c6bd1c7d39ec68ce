import { describe, expect, test } from 'vitest';
import type { FaceMarks } from '../../../../client/engine/focus/findings.ts';
import { backgroundRow, measureBackground } from '../../../../client/engine/idPhoto/background.ts';
import { idCrop } from '../../../../client/engine/idPhoto/crop.ts';
import { headOf } from '../../../../client/engine/idPhoto/head.ts';
import { idRows } from '../../../../client/engine/idPhoto/rows.ts';
import type { HeadRule } from '../../../../server/specs/spec.shared.ts';

const photo = { width: 3000, height: 4000 };

/** A face into the camera: eyes 300 px apart, the mouth 300 px below them. */
const marks: FaceMarks = {
  rightEye: { x: 1350 / 3000, y: 1500 / 4000 },
  leftEye: { x: 1650 / 3000, y: 1500 / 4000 },
  nose: { x: 0.5, y: 1650 / 4000 },
  mouth: { x: 0.5, y: 1800 / 4000 },
  rightEar: { x: 0.41, y: 0.39 },
  leftEar: { x: 0.59, y: 0.39 },
};

/** US visa: 50 to 69 % of the height, eyes 56 to 69 % above the lower edge. */
const rule: HeadRule = {
  height: { min: 0.5, max: 0.69 },
  eyes: { min: 0.56, max: 0.69 },
  above: null,
  width: null,
  words: '',
  mayCrop: true,
};
const square = { width: 600, height: 600 };

function known() {
  const head = headOf(marks, photo);
  if (!head) throw new Error('The face of the test has a head.');
  return head;
}

describe('the head', () => {
  test('has its eyes half way between crown and chin', () => {
    expect(known()).toEqual({ crown: 1050, eyes: 1500, chin: 1950, middle: 1500, tilt: 0 });
  });

  test('of a turned, lying or tiny face is not guessed', () => {
    const turned = { ...marks, leftEye: { x: 0.48, y: 0.375 } };
    const lying = { ...marks, mouth: { x: 0.7, y: 0.38 } };
    expect(headOf(turned, photo)).toBeNull();
    expect(headOf(lying, photo)).toBeNull();
    expect(headOf(marks, { width: 30, height: 40 })).toBeNull();
  });
});

describe('the crop', () => {
  test('puts head height and eyes into the middle of their bands', () => {
    const placed = idCrop(known(), rule, square, photo);
    if (placed.kind !== 'crop') throw new Error('It may be cropped.');
    const { crop, missing } = placed;
    expect(missing).toEqual([]);
    expect(900 / crop.height).toBeCloseTo(0.595, 2);
    expect((crop.y + crop.height - 1500) / crop.height).toBeCloseTo(0.625, 2);
    expect(crop.x + crop.width / 2).toBeCloseTo(1500);
    expect(idRows(known(), crop, rule, null).map(({ state }) => state)).toEqual(['green', 'green', 'green']);
  });

  test('stays on a photo that is tight, inside the bands where it can, and tells which side is missing', () => {
    const tight = { width: 3000, height: 2150 };
    const low = idCrop(known(), rule, square, tight);
    expect(low.kind === 'crop' && low.crop.y + low.crop.height).toBeLessThanOrEqual(2150);
    const narrow = idCrop({ ...known(), middle: 100 }, rule, square, photo);
    expect(narrow).toMatchObject({ kind: 'crop', missing: ['left'] });
    expect(narrow.kind === 'crop' && narrow.crop.x).toBe(0);
  });

  test('is none where the place crops by itself', () => {
    expect(idCrop(known(), { ...rule, mayCrop: false }, square, photo)).toEqual({ kind: 'uploadOriginal' });
  });
});

describe('the rows', () => {
  const crop = { x: 500, y: 800, width: 2000, height: 2000 };

  test('tell a head that is too small by far red, one at the limit amber', () => {
    const [height] = idRows(known(), { ...crop, height: 1840 }, { ...rule, eyes: null }, 50);
    expect(height).toMatchObject({ rule: 'headHeight', state: 'amber', found: 'about 24.5\u00a0mm' });
    const [small] = idRows(known(), { ...crop, height: 2600 }, rule, 50);
    expect(small?.state).toBe('red');
    expect(small?.words).toBe('From chin to crown: about 17.3\u00a0mm instead of 25 to 34.5\u00a0mm.');
  });

  test('tell a tilted head, which no crop puts right', () => {
    const tilt = (degrees: number) => idRows({ ...known(), tilt: degrees }, crop, rule, null).at(-1)?.state;
    expect([tilt(-2), tilt(5), tilt(-12)]).toEqual(['green', 'amber', 'red']);
  });
});

describe('the background', () => {
  const drawn = (at: (x: number, y: number) => number) => {
    const data = new Uint8ClampedArray(40 * 40 * 4).fill(255);
    for (let i = 0; i < 1600; i++) data.fill(at(i % 40, Math.floor(i / 40)), i * 4, i * 4 + 3);
    return { data, width: 40, height: 40 };
  };
  const head = { x: 14, y: 10, width: 12, height: 16 };
  const isPerson = (x: number, y: number) => (x > 12 && x < 28 && y > 9) || y > 26;
  const stateOf = (at: (x: number, y: number) => number) => {
    const measured = measureBackground(drawn(at), head);
    return measured && backgroundRow(measured, 'white').state;
  };

  test('is measured beside the head: hair and shoulders do not count', () => {
    expect(stateOf((x, y) => (isPerson(x, y) ? 20 : 240))).toBe('green');
    expect(
      measureBackground(
        drawn(() => 240),
        head,
      ),
    ).toEqual({ colour: [240, 240, 240], spread: 0 });
  });

  test('with a shadow is amber, with a pattern red', () => {
    expect(stateOf((x) => (x < 20 ? 230 : 210))).toBe('amber');
    expect(stateOf((x) => (x % 4 < 2 ? 240 : 120))).toBe('red');
  });

  test('of a head that fills the picture is not known', () => {
    expect(
      measureBackground(
        drawn(() => 240),
        { x: 0, y: 0, width: 40, height: 40 },
      ),
    ).toBeNull();
  });
});
