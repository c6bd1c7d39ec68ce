import { describe, expect, test } from 'vitest';
import type { ReceiptPhoto } from '../../../../client/engine/receipt/receipt.ts';
import { matchPhoto, withReceiptEdits } from '../../../../client/workspace/reopen/matchPhoto.ts';
import { openReceiptWall } from '../../../../client/workspace/reopen/wallOfReceipt.ts';
import { createSpecFinder } from '../../../../client/workspace/specFinder.ts';
import {
  defaultSettings,
  editsOf,
  exportSettingsOf,
  startState,
} from '../../../../client/workspace/state.ts';
import { customSizeSpec } from '../../../../server/presets/customSizes/customSize.shared.ts';
import { builtIn } from '../../../../server/specs/catalogue.ts';
import { defaultFit } from '../../../../server/specs/fit.shared.ts';
import { receiptOf } from '../../engine/receipt/receipts.ts';

const sha = 'a'.repeat(64);
const photo: ReceiptPhoto = {
  name: 'market-day.jpg',
  bytes: 1000,
  sha256: sha,
  size: { width: 10, height: 10 },
  focal: { x: 0.2, y: 0.3 },
  pinned: { 'x-post': { x: 0.5, y: 0.5, zoom: 2 } },
};
const candidate = { name: 'market-day.jpg', bytes: 1000, sha256: sha };

describe('a photo of the receipt', () => {
  test('is known by its checksum whatever it is called, and is another file where that differs', () => {
    expect(matchPhoto({ ...candidate, name: 'renamed.jpg' }, [photo])).toEqual({ kind: 'same', photo });
    expect(matchPhoto({ ...candidate, sha256: 'b'.repeat(64) }, [photo])).toEqual({ kind: 'other', photo });
    expect(matchPhoto({ name: 'else.jpg', bytes: 1000, sha256: 'b'.repeat(64) }, [photo])).toBeNull();
  });

  test('is known by name and bytes where no checksum could be counted', () => {
    expect(matchPhoto({ ...candidate, sha256: null }, [photo])?.kind).toBe('same');
    expect(matchPhoto({ ...candidate, sha256: null, bytes: 1001 }, [photo])?.kind).toBe('other');
    expect(matchPhoto(candidate, [{ ...photo, sha256: null }])?.kind).toBe('same');
  });

  test('gets its focal point and its crops back', () => {
    const { focal, pinned } = editsOf(withReceiptEdits(startState([], defaultSettings), 7, photo), 7);
    expect({ focal, pinned }).toEqual({ focal: photo.focal, pinned: photo.pinned });
  });
});

test('the wall has the specs, fits, format, quality and names of the receipt; custom sizes come as far as it knows them', () => {
  const made = receiptOf(() => ({ facts: null, bytes: 1, sha256: sha }));
  const size = {
    id: 'my-00000000-0000-4000-8000-000000000001',
    version: 3,
    name: 'Shop tile',
    size: { kind: 'ratio', width: 4, height: 5 } as const,
    fit: null,
    formats: ['webp'] as const,
    quality: null,
    minBytes: null,
    maxBytes: 90_000,
    dpi: null,
    safeArea: null,
    mask: null,
  };
  const gone = { ...customSizeSpec(size), id: 'closed-place-post', name: 'Post' };
  const settings = {
    ...made.settings,
    fitBySpec: { 'instagram-square': { ...defaultFit, mode: 'contain' as const } },
  };
  const receipt = { ...made, settings, specs: [customSizeSpec(size), gone, ...made.specs] };
  let state = startState(['og-image'], defaultSettings);
  const catalogue = createSpecFinder(builtIn, () => state);
  state = openReceiptWall(state, catalogue, receipt);
  expect(state.edits.specIds).toEqual([size.id, gone.id, ...made.specs.map(({ id }) => id)]);
  expect(state.edits.fitBySpec).toEqual(settings.fitBySpec);
  expect(exportSettingsOf(state)).toMatchObject({ format: 'auto', quality: 85, template: settings.template });
  expect(catalogue.find(gone.id)).toBeNull();
  const { widthPx, heightPx, ...tile } = catalogue.find(size.id) ?? { widthPx: 0, heightPx: 1 };
  expect(tile).toMatchObject({
    name: 'Shop tile',
    formats: ['webp'],
    maxBytes: 90_000,
    sizing: { kind: 'ratio' },
  });
  expect(widthPx / heightPx).toBe(0.8);
  expect(state.edits.knownVersions).toEqual({ [gone.id]: gone.version });
});
