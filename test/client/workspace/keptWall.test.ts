/** What happens on the wall to specs that are not there, custom sizes that come with a link, and a page that is loaded anew. */

import { describe, expect, test } from 'vitest';
import { asObject } from '../../../client/kept/looseJson.ts';
import { readWallSettings } from '../../../client/kept/wallSettings.ts';
import {
  changeExportSettings,
  renameSpecs,
  selectSpec,
  setFit,
  setPinned,
} from '../../../client/workspace/changes.ts';
import { goneWords, missingSpecs } from '../../../client/workspace/goneSpecs.ts';
import { keptOfWall, rejoinPreset, resumeWall } from '../../../client/workspace/keptWall.ts';
import { unpack } from '../../../client/workspace/presetAddress.ts';
import { isSameSize } from '../../../client/workspace/sameSize.ts';
import { pixelsWords } from '../../../client/workspace/sizePreview.ts';
import { createSpecFinder } from '../../../client/workspace/specFinder.ts';
import {
  defaultSettings,
  exportSettingsOf,
  type State,
  startState,
} from '../../../client/workspace/state.ts';
import {
  changedSpecs,
  differsFromPreset,
  openPreset,
  presetOfWall,
} from '../../../client/workspace/wallPreset.ts';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import { type Catalogue, createCatalogue } from '../../../server/specs/catalogue.shared.ts';
import { builtIn } from '../../../server/specs/catalogue.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import { customSize, presetOf } from './sizes.ts';

const tile = customSize(1, { kind: 'ratio', width: 4, height: 5 }, { name: 'Shop tile' });
const passport = customSize(2, { kind: 'size', width: 35, height: 45, unit: 'mm' });

describe('specs that are not there', () => {
  test('are those of the wall that are in no catalogue, neither kept nor borrowed', () => {
    const state = startState(['x-post', tile.id, 'no-such-spec', passport.id, 'my-gone'], defaultSettings);
    const known = { ...state, customSizes: [tile], borrowedSizes: [passport] };
    const catalogue = createSpecFinder(builtIn, () => known);
    expect(missingSpecs(known, catalogue)).toEqual(['no-such-spec', 'my-gone']);
  });

  test('are named where they are known, else counted', () => {
    const named = { id: tile.id, name: 'Shop tile', isOnWall: true };
    const unknown = { id: 'my-c', name: null, isOnWall: true };
    expect(goneWords([named])).toBe('“Shop tile” was deleted, so the wall shows it no longer.');
    expect(goneWords([named, { id: 'my-b', name: 'Card', isOnWall: true }])).toBe(
      '“Shop tile” and “Card” were deleted, so the wall shows them no longer.',
    );
    expect(goneWords([{ ...named, isOnWall: false }])).toBe('“Shop tile” was deleted.');
    expect(goneWords([unknown])).toBe(
      '1 spec of this wall is not there. Its place is kept until you remove it.',
    );
    const here = { ...unknown, place: 'browser' as const };
    const away = { ...unknown, place: 'account' as const };
    expect(goneWords([here])).toBe(
      'A custom size of this wall is kept in this browser, not in your account.',
    );
    expect(goneWords([away, away])).toBe(
      '2 custom sizes of this wall are not kept in this browser. If they are with your account, sign in.',
    );
    expect(goneWords([named, away])).toMatch(/^2 specs of this wall are not there/);
    expect(goneWords([named, unknown])).toBe(
      '2 specs of this wall are not there. Their places are kept until you remove them.',
    );
  });
});

test('under another id a spec keeps its place, its fit, its crops and its tick', () => {
  let state = startState([tile.id, 'x-post'], defaultSettings);
  const stretch = { ...defaultFit, mode: 'stretch' as const };
  const pin = { x: 0.4, y: 0.4, zoom: 2 };
  state = selectSpec(setFit(state, { id: tile.id, fit: null }, stretch), tile.id, true);
  state = renameSpecs(setPinned(state, 7, tile.id, pin), new Map([[tile.id, passport.id]]));
  expect(state.edits.specIds).toEqual([passport.id, 'x-post']);
  expect(state.edits.fitBySpec).toEqual({ [passport.id]: stretch });
  expect(state.edits.photos[7]?.pinned).toEqual({ [passport.id]: pin });
  expect(state.selected).toEqual([passport.id]);
});

