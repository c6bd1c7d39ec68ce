/** A custom size in words, rule by rule: for the page that compares two versions of one, and for lists. */

import type { SafeArea } from '../../specs/spec.shared.ts';
import { bytesWindowWords, formatWords, maskWords, thin } from '../../specs/words.shared.ts';
import { fitWords } from '../fitWords.shared.ts';
import type { CustomSizeContent } from '../preset.shared.ts';
import { writtenSizeWords } from './customSize.shared.ts';

export interface WrittenRule {
  label: string;
  words: string;
}

/** Every rule with a sentence part, in the order of the form; the same labels in the same order for each custom size. */
export function customSizeWords(content: CustomSizeContent): WrittenRule[] {
  const { name, formats, quality, minBytes, maxBytes, fit, dpi, safeArea, mask } = content;
  const hasWindow = minBytes !== null || maxBytes !== null;
  return [
    { label: 'Name', words: name },
    { label: 'Size', words: writtenSizeWords(content) },
    { label: 'Resolution', words: dpi === null ? 'not set' : `${dpi}${thin}dpi` },
    { label: 'Formats', words: formatWords(formats) },
    { label: 'Quality', words: quality === null ? 'as the export' : String(quality) },
    { label: 'File size', words: hasWindow ? bytesWindowWords(minBytes, maxBytes) : 'no limit' },
    { label: 'Fit', words: fit === null ? 'as the wall' : fitWords(fit) },
    { label: 'Safe area', words: safeArea === null ? 'none' : percentWords(safeArea) },
    { label: 'Mask', words: mask === null ? 'none' : maskWords(mask) },
  ];
}

/** `size, formats and file size`, without the name: what a row in a list says. */
export function customSizeLine(content: CustomSizeContent): string {
  const { minBytes, maxBytes, formats } = content;
  const hasWindow = minBytes !== null || maxBytes !== null;
  return [
    writtenSizeWords(content),
    formatWords(formats),
    ...(hasWindow ? [bytesWindowWords(minBytes, maxBytes)] : []),
  ].join(' · ');
}

function percentWords(area: SafeArea): string {
  const percent = (fraction: number) => `${Number((fraction * 100).toFixed(2))}${thin}%`;
  if (area.kind === 'circle') return `a circle of ${percent(area.radius * 2)} of the shorter side`;
  if (area.kind === 'rectangle') return `the middle ${percent(area.width)} × ${percent(area.height)}`;
  const { top, right, bottom, left } = area;
  return `all but ${percent(top)} at the top, ${percent(right)} on the right, ${percent(bottom)} at the bottom, ${percent(left)} on the left`;
}
