import fs from 'node:fs';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { type Band, confidences, isConfirmed, proofOf } from '../../server/specs/spec.shared.ts';
import { rulesOf } from '../../server/specs/specFaults.ts';

/** What binary fractions may leave beyond an edge. */
const one = 1 + 1e-9;
const today = new Date().toISOString().slice(0, 10);

describe('the catalogue', () => {
  test('has its specs in groups that stay together', () => {
    expect(builtIn.specs.length).toBeGreaterThanOrEqual(173);
    expect(builtIn.groups.length).toBeGreaterThanOrEqual(35);
    const runs = builtIn.specs.filter((spec, index) => spec.group !== builtIn.specs[index - 1]?.group);
    expect(runs.map((spec) => spec.group)).toEqual(builtIn.groups);
  });

  test('takes every file of its folder', () => {
    const files = fs.readdirSync('server/specs/catalogue');
    const groups = files.map((file) => {
      const { group }: { group: string } = JSON.parse(
        fs.readFileSync(`server/specs/catalogue/${file}`, 'utf8'),
      );
      return group;
    });
    expect(new Set(groups).size).toBe(files.length);
    expect(groups.toSorted()).toEqual(builtIn.groups.toSorted());
  });

  test('names every id once', () => {
    expect(new Set(builtIn.specs.map((spec) => spec.id)).size).toBe(builtIn.specs.length);
  });

  test('names no two specs of a group alike', () => {
    const captions = builtIn.specs.map((spec) => `${spec.group}: ${spec.name}`);
    expect(new Set(captions).size).toBe(captions.length);
  });

  test('finds a spec by its id, and null for any other', () => {
    expect(builtIn.find('x-post')?.widthPx).toBe(1600);
    expect(builtIn.find('no-such-spec')).toBeNull();
    expect(builtIn.find('constructor')).toBeNull();
  });

  test('has every popular spec, and starts nobody with one that is unconfirmed', () => {
    expect(builtIn.popularIds).toHaveLength(8);
    expect(builtIn.popularIds.map((id) => builtIn.find(id)?.id)).toEqual(builtIn.popularIds);
    expect(builtIn.pick(builtIn.popularIds).every(isConfirmed)).toBe(true);
  });

  test('cannot be changed by anyone who holds it', () => {
    const story = builtIn.find('instagram-story');
    expect(Object.isFrozen(builtIn.specs)).toBe(true);
    expect(Object.isFrozen(story)).toBe(true);
    expect(Object.isFrozen(story?.safeArea)).toBe(true);
    expect(Object.isFrozen(story?.differ[0]?.says)).toBe(true);
    expect(Object.isFrozen(story?.sources[0])).toBe(true);
  });

  test('knows what places do next with a file', () => {
    const viewsOf = (id: string) => builtIn.find(id)?.derived ?? [];
    expect(viewsOf('instagram-square')).toEqual([
      {
        name: 'Profile grid, 3:4',
        area: { x: 0.125, y: 0, width: 0.75, height: 1 },
        mask: null,
        shownPx: null,
      },
    ]);
    expect(viewsOf('youtube-banner').map(({ name }) => name)).toEqual(['TV', 'Desktop', 'Tablet', 'Phone']);
    expect(viewsOf('youtube-banner')[3]?.area.width).toBeCloseTo(1546 / 2560);
    expect(viewsOf('instagram-profile')).toMatchObject([{ mask: 'circle', shownPx: 110 }]);
    expect(viewsOf('wechat-cover')[0]?.area).toMatchObject({ y: 0, height: 1 });
  });

  test('knows where a head has to be, and who forbids cropping', () => {
    const visa = builtIn.find('china-visa')?.head;
    expect(visa?.height).toEqual({ min: 28 / 48, max: 33 / 48 });
    expect(visa?.width).toEqual({ min: 15 / 33, max: 22 / 33 });
    expect(visa?.above).toEqual({ min: 3 / 48, max: 5 / 48 });
    expect(builtIn.find('us-dv')?.head?.eyes).toEqual({ min: 0.56, max: 0.69 });
    expect(builtIn.find('china-id-card')?.head?.eyes).toEqual({ min: 207 / 441, max: 1 });
    const uncropped = builtIn.specs.filter((spec) => spec.head?.mayCrop === false).map(({ id }) => id);
    expect(uncropped).toEqual(['us-passport-online', 'uk-passport-digital']);
  });

  test('takes the strictest value where sources differ, and says what each says', () => {
    expect(builtIn.find('x-header')).toMatchObject({
      maxBytes: 2_000_000,
      differ: [
        { rule: 'bytes', says: [{ words: '2 MB, in older guides' }, { words: '5 MB, in most guides' }] },
      ],
    });
    expect(builtIn.find('slack-emoji')?.maxBytes).toBe(64_000);
    expect(builtIn.find('shopify-product')?.maxPx?.widthPx).toBe(4472);
    // 32 to 36 mm on one page and 25 to 35 mm on another: what both take.
    expect(builtIn.find('korea-passport')?.head?.height).toEqual({ min: 32 / 45, max: 35 / 45 });
  });

  test('says of general knowledge that it is not looked up, and of a better proved rule that it is', () => {
    const icon = builtIn.find('telegram-profile');
    expect(icon).toMatchObject({ confidence: 'K', sources: [{ url: null }] });
    expect(icon?.sources[0]?.text).toContain('not looked up');
    const banner = builtIn.find('bluesky-banner');
    expect(banner?.confidence).toBe('C');
    expect(banner && proofOf(banner, 'bytes').confidence).toBe('A');
    expect(banner && proofOf(banner, 'size').confidence).toBe('C');
  });

  test('has limits from memory as rules that are unconfirmed, not as remarks', () => {
    for (const id of ['x-card-large', 'gads-portrait', 'canada-visa']) {
      const spec = builtIn.find(id);
      expect(spec && proofOf(spec, 'pixels')).toMatchObject({ sources: [], confidence: 'K' });
    }
    expect(builtIn.find('x-card-large')).toMatchObject({
      minPx: { widthPx: 300, heightPx: 157 },
      maxPx: { widthPx: 4096, heightPx: 4096 },
    });
  });

  test('says no more of a size than its source does', () => {
    const card = builtIn.find('cn-social');
    expect(card).toMatchObject({ widthPx: 358, heightPx: 441, dpi: 300, printedMm: null, note: '' });
  });
});

