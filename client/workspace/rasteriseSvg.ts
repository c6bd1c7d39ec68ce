/** Makes a picture of an SVG, which no worker can decode: drawn by an <img>, where scripts and links inside it are dead. */

/** Longest side of the picture in pixels unless the SVG asks for more; large enough for nearly every spec. */
const leastSide = 2400;
const largestSide = 8192;

/** Resolves to a PNG of the same name. Rejects if the SVG cannot be drawn. */
export async function rasteriseSvg(file: File): Promise<File> {
  const url = URL.createObjectURL(new Blob([file], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const width = image.naturalWidth || 300;
    const height = image.naturalHeight || 150;
    const longest = Math.max(width, height);
    const scale = Math.min(Math.max(longest, leastSide), largestSide) / longest;
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const png = await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('it could not be drawn'))),
        'image/png',
      );
    });
    return new File([png], file.name, { type: png.type });
  } finally {
    URL.revokeObjectURL(url);
  }
}
