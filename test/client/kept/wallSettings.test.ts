import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  applyDifference,
  hasOtherPreferences,
  isOtherWall,
  readWallSettings,
  type WallSettings,
  workPreferences,
} from '../../../client/kept/wallSettings.ts';
import { defaultSettings } from '../../../client/workspace/state.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';

const start = readWallSettings({});

test('nothing kept gives the defaults of the workspace, and no specs were ever chosen', () => {
  expect(start).toEqual({ settings: defaultSettings, specIds: null, fit: defaultFit });
});

test('what was kept comes back', () => {
  const kept = {
    settings: {
      format: 'webp',
      quality: 61,
      template: '{photo}',
      detection: 'centre',
      units: 'cm',
      showSafeAreas: false,
      zoom: 5,
    },
    specIds: ['x-post'],
    fit: { mode: 'contain', enlarge: true, background: { kind: 'colour', colour: '#102030' } },
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
    fc.property(fc.dictionary(fc.constantFrom('settings', 'specIds', 'fit', 'x'), fc.jsonValue()), (kept) => {
      const { settings, specIds, fit } = readWallSettings(kept);
      expect(Object.keys(settings).sort()).toEqual(Object.keys(defaultSettings).sort());
      expect(settings.quality).toBeGreaterThanOrEqual(1);
      expect(settings.quality).toBeLessThanOrEqual(100);
      expect(specIds === null || specIds.every((id) => typeof id === 'string')).toBe(true);
      expect(['cover', 'coverOrPad', 'contain', 'inside', 'stretch']).toContain(fit.mode);
    }),
  );
});

test('two tabs: each change goes in by itself, and what the other changed beside it stays', () => {
  const before: WallSettings = { ...start, specIds: ['x-post'] };
  const zoomed: WallSettings = { ...before, settings: { ...before.settings, zoom: 80 } };
  const other: WallSettings = {
    settings: { ...before.settings, quality: 50 },
    specIds: ['a', 'b'],
    fit: { ...defaultFit, mode: 'stretch' },
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
  expect(Object.keys(workPreferences(start)).sort()).toEqual([
    'detection',
    'format',
    'quality',
    'template',
    'units',
  ]);
});