describe('a preset from a link', () => {
  const { id: _, version: __, ...content } = tile;
  const { name, fit, settings } = presetOf([]);
  const carried = {
    name,
    fit,
    settings,
    items: [
      { kind: 'spec' as const, specId: 'x-post', version: 3, fit: null },
      { kind: 'customSize' as const, customSize: content, fit: null },
    ],
  };

  test('brings its custom sizes along under ids of this page', () => {
    const { content: opened, borrowed } = unpack(carried, []);
    expect(borrowed).toHaveLength(1);
    expect(borrowed[0]).toMatchObject({ name: 'Shop tile', size: tile.size });
    expect(borrowed[0]?.id).toMatch(/^my-[0-9a-f-]{36}$/);
    expect(opened.items).toEqual([
      { specId: 'x-post', version: 3, fit: null },
      { specId: borrowed[0]?.id, version: 1, fit: null },
    ]);
  });

  test('takes the person’s own custom size where it says the same', () => {
    const { content: opened, borrowed } = unpack(carried, [passport, { ...tile, version: 9 }]);
    expect(borrowed).toEqual([]);
    expect(opened.items[1]).toEqual({ specId: tile.id, version: 9, fit: null });
  });
});

test('custom sizes say the same whatever their ids and the order of their fields', () => {
  expect(isSameSize(tile, { ...tile, size: { height: 5, width: 4, kind: 'ratio' } })).toBe(true);
  expect(isSameSize(tile, { ...tile, quality: 50 })).toBe(false);
});

test.each([
  [passport, null, '35 × 45 mm at 300 dpi = 413 × 531 px'],
  [customSize(3, { kind: 'size', width: 600, height: 400, unit: 'px' }), null, '600 × 400 px'],
  [tile, null, '4:5, as large as the photo allows'],
  [tile, { width: 4000, height: 3000 }, '4:5, as large as the photo allows = 2400 × 3000 px for this photo'],
])('the preview of a size says what it comes to', (size, photo, expected) => {
  expect(pixelsWords(size, photo).replaceAll('\u00a0', ' ')).toBe(expected);
});

describe('a wall that is loaded anew', () => {
  const items = [
    { specId: 'x-post', version: 1, fit: { ...defaultFit, mode: 'stretch' as const } },
    { specId: 'no-such-spec', version: 7, fit: null },
    { specId: tile.id, version: 1, fit: null },
  ];
  const preset = presetOf([], {
    items,
    version: 4,
    settings: { format: 'png', quality: 60, template: 'a', ...noExtras },
  });
  const plain = { ...startState(['og-image'], defaultSettings), customSizes: [tile] };
  const opened = openPreset(plain, finderOf(plain), { content: preset, preset });

  function finderOf(state: State, catalogue: Catalogue = builtIn): Catalogue {
    return createSpecFinder(catalogue, () => state);
  }

  /** The page as it is left and loaded, before it is known what the person has. */
  function reload(state: State, catalogue: Catalogue = builtIn): State {
    const kept: unknown = JSON.parse(JSON.stringify(keptOfWall(state, finderOf(state))));
    return resumeWall(readWallSettings(asObject(kept)), catalogue, []);
  }

  function rejoin(state: State, presets = [preset]): State {
    return rejoinPreset({ ...state, customSizes: [tile] }, presets);
  }

  test('is of the same preset, with its fits, its export settings and the places of what is not there', () => {
    const wall = rejoin(reload(opened));
    expect(wall.preset).toEqual(preset);
    expect(presetOfWall(wall, finderOf(wall), 'Shop').items).toEqual(items);
    expect(differsFromPreset(wall, finderOf(wall), preset)).toBe(false);
    expect(exportSettingsOf(wall)).toEqual(preset.settings);
    expect(wall.settings).toEqual(defaultSettings);
  });

  test('still differs where it differed, also when it is left before it is known what the person has', () => {
    const tuned = changeExportSettings(opened, { quality: 33 });
    const wall = rejoin(reload(reload(tuned)));
    expect(exportSettingsOf(wall).quality).toBe(33);
    expect(differsFromPreset(wall, finderOf(wall), preset)).toBe(true);
  });

  test('says what changed in a spec while it was away', () => {
    const changed = builtIn.specs.map((spec) =>
      spec.id === 'x-post'
        ? {
            ...spec,
            version: 2,
            maxBytes: 7,
            earlier: [{ version: 1, until: '2026-11-01', rules: { maxBytes: 9 } }],
          }
        : spec,
    );
    const wall = rejoin(reload(opened, createCatalogue(changed, [])));
    const finder = finderOf(wall, createCatalogue(changed, []));
    expect(changedSpecs(wall, finder).map(({ spec }) => spec.id)).toEqual(['x-post']);
    expect(differsFromPreset(wall, finder, preset)).toBe(false);
  });

  test('remembers the version that the person has seen of a preset that was changed elsewhere', () => {
    const newer = { ...preset, version: 5, items: items.slice(1) };
    expect(rejoin(reload(opened), [newer]).preset).toEqual({ ...newer, version: 4 });
  });

  test('is of no preset where that is gone, and the preferences count again', () => {
    const wall = rejoin(reload(opened), []);
    expect([wall.preset, wall.leftPreset, wall.exportSettings]).toEqual([null, null, null]);
    expect(keptOfWall(wall, finderOf(wall)).preset).toBeNull();
    expect(wall.edits.specIds).toEqual(opened.edits.specIds);
  });
});