describe.each(builtIn.specs.map((spec) => [spec.id, spec] as const))('%s', (_id, spec) => {
  test('has an id, a name and a note of the agreed form', () => {
    expect(spec.id).toMatch(/^(?!my-)[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(spec.name.length).toBeLessThanOrEqual(40);
    expect(spec.name).not.toMatch(/\d ?x ?\d/);
    expect(`${spec.name}${spec.note}`).not.toMatch(/\s\s|\s$|https?:/);
    expect(spec.note).toMatch(/^$|\.$/);
    expect(spec.sizing).toEqual({ kind: 'fixed' });
  });

  test('has a safe area and views inside the image', () => {
    const area = spec.safeArea;
    if (area?.kind === 'inset') {
      expect(Math.min(area.top, area.right, area.bottom, area.left)).toBeGreaterThanOrEqual(0);
      expect(area.top + area.bottom).toBeLessThan(1);
      expect(area.left + area.right).toBeLessThan(1);
    }
    const views = spec.derived.map((view) => view.area);
    for (const rectangle of area?.kind === 'rectangle' ? [area, ...views] : views) {
      expect(Math.min(rectangle.x, rectangle.y)).toBeGreaterThanOrEqual(0);
      expect(Math.min(rectangle.width, rectangle.height)).toBeGreaterThan(0);
      expect(rectangle.x + rectangle.width).toBeLessThanOrEqual(one);
      expect(rectangle.y + rectangle.height).toBeLessThanOrEqual(one);
    }
    if (area?.kind === 'circle') expect(area.radius).toBeLessThanOrEqual(0.5);
    if (spec.mask === 'circle') expect(spec.widthPx).toBe(spec.heightPx);
  });

  test('has bytes, pixels and head bands in order', () => {
    const { widthPx, heightPx, minPx, maxPx, head } = spec;
    expect(spec.minBytes ?? 0).toBeLessThan(spec.maxBytes ?? Number.POSITIVE_INFINITY);
    for (const [size, side] of [
      [widthPx, 'widthPx'],
      [heightPx, 'heightPx'],
      [Math.max(widthPx, heightPx), 'longestPx'],
    ] as const) {
      expect(size).toBeGreaterThanOrEqual(minPx?.[side] ?? 1);
      expect(size).toBeLessThanOrEqual(maxPx?.[side] ?? 10_000);
    }
    const bands: (Band | null | undefined)[] = [head?.height, head?.eyes, head?.above, head?.width];
    for (const band of bands.filter((some) => some != null)) {
      expect(band.min).toBeGreaterThanOrEqual(0);
      expect(band.min).toBeLessThanOrEqual(band.max);
      expect(band.max).toBeLessThanOrEqual(1);
    }
  });

  test('has the shape that its name says, within 1 %', () => {
    const named = /([\d.]+)(?::| × )([\d.]+)/.exec(spec.name);
    if (named === null) return;
    const wanted = Number(named[1]) / Number(named[2]);
    expect(Math.abs(spec.widthPx / spec.heightPx / wanted - 1)).toBeLessThan(0.01);
  });

  test('has the printed size that its name says', () => {
    const named = /([\d.]+) × ([\d.]+) (mm|in)/.exec(spec.name);
    if (named === null) return;
    const perUnit = named[3] === 'in' ? 25.4 : 1;
    expect(spec.printedMm?.width).toBeCloseTo(Number(named[1]) * perUnit, 2);
    expect(spec.printedMm?.height).toBeCloseTo(Number(named[2]) * perUnit, 2);
    if (spec.dpi !== null) {
      expect(Math.abs(spec.widthPx - (Number(named[1]) * perUnit * spec.dpi) / 25.4)).toBeLessThan(1);
      expect(Math.abs(spec.heightPx - (Number(named[2]) * perUnit * spec.dpi) / 25.4)).toBeLessThan(1);
    }
  });

  test('says where and when each of its rules was read', () => {
    expect(spec.sources.length).toBeGreaterThan(0);
    for (const source of spec.sources) {
      expect(source.text).not.toMatch(/https?:/);
      if (source.url === null) continue;
      const url = new URL(source.url);
      expect(url.protocol).toMatch(/^https?:$/);
      expect(url.hostname).toMatch(/[a-z0-9]\.[a-z]/);
      expect(source.url).not.toMatch(/\s/);
    }
    const proofs = rulesOf(spec).map((rule) => proofOf(spec, rule));
    for (const { sources, checkedOn } of proofs) {
      expect(new Date(checkedOn).toISOString().slice(0, 10)).toBe(checkedOn);
      expect(checkedOn <= today).toBe(true);
      for (const place of sources) expect(spec.sources[place]).toBeDefined();
    }
    const weakest = Math.max(...proofs.map(({ confidence }) => confidences.indexOf(confidence)));
    expect(spec.confidence).toBe(confidences[weakest]);
    expect(spec.checkedOn).toBe(proofs.map(({ checkedOn }) => checkedOn).toSorted()[0]);
  });
});
