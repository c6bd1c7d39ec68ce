import { describe, expect, test } from 'vitest';
import {
  acceptChanges,
  addSpecs,
  changeExportSettings,
  removeSpecs,
  setFit,
  setPinned,
} from '../../../client/workspace/changes.ts';
import { createSpecFinder } from '../../../client/workspace/specFinder.ts';
import {
  defaultSettings,
  exportSettingsOf,
  type State,
  startState,
} from '../../../client/workspace/state.ts';
import { createStore } from '../../../client/workspace/store.ts';
import {
  changedSpecs,
  differsFromPreset,
  missingItems,
  openPreset,
  presetOfWall,
} from '../../../client/workspace/wallPreset.ts';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import { type Catalogue, createCatalogue } from '../../../server/specs/catalogue.shared.ts';
import { builtIn } from '../../../server/specs/catalogue.ts';
import { defaultFit, type Fit } from '../../../server/specs/fit.shared.ts';
import type { Spec } from '../../../server/specs/spec.shared.ts';
import { customSize, presetOf } from './sizes.ts';

const contain: Fit = { ...defaultFit, mode: 'contain', background: { kind: 'blur' } };
const tile = customSize(1, { kind: 'ratio', width: 4, height: 5 }, { name: 'Shop tile' });

function spec(id: string): Spec {
  const found = builtIn.find(id);
  if (!found) throw new Error(`There is no ${id}`);
  return found;
}

/** The built-in catalogue in which posts on X were allowed 5 MB once, and may have 2 MB now. */
const post = spec('x-post');
const stricter: Spec = {
  ...post,
  version: 2,
  maxBytes: 2_000_000,
  earlier: [{ version: 1, until: '2026-11-01', rules: { maxBytes: 5_000_000 } }],
};
const changed = createCatalogue(
  builtIn.specs.map((one) => (one.id === post.id ? stricter : one)),
  [],
);

function wallOf(...specIds: string[]): State {
  return { ...startState(specIds, defaultSettings), customSizes: [tile] };
}

function finderOf(state: State, catalogue: Catalogue = builtIn): Catalogue {
  return createSpecFinder(catalogue, () => state);
}

describe('a wall that is saved', () => {
  test('keeps its specs in order, custom sizes among them, its fits and the export settings', () => {
    let state = wallOf('x-post', tile.id);
    state = setFit(state, { id: 'x-post', fit: null }, contain);
    const { name, items, fit, settings } = presetOfWall(state, finderOf(state), 'Shop');
    expect(name).toBe('Shop');
    expect(items).toEqual([
      { specId: 'x-post', version: post.version, fit: contain },
      { specId: tile.id, version: 1, fit: null },
    ]);
    expect(fit).toEqual(defaultFit);
    expect(settings).toEqual({
      format: 'auto',
      quality: 90,
      template: defaultSettings.template,
      ...noExtras,
    });
  });

  test('keeps the places of specs that are not there, each with the version and the fit that it had', () => {
    const items = [
      { specId: 'x-post', version: post.version, fit: null },
      { specId: 'no-such-spec', version: 7, fit: contain },
      { specId: 'my-gone', version: 3, fit: null },
      { specId: tile.id, version: 1, fit: null },
    ];
    const preset = presetOf([], { items });
    const opened = openPreset(wallOf(), finderOf(wallOf()), { content: preset, preset });
    const isChanged = (wall: State): boolean => differsFromPreset(wall, finderOf(wall), preset);
    expect(presetOfWall(opened, finderOf(opened), 'Shop').items).toEqual(items);
    expect(isChanged(opened)).toBe(false);
    expect(isChanged({ ...opened, customSizes: [] }), 'deleted after it was opened').toBe(false);
    expect(isChanged(removeSpecs(opened, ['my-gone'])), 'removed').toBe(true);
  });

  test('is the same wall when it is opened again', () => {
    const saved = setFit(wallOf('og-image', tile.id, 'x-post'), { id: tile.id, fit: null }, contain);
    const content = presetOfWall(saved, finderOf(saved), 'Shop');
    const other = wallOf('instagram-square');
    const opened = openPreset(other, finderOf(other), { content, preset: presetOf([], content) });
    expect(opened.edits).toEqual(saved.edits);
    expect(presetOfWall(opened, finderOf(opened), 'Shop')).toEqual(content);
  });
});

