/** Makes a picture of an SVG, which no worker can decode: drawn by an <img>, where scripts and links inside it are dead. */
import type { Rect, Size } from '../engine/geometry.ts';
import type { Drawing } from './drawings.ts';

/**
 * Longest side in pixels of the picture that is opened, shown and searched for its focal point. Files are drawn from the SVG
 * itself (see `drawingAnew`).
 */
const pictureSide = 3000;

/** Resolves to a PNG of the same name and the drawing behind it. Rejects if the SVG cannot be drawn. */
export async function rasteriseSvg(file: File): Promise<{ picture: File; drawing: Drawing }> {
  const parsed = new DOMParser().parseFromString(await file.text(), 'image/svg+xml');
  const root = parsed.documentElement;
  const shape =
    shapeOf(root) ??
    (await withImage(file, ({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]));
  const scale = pictureSide / Math.max(...shape);
  const size = {
    width: Math.max(1, Math.round(shape[0] * scale)),
    height: Math.max(1, Math.round(shape[1] * scale)),
  };
  // Drawn at the very size that is wanted: a browser rounds a small natural size, and the picture came out squashed.
  if (!root.hasAttribute('viewBox')) root.setAttribute('viewBox', `0 0 ${shape[0]} ${shape[1]}`);
  root.setAttribute('width', String(size.width));
  root.setAttribute('height', String(size.height));
  const sized = new Blob([new XMLSerializer().serializeToString(parsed)]);
  const draw = (area: Rect, target: Size) => withImage(sized, (image) => drawPart(image, area, target));
  const picture = await draw({ x: 0, y: 0, ...size }, size);
  return {
    picture: new File([picture], file.name, { type: 'image/png' }),
    drawing: { file, size, draw },
  };
}

async function drawPart(image: HTMLImageElement, { x, y, width, height }: Rect, to: Size): Promise<Blob> {
  const canvas = document.createElement('canvas');
  canvas.width = to.width;
  canvas.height = to.height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('it could not be drawn');
  context.imageSmoothingQuality = 'high'; // for pictures inside the drawing
  context.drawImage(image, x, y, width, height, 0, 0, to.width, to.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('it could not be drawn'))), 'image/png');
  });
}

/** Width and height in whatever unit, from both attributes or else from the viewBox; null if there is neither. */
function shapeOf(root: Element): [number, number] | null {
  const [width, height] = ['width', 'height'].map((name) => lengthOf(root.getAttribute(name)));
  if (width && height) return [width, height];
  const box = (root.getAttribute('viewBox') ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const [, , boxWidth, boxHeight] = box;
  return boxWidth && boxHeight && boxWidth > 0 && boxHeight > 0 ? [boxWidth, boxHeight] : null;
}

/** CSS pixels per unit (CSS Values 4, 6.2); percentages and font units say nothing here. */
const pixelsPer: Readonly<Record<string, number>> = {
  '': 1,
  px: 1,
  pt: 4 / 3,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4,
};

function lengthOf(text: string | null): number | null {
  const [, number, unit] = /^\s*([\d.]+(?:e[+-]?\d+)?)\s*([a-z]*)\s*$/i.exec(text ?? '') ?? [];
  const pixels = Number(number) * (pixelsPer[(unit ?? '').toLowerCase()] ?? Number.NaN);
  return pixels > 0 ? pixels : null;
}

async function withImage<T>(svg: Blob, use: (image: HTMLImageElement) => T | Promise<T>): Promise<T> {
  const url = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    return await use(image);
  } finally {
    URL.revokeObjectURL(url);
  }
}
