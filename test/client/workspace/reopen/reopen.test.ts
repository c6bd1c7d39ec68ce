import { describe, expect, test } from 'vitest';
import { parseReceipt } from '../../../../client/engine/receipt/parseReceipt.ts';
import { type ReceiptPhoto, writeReceipt } from '../../../../client/engine/receipt/receipt.ts';
import { drawBox, setFocal, switchBox } from '../../../../client/workspace/changes.ts';
import { matchPhoto, withReceiptEdits } from '../../../../client/workspace/reopen/matchPhoto.ts';
import { withoutMade } from '../../../../client/workspace/reopen/reopening.ts';
import { openReceiptWall } from '../../../../client/workspace/reopen/wallOfReceipt.ts';
import { receiptPhoto } from '../../../../client/workspace/results/receiptParts.ts';
import { makeSight } from '../../../../client/workspace/sight.ts';
import { createSpecFinder } from '../../../../client/workspace/specFinder.ts';
import {
  defaultSettings,
  editsOf,
  exportSettingsOf,
  focalPoint,
  type Photo,
  planFile,
  type State,
  startState,
} from '../../../../client/workspace/state.ts';
import { customSizeSpec } from '../../../../server/presets/customSizes/customSize.shared.ts';
import { builtIn } from '../../../../server/specs/catalogue.ts';
import { defaultFit } from '../../../../server/specs/fit.shared.ts';
import { boxAt } from '../../engine/focus/scenes.ts';
import { receiptOf } from '../../engine/receipt/receipts.ts';
import { findingsOf } from '../findings.ts';

const sha = 'a'.repeat(64);
const photo: ReceiptPhoto = {
  name: 'market-day.jpg',
  bytes: 1000,
  sha256: sha,
  size: { width: 10, height: 10 },
  focal: { x: 0.2, y: 0.3 },
  pinned: { 'x-post': { x: 0.5, y: 0.5, zoom: 2 } },
  switchedOff: [],
  drawn: [],
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

test('a photo is cropped as in the job: a found point stays a found one, and boxes are switched and drawn as they were', () => {
  const detection = { ...defaultSettings, detection: 'automatic' as const };
  const seen = [boxAt(0.02, 0.3, 0.15, 0.3, { id: 'face-1' }), boxAt(0.4, 0.3, 0.1, 0.2, { id: 'face-2' })];
  const size = { width: 1200, height: 800 };
  const read: Photo = {
    id: 1,
    name: 'market-day.jpg',
    bytes: 1000,
    source: new Blob(),
    note: null,
    status: 'ready',
    size,
    found: { x: 0.5, y: 0.5 },
    sight: makeSight(findingsOf(seen), size),
    isLooking: false,
    thumbnail: null,
  };
  const story = builtIn.find('instagram-story');
  if (!story) throw new Error('no spec');
  const cropIn = (state: State) =>
    planFile(state, { ...read, size }, focalPoint(state, read), story).plan.source;

  const plain = startState([story.id], detection);
  const mark = boxAt(0.8, 0.4, 0.1, 0.2, { id: 'mine-1', kind: 'region', source: 'manual' });
  const switched = switchBox(plain, read.id, 'face-2', false);
  const worked = drawBox(switchBox(switched, read.id, 'face-1', false), read.id, mark);
  const jobs = [plain, switched, worked, setFocal(worked, read.id, { x: 0.3, y: 0.5 })];
  expect(new Set(jobs.map((job) => cropIn(job).x)).size).toBe(4);
  for (const job of jobs) {
    const made = receiptOf(() => ({ facts: null, bytes: 1, sha256: sha }));
    const parsed = parseReceipt(writeReceipt({ ...made, photos: [receiptPhoto(job, read, sha)] }));
    const [again] = parsed.ok ? parsed.receipt.photos : [];
    if (!again) throw new Error('not read');
    // What was done to the photo before the job was opened again does not count.
    expect(cropIn(withReceiptEdits(worked, read.id, again))).toEqual(cropIn(job));
  }
});

test('of what lies beside the receipt only the files that it made are left out, not a photo that has the name of one', () => {
  const made = receiptOf(() => ({ facts: null, bytes: 900, sha256: sha }));
  const name = made.files[0]?.name ?? '';
  const photos = [
    { name, size: 900 },
    { name, size: 901 },
    { name: 'market-day.jpg', size: 900 },
  ];
  expect(withoutMade(photos, made)).toEqual(photos.slice(1));
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
