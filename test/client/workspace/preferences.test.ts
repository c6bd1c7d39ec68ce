import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parsePreferences } from '../../../client/workspace/preferences.ts';
import { defaultSettings } from '../../../client/workspace/state.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';

test('nothing kept gives the defaults, and no specs were ever chosen', () => {
  expect(parsePreferences(null)).toEqual({ settings: defaultSettings, specIds: null, fit: defaultFit });
});

test('what was kept comes back', () => {
  const kept = {
    settings: {
      format: 'webp',
      quality: 61,
      template: '{photo}',
      detection: 'centre',
      units: 'mm',
      showSafeAreas: false,
      zoom: 5,
    },
    specIds: ['x-post'],
    fit: { mode: 'contain', enlarge: true, background: { kind: 'colour', colour: '#102030' } },
  };
  expect(parsePreferences(JSON.stringify(kept))).toEqual(kept);
});

test('a field that is out of range falls back alone', () => {
  const kept = { settings: { quality: 4000, format: 'tiff', zoom: 'x', template: 7, detection: 'centre' } };
  const { settings } = parsePreferences(JSON.stringify(kept));
  expect(settings).toEqual({ ...defaultSettings, quality: 100, detection: 'centre' });
});

test('whatever is in the storage, the answer is a complete and valid set of preferences', () => {
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      const { settings, specIds, fit } = parsePreferences(text);
      expect(Object.keys(settings).sort()).toEqual(Object.keys(defaultSettings).sort());
      expect(settings.quality).toBeGreaterThanOrEqual(1);
      expect(settings.quality).toBeLessThanOrEqual(100);
      expect(specIds === null || specIds.every((id) => typeof id === 'string')).toBe(true);
      expect(['cover', 'contain', 'inside', 'stretch']).toContain(fit.mode);
    }),
  );
});
