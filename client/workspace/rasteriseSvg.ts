/** Makes a picture of an SVG, which no worker can decode: drawn by an <img>, where scripts and links inside it are dead. */

/** Longest side of the picture in pixels; large enough for nearly every spec, small enough to draw in a moment. */
const pictureSide = 3000;

/** Resolves to a PNG of the same name. Rejects if the SVG cannot be drawn. */
export async function rasteriseSvg(file: File): Promise<File> {
  const drawing = new DOMParser().parseFromString(await file.text(), 'image/svg+xml');
  const root = drawing.documentElement;
  const shape =
    shapeOf(root) ??
    (await withImage(file, ({ naturalWidth, naturalHeight }) => [naturalWidth, naturalHeight]));
  const scale = pictureSide / Math.max(...shape);
  const [width, height] = [
    Math.max(1, Math.round(shape[0] * scale)),
    Math.max(1, Math.round(shape[1] * scale)),
  ];
  // Drawn at the very size that is wanted: a browser rounds a small natural size, and the picture came out squashed.
  if (!root.hasAttribute('viewBox')) root.setAttribute('viewBox', `0 0 ${shape[0]} ${shape[1]}`);
  root.setAttribute('width', String(width));
  root.setAttribute('height', String(height));
  const sized = new Blob([new XMLSerializer().serializeToString(drawing)]);
  return withImage(sized, async (image) => {
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    const png = await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('it could not be drawn'))),
        'image/png',
      );
    });
    return new File([png], file.name, { type: png.type });
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
