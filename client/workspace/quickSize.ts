/** A custom size from what is typed into the search box: `600x400`, `35 × 45 mm`, `4:5`, `50%`, `2048`. */

import { readWrittenSize } from '../../server/presets/customSizes/writtenSizeForm.shared.ts';
import type { CustomSizeContent, WrittenSize } from '../../server/presets/preset.shared.ts';

/** What is usual for print; used where only a size on paper is typed. */
const usualDpi = 300;

const number = String.raw`(\d+(?:[.,]\d+)?)`;
const patterns: readonly { shape: RegExp; fields(parts: readonly string[]): Partial<Fields> }[] = [
  {
    shape: new RegExp(`^${number}\\s*[x×*]\\s*${number}\\s*(px|mm|cm|in|")?$`, 'i'),
    fields: ([width = '', height = '', unit = 'px']) => ({ kind: 'size', width, height, unit: unitOf(unit) }),
  },
  {
    shape: new RegExp(`^${number}\\s*:\\s*${number}$`),
    fields: ([across, down]) => ({ kind: 'ratio', ratio: `${across}:${down}` }),
  },
  { shape: new RegExp(`^${number}\\s*%$`), fields: ([percent = '']) => ({ kind: 'percent', percent }) },
  { shape: /^(\d{2,5})\s*(?:px)?$/i, fields: ([longest = '']) => ({ kind: 'longest', longest }) },
];

type Fields = Record<'kind' | 'width' | 'height' | 'unit' | 'ratio' | 'longest' | 'percent' | 'dpi', string>;

/** null when it is no size, or none that can be made. */
export function readQuickSize(query: string): CustomSizeContent | null {
  const typed = query.trim();
  for (const { shape, fields } of patterns) {
    const match = shape.exec(typed);
    if (match) return contentOf(fields(match.slice(1)));
  }
  return null;
}

function contentOf(fields: Partial<Fields>): CustomSizeContent | null {
  const isOnPaper = fields.kind === 'size' && fields.unit !== 'px';
  const dpi = isOnPaper ? usualDpi : null;
  const blank: Fields = {
    kind: '',
    width: '',
    height: '',
    unit: '',
    ratio: '',
    longest: '',
    percent: '',
    dpi: '',
  };
  let isRight = true;
  const size = readWrittenSize({ ...blank, ...fields, dpi: dpi === null ? '' : String(dpi) }, dpi, () => {
    isRight = false;
  });
  if (size === null || !isRight) return null;
  return {
    name: nameOf(size),
    size,
    fit: null,
    formats: ['jpeg', 'png'],
    quality: null,
    minBytes: null,
    maxBytes: null,
    dpi,
    safeArea: null,
    mask: null,
  };
}

/** As a person would write it: `600 × 400`, `35 × 45 mm`, `4:5`, `50 %`, `Longest side 2048`. */
function nameOf(size: WrittenSize): string {
  switch (size.kind) {
    case 'size':
      return `${size.width} × ${size.height}${size.unit === 'px' ? '' : ` ${size.unit}`}`;
    case 'ratio':
      return `${size.width}:${size.height}`;
    case 'longest':
      return `Longest side ${size.px}`;
    case 'percent':
      return `${size.percent} %`;
  }
}

function unitOf(typed: string): string {
  return typed === '"' ? 'in' : typed.toLowerCase();
}
