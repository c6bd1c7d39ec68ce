/** The shape of a custom size while it is written: drawn at true aspect, with the pixels that come of it. */
import { customSizeSpec, writtenSizeWords } from '../../server/presets/customSizes/customSize.shared.ts';
import type { CustomSizeFields } from '../../server/presets/customSizes/customSizeFields.shared.ts';
import { readSafeArea } from '../../server/presets/customSizes/safeAreaForm.shared.ts';
import { readDpi, readWrittenSize } from '../../server/presets/customSizes/writtenSizeForm.shared.ts';
import type { CustomSizeContent } from '../../server/presets/preset.shared.ts';
import { type Drawing, type DrawnShape, drawSpec } from '../../server/specs/drawing.shared.ts';
import { sizeWords, thin } from '../../server/specs/words.shared.ts';
import type { Size } from '../engine/geometry.ts';
import { sizeFor } from '../engine/specSize.ts';
import { byId, setText } from './elements.ts';

const boxSide = 112;

/** `35 × 45 mm at 300 dpi = 413 × 531 px`. `photo` null: none is there to decide what a ratio comes to. */
export function pixelsWords(content: CustomSizeContent, photo: Size | null): string {
  const words = writtenSizeWords(content);
  const isPlain = content.size.kind === 'size' && content.size.unit === 'px';
  if (isPlain || (content.size.kind !== 'size' && photo === null)) return words;
  const { width, height } = sizeFor(specOf(content), photo);
  const from = content.size.kind === 'size' ? '' : ' for this photo';
  return `${words} = ${sizeWords(width, height)}${thin}px${from}`;
}

export interface Preview {
  /** null: what is written so far is no size. */
  content: CustomSizeContent | null;
  /** The sentence beside the drawing. */
  words: string;
}

/** From the size, the safe area and the mask alone: a mistake in another field takes no drawing away. */
export function previewOf(fields: CustomSizeFields, photo: Size | null): Preview {
  let fault = '';
  const dpi = readDpi(fields.dpi, () => {});
  const size = readWrittenSize(fields, dpi, (_, sentence) => {
    fault ||= sentence;
  });
  if (size === null) {
    const isUntouched = fields.kind === 'size' && `${fields.width}${fields.height}`.trim() === '';
    return { content: null, words: isUntouched ? 'Type a width and a height.' : fault };
  }
  const isShaped = size.kind === 'size' || size.kind === 'ratio';
  const mask = isShaped ? (masks.find((known) => known === fields.mask) ?? null) : null;
  const content = { ...plain, size, dpi, mask, safeArea: readSafeArea(fields, () => {}) };
  if (size.kind !== 'size' || size.unit === 'px' || dpi !== null)
    return { content, words: pixelsWords(content, photo) };
  // Any resolution gives it its shape.
  return {
    content: { ...content, dpi: 300 },
    words: `${writtenSizeWords(content)}: write the resolution to get pixels`,
  };
}

const masks = ['circle', 'rounded'] as const;

const plain = {
  name: '',
  fit: null,
  formats: ['jpeg'],
  quality: null,
  minBytes: null,
  maxBytes: null,
} satisfies Partial<CustomSizeContent>;

export function showPreview(fields: CustomSizeFields, photo: Size | null): void {
  const drawing = byId('size-drawing', SVGSVGElement);
  const { content, words } = previewOf(fields, photo);
  setText(byId('size-pixels', HTMLElement), words);
  drawing.parentElement?.parentElement?.toggleAttribute('data-empty', content === null);
  drawing.replaceChildren();
  if (!content) return;
  const spec = specOf(content);
  const { width, height } = sizeFor(spec, photo);
  fillDrawing(drawing, drawSpec({ ...spec, widthPx: width, heightPx: height }, boxSide));
}

function specOf(content: CustomSizeContent) {
  return customSizeSpec({ ...content, id: 'my-new', version: 1 });
}

function fillDrawing(svg: SVGSVGElement, { width, height, safeArea, mask }: Drawing): void {
  svg.setAttribute('width', String(width));
  svg.setAttribute('height', String(height));
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  const whole: DrawnShape = {
    kind: 'rectangle',
    x: 0.5,
    y: 0.5,
    width: width - 1,
    height: height - 1,
    corner: 0,
  };
  svg.append(shapeOf(whole, 'size-shape__edge'));
  if (mask) svg.append(shapeOf(mask, 'size-shape__mask'));
  if (safeArea) svg.append(shapeOf(safeArea, 'size-shape__safe'));
}

function shapeOf(shape: DrawnShape, className: string): SVGElement {
  const isCircle = shape.kind === 'circle';
  const element = document.createElementNS('http://www.w3.org/2000/svg', isCircle ? 'circle' : 'rect');
  const attributes = isCircle
    ? { cx: shape.x, cy: shape.y, r: shape.radius }
    : { x: shape.x, y: shape.y, width: shape.width, height: shape.height, rx: shape.corner };
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.setAttribute('class', className);
  return element;
}
