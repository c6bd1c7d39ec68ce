import { expect, test } from 'vitest';
import { type AccountPreferences, mergePreferences } from '../../../client/kept/mergePreferences.ts';
import { changeMirror, type Mirror, withPreferences } from '../../../client/kept/mirror.ts';
import { readWallSettings } from '../../../client/kept/wallSettings.ts';
import { defaultPreferences } from '../../../server/account/preferences.shared.ts';

const minute = 60_000;
const now = Date.parse('2026-11-21T12:00:00.000Z');

const account: AccountPreferences = {
  tag: 'alice',
  preferences: { ...defaultPreferences, quality: 40, theme: 'dark' },
  preferencesAge: 10 * minute,
};
const untouched = { wall: readWallSettings({}), changedAt: null, theme: null };
const wall = readWallSettings({ specIds: ['x-post'], settings: { quality: 77, zoom: 9 } });
const changed = { wall, changedAt: now - minute, theme: 'light' };

const mirrorOf = (minutesAgo: number, isUnsent: boolean): Mirror => {
  const preferences = { ...defaultPreferences, quality: 66 };
  const own = withPreferences(wall, preferences);
  return { tag: 'alice', preferences, changedAt: now - minutesAgo * minute, isUnsent, wall: own };
};

test('on a new device the account’s count', () => {
  const mirror = mergePreferences(null, account, { own: untouched, now });
  expect(mirror).toMatchObject({ tag: 'alice', preferences: account.preferences, isUnsent: false });
  expect(mirror.changedAt).toBe(now - 10 * minute);
  expect(mirror.wall.settings.quality).toBe(40);
});

test('also where somebody changed the browser’s own later: it may be anybody’s. Its wall is taken over', () => {
  const mirror = mergePreferences(null, account, { own: changed, now });
  expect(mirror).toMatchObject({ preferences: account.preferences, isUnsent: false });
  expect(mirror.wall).toMatchObject({ specIds: ['x-post'], settings: { quality: 40, zoom: 9 } });
});

test('an account that never saved any takes those of the browser, if they were ever changed', () => {
  const fresh = { ...account, preferences: defaultPreferences, preferencesAge: null };
  expect(mergePreferences(null, fresh, { own: changed, now })).toMatchObject({
    preferences: { ...defaultPreferences, quality: 77, theme: 'light' },
    changedAt: now - minute,
    isUnsent: true,
  });
  expect(mergePreferences(null, fresh, { own: untouched, now })).toMatchObject({
    preferences: defaultPreferences,
    changedAt: null,
    isUnsent: false,
  });
  const themed = mergePreferences(null, fresh, { own: { ...untouched, theme: 'dark' }, now });
  expect(themed).toMatchObject({
    preferences: { ...defaultPreferences, theme: 'dark' },
    changedAt: now,
    isUnsent: true,
  });
});

test('preferences that were saved without a time are not replaced by those of a browser', () => {
  const undated = { ...account, preferencesAge: null };
  for (const own of [changed, { ...untouched, theme: 'light' }]) {
    const mirror = mergePreferences(null, undated, { own, now });
    expect(mirror).toMatchObject({ preferences: account.preferences, isUnsent: false });
  }
});

test('a name of files that is not right yet is not taken to the account', () => {
  const fresh = { ...account, preferences: defaultPreferences, preferencesAge: null };
  const typing = { ...changed, wall: readWallSettings({ settings: { template: '{pho' } }) };
  expect(mergePreferences(null, fresh, { own: typing, now }).preferences.template).toBe(
    defaultPreferences.template,
  );
});

test('of two changes the newest counts, and one that was sent already is no change', () => {
  const quality = (mirror: Mirror) =>
    mergePreferences(mirror, account, { own: untouched, now }).preferences.quality;
  expect(quality(mirrorOf(5, true))).toBe(66);
  expect(quality(mirrorOf(15, true))).toBe(40);
  expect(quality(mirrorOf(5, false))).toBe(40);
});

test('another account takes nothing from the one before', () => {
  const bob = { ...account, tag: 'bob' };
  const mirror = mergePreferences(mirrorOf(1, true), bob, { own: changed, now });
  expect(mirror).toMatchObject({ tag: 'bob', preferences: account.preferences, isUnsent: false });
});

test('a change is newer than what it was made from, even by a clock that is late', () => {
  const mirror = mirrorOf(0, false);
  const late = changeMirror(mirror, { ...mirror.preferences, quality: 1 }, now - 60 * minute);
  expect(late).toMatchObject({ changedAt: now + 1, isUnsent: true });
  expect(changeMirror(mirror, { ...mirror.preferences }, now + minute)).toBe(mirror);
});
