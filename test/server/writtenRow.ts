/** A catalogue file with one row, of which each test changes what it is about. */
import { parseCatalogue } from '../../server/specs/parseCatalogue.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';

export const help = { text: 'Help page', url: 'https://example.org/help' };
const guide = { text: 'Guide' };

export const validRow = {
  id: 'place-post',
  name: 'Post 4:5',
  version: 1,
  widthPx: 1080,
  heightPx: 1350,
  formats: ['jpeg'],
  sources: ['help', 'guide'],
  confidence: 'B',
  checkedOn: '2026-11-21',
};

/** The spec of the changed row; a field changed to undefined is left out. Throws as the start of the server would. */
export function parseRow(change: Record<string, unknown>): Spec {
  const row = Object.fromEntries(
    Object.entries({ ...validRow, ...change }).filter(([, value]) => value !== undefined),
  );
  const [spec] = parseCatalogue([['place.json', { group: 'Place', sources: { help, guide }, specs: [row] }]]);
  if (spec === undefined) throw new Error('No spec came of the row');
  return spec;
}