describe('opening a preset', () => {
  const preset = presetOf(['og-image', 'no-such-spec'], {
    fit: contain,
    settings: { format: 'webp', quality: 60, template: '{spec}', ...noExtras },
  });

  test('replaces specs, fit and export settings, and leaves the photos’ crops', () => {
    const pinned = setPinned(wallOf('x-post'), 1, 'x-post', { x: 0.5, y: 0.5, zoom: 2 });
    const opened = openPreset(pinned, finderOf(pinned), { content: preset, preset });
    const { edits } = opened;
    expect(edits.specIds).toEqual(['og-image', 'no-such-spec']);
    expect(edits.fit).toEqual(contain);
    expect(edits.photos).toBe(pinned.edits.photos);
    expect(exportSettingsOf(opened)).toEqual({
      format: 'webp',
      quality: 60,
      template: '{spec}',
      ...noExtras,
    });
    expect(missingItems(preset, builtIn)).toBe(1);
  });

  test.each([
    ['a preset', preset],
    ['a link', null],
  ])('leaves the preferences as they are, also when %s is set otherwise afterwards', (_, of) => {
    const wall = wallOf('x-post');
    const opened = openPreset(wall, finderOf(wall), { content: preset, preset: of });
    const tuned = changeExportSettings(opened, { quality: 33 });
    expect(opened.settings).toBe(wall.settings);
    expect(tuned.settings).toBe(wall.settings);
    expect(exportSettingsOf(tuned)).toEqual({ format: 'webp', quality: 33, template: '{spec}', ...noExtras });
  });

  test('is what it takes for export settings to be the wall’s: without one they are the preferences', () => {
    const wall = changeExportSettings(wallOf('x-post'), { quality: 33 });
    expect(wall.settings.quality).toBe(33);
    expect(wall.exportSettings).toBeNull();
  });

  test('is one step of undo, which takes the preset’s settings along, and redo brings all of it back', () => {
    const store = createStore(wallOf('x-post', 'instagram-square'));
    const finder = createSpecFinder(builtIn, store.get);
    store.change((state) => openPreset(state, finder, { content: preset, preset }));
    const opened = store.get();
    store.undo();
    expect(store.get().edits.specIds).toEqual(['x-post', 'instagram-square']);
    expect(exportSettingsOf(store.get())).toEqual(defaultSettings);
    expect(store.get().preset).toBeNull();
    store.redo();
    expect(store.get()).toEqual(opened);
  });

  test('is not taken back by undoing what was done after it, nor are settings that were changed since', () => {
    const store = createStore(wallOf('x-post'));
    const finder = createSpecFinder(builtIn, store.get);
    store.change((state) => openPreset(state, finder, { content: preset, preset }));
    store.change((state) => addSpecs(state, ['x-post']));
    store.change((state) => changeExportSettings(state, { quality: 33 }));
    store.undo();
    expect(store.get().edits.specIds).toEqual(['og-image', 'no-such-spec']);
    expect(exportSettingsOf(store.get()).quality).toBe(33);
    expect(store.get().preset).toBe(preset);
  });
});

describe('a wall differs from its preset', () => {
  const preset = presetOf(['x-post', tile.id, 'og-image']);
  const state = wallOf();
  const opened = openPreset(state, finderOf(state), { content: preset, preset });
  const differs = (wall: State): boolean => differsFromPreset(wall, finderOf(wall), preset);

  test('not as it was opened, nor when something was done and taken back', () => {
    expect(differs(opened)).toBe(false);
    expect(differs(addSpecs(removeSpecs(opened, ['og-image']), ['og-image']))).toBe(false);
  });

  test.each<[string, (wall: State) => State]>([
    ['a spec more', (wall) => addSpecs(wall, ['instagram-square'])],
    ['a spec less', (wall) => removeSpecs(wall, ['x-post'])],
    ['another order', (wall) => addSpecs(removeSpecs(wall, ['x-post']), ['x-post'])],
    ['another fit', (wall) => setFit(wall, null, contain)],
    ['a spec with a fit of its own', (wall) => setFit(wall, { id: 'x-post', fit: null }, contain)],
    ['another format', (wall) => changeExportSettings(wall, { format: 'png' })],
    ['another quality', (wall) => changeExportSettings(wall, { quality: 89 })],
    ['other names', (wall) => changeExportSettings(wall, { template: '{photo}' })],
  ])('by %s', (_, change) => {
    expect(differs(change(opened))).toBe(true);
  });

  test('not by what is no part of a preset', () => {
    const zoomed = { ...opened, settings: { ...opened.settings, zoom: 5 } };
    expect(differs(setPinned(zoomed, 1, 'x-post', { x: 0.5, y: 0.5, zoom: 2 }))).toBe(false);
  });

  test('not by a custom size that the person has changed since', () => {
    const newer = { ...opened, customSizes: [{ ...tile, version: 4 }] };
    expect(differs(newer)).toBe(false);
  });
});

describe('a spec that changed since the preset was saved', () => {
  const preset = presetOf(['x-post', 'og-image']);
  const state = wallOf();
  const opened = openPreset(state, finderOf(state, changed), { content: preset, preset });

  test('is said with both values, and only on the wall of that preset', () => {
    const [found, ...others] = changedSpecs(opened, finderOf(opened, changed));
    expect(others).toEqual([]);
    expect(found?.spec.id).toBe('x-post');
    expect(found?.changes.map(({ words }) => words.replaceAll('\u00a0', ' '))).toEqual([
      'max 2 MB, was 5 MB',
    ]);
    const fresh = wallOf('x-post');
    expect(changedSpecs(fresh, finderOf(fresh, changed))).toEqual([]);
  });

  test('keeps the version that the person knows when the wall is saved', () => {
    expect(presetOfWall(opened, finderOf(opened, changed), 'Shop').items[0]?.version).toBe(1);
    expect(differsFromPreset(opened, finderOf(opened, changed), preset)).toBe(false);
  });

  test('accepted, makes the wall differ and is saved with the new version', () => {
    const accepted = acceptChanges(opened, ['x-post']);
    const finder = finderOf(accepted, changed);
    expect(changedSpecs(accepted, finder)).toEqual([]);
    expect(differsFromPreset(accepted, finder, preset)).toBe(true);
    expect(presetOfWall(accepted, finder, 'Shop').items[0]?.version).toBe(2);
  });

  test('of which nothing is recorded has nothing to accept, and makes no difference', () => {
    const silent = createCatalogue(
      builtIn.specs.map((one) => (one.id === post.id ? { ...stricter, earlier: [] } : one)),
      [],
    );
    const wall = openPreset(wallOf(), finderOf(wallOf(), silent), { content: preset, preset });
    expect(changedSpecs(wall, finderOf(wall, silent))).toEqual([]);
    expect(differsFromPreset(wall, finderOf(wall, silent), preset)).toBe(false);
  });
});
