import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyDifference,
  hasOtherPreferences,
  isOtherWall,
  type KeptPreset,
  readWallSettings,
  type WallSettings,
  workPreferences,
} from '../../../client/kept/wallSettings.ts';
import { defaultSettings } from '../../../client/workspace/state.ts';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';

const start = readWallSettings({});
const preset: KeptPreset = {
  id: '00000000-0000-4000-8000-000000000000',
  version: 3,
  settings: { format: 'png', quality: 33, template: '{spec}', ...noExtras },
  versions: { 'x-post': 2 },
};

test('nothing kept gives the defaults of the workspace, and no specs were ever chosen', () => {
  expect(start).toEqual({
    settings: defaultSettings,
    specIds: null,
    fit: defaultFit,
    fitBySpec: {},
    preset: null,
  });
});

test('what was kept comes back', () => {
  const kept = {
    settings: {
      format: 'webp',
      quality: 61,
      template: '{photo}',
      detection: 'centre',
      units: 'cm',
      ...noExtras,
      keepCopyright: true,
      showSafeAreas: false,
      fewestFiles: true,
      zoom: 5,
    },
    specIds: ['x-post'],
    fit: { mode: 'contain', enlarge: true, background: { kind: 'colour', colour: '#102030' } },
    fitBySpec: { 'x-post': { mode: 'stretch', enlarge: false, background: { kind: 'blur' } } },
    preset,
  };
  expect(readWallSettings(kept)).toEqual(kept);
});

test('a field that is out of range falls back alone', () => {
  const kept = {
    settings: { quality: 4000, format: 'tiff', zoom: 'x', template: 7, detection: 'centre', units: 'ell' },
  };
  expect(readWallSettings(kept).settings).toEqual({ ...defaultSettings, quality: 100, detection: 'centre' });
});

test('whatever is in the storage, the answer is complete and valid', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom('settings', 'specIds', 'fit', 'fitBySpec', 'preset', 'x'),
        fc.jsonValue(),
      ),
      (kept) => {
        const { settings, specIds, fit, fitBySpec } = readWallSettings(kept);
        expect(Object.keys(settings).sort()).toEqual(Object.keys(defaultSettings).sort());
        expect(settings.quality).toBeGreaterThanOrEqual(1);
        expect(settings.quality).toBeLessThanOrEqual(100);
        expect(specIds === null || specIds.every((id) => typeof id === 'string')).toBe(true);
        expect(['cover', 'coverOrPad', 'contain', 'inside', 'stretch']).toContain(fit.mode);
        for (const own of Object.values(fitBySpec)) expect(own).toEqual(readWallSettings({ fit: own }).fit);
      },
    ),
  );
});

test('a preset that is not said in full is none, and wrong parts of one fall back', () => {
  const read = (kept: unknown) => readWallSettings({ preset: kept }).preset;
  expect([{ id: preset.id }, { id: 7, version: 1 }, { id: '', version: 1 }, [], 'x'].map(read)).toEqual(
    Array(5).fill(null),
  );
  expect(read({ ...preset, settings: { quality: 'x' }, versions: { a: 1.5, b: 2 } })).toEqual({
    ...preset,
    settings: { format: 'auto', quality: 90, template: defaultSettings.template, ...noExtras },
    versions: { b: 2 },
  });
});

test('two tabs: each change goes in by itself, and what the other changed beside it stays', () => {
  const before: WallSettings = { ...start, specIds: ['x-post'] };
  const zoomed: WallSettings = { ...before, settings: { ...before.settings, zoom: 80 } };
  const other: WallSettings = {
    settings: { ...before.settings, quality: 50 },
    specIds: ['a', 'b'],
    fit: { ...defaultFit, mode: 'stretch' },
    fitBySpec: { a: defaultFit },
    preset,
  };
  expect(applyDifference(other, before, zoomed)).toEqual({
    ...other,
    settings: { ...other.settings, zoom: 80 },
  });
  expect(applyDifference(other, before, before)).toEqual(other);
});

test('how the wall is shown is no preference, and the same wall is no change', () => {
  const zoomed: WallSettings = { ...start, settings: { ...start.settings, zoom: 80 } };
  const webp: WallSettings = { ...start, settings: { ...start.settings, format: 'webp' } };
  expect([hasOtherPreferences(start, zoomed), hasOtherPreferences(start, webp)]).toEqual([false, true]);
  expect([isOtherWall(start, { ...start }), isOtherWall(start, zoomed)]).toEqual([false, true]);
  expect(isOtherWall(start, { ...start, specIds: ['x-post'] })).toBe(true);
  expect(isOtherWall(start, { ...start, preset })).toBe(true);
  expect(isOtherWall({ ...start, preset }, { ...start, preset: structuredClone(preset) })).toBe(false);
  expect(hasOtherPreferences(start, { ...start, preset })).toBe(false);
  expect(Object.keys(workPreferences(start)).sort()).toEqual([
    'detection',
    'format',
    'keepCopyright',
    'keepDate',
    'keepPlace',
    'keepProfile',
    'linear',
    'quality',
    'smallest',
    'template',
    'units',
  ]);
});
