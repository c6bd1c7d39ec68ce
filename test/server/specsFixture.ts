/** A spec for tests: Instagram's 4:5 post without its rules, and whatever the test changes of it. */
import type { Spec } from '../../server/specs/spec.shared.ts';

export function aSpec(change: Partial<Spec>): Spec {
  return {
    id: 'place-post',
    group: 'Place',
    name: 'Post',
    version: 1,
    widthPx: 1080,
    heightPx: 1350,
    formats: ['jpeg', 'png'],
    minBytes: null,
    maxBytes: null,
    minPx: null,
    maxPx: null,
    dpi: null,
    safeArea: null,
    mask: null,
    derived: [],
    background: null,
    head: null,
    sizing: { kind: 'fixed' },
    printedMm: null,
    alsoTaken: [],
    fit: null,
    quality: null,
    note: '',
    sources: [{ text: 'Help page', url: 'https://example.org/help' }],
    confidence: 'A',
    checkedOn: '2026-11-21',
    proofs: {},
    differ: [],
    earlier: [],
    ...change,
  };
}
