/** One spec, one file that keeps its rules, and the verdict when a test changes something about them. */
import { type FileFacts, noMetadata } from '../../../client/engine/headers/fileFacts.ts';
import {
  type JudgedRule,
  type JudgedSpec,
  judge,
  type Making,
  unknownMaking,
} from '../../../client/engine/verdict.ts';
import { plain } from './plainWords.ts';

export const spec: JudgedSpec = {
  id: 'a-place',
  group: 'A',
  name: 'Place',
  version: 1,
  sizing: { kind: 'fixed' },
  widthPx: 1080,
  heightPx: 1350,
  formats: ['jpeg', 'png'],
  alsoTaken: ['GIF'],
  minBytes: null,
  maxBytes: 8_000_000,
  minPx: null,
  maxPx: null,
  dpi: null,
  background: null,
  sources: [
    { text: 'Help page', url: 'https://example.com/help' },
    { text: 'A blog', url: null },
  ],
  confidence: 'A',
  checkedOn: '2026-11-21',
  proofs: {},
};

export const facts: FileFacts = {
  format: 'jpeg',
  stored: { width: 1080, height: 1350 },
  oriented: { width: 1080, height: 1350 },
  orientation: 1,
  bytes: 412_000,
  dpi: null,
  hasAlpha: false,
  profile: 'sRGB',
  metadata: noMetadata,
  sizes: [{ width: 1080, height: 1350 }],
  isWhole: true,
};

export interface Changes {
  file?: Partial<FileFacts>;
  place?: Partial<JudgedSpec>;
  made?: Partial<Making>;
}

export function verdictOn({ file, place, made }: Changes = {}) {
  return judge({ ...facts, ...file }, { ...spec, ...place }, { ...unknownMaking, ...made });
}

/** State and words of one rule's row, with plain blanks; undefined where there is no such row. */
export function row(rule: JudgedRule, changes: Changes = {}): [string, string] | undefined {
  const found = verdictOn(changes).rows.find((candidate) => candidate.rule === rule);
  return found && [found.state, plain(found.words)];
}

export function ofSize(width: number, height: number): Partial<FileFacts> {
  return { stored: { width, height }, oriented: { width, height }, sizes: [{ width, height }] };
}
