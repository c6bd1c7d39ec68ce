/** smartcrop's map of a photo: what it thinks of each place. The package is known here and in `../focus.ts` only. */
import smartcrop from 'smartcrop';
import type { Pixels } from '../../engine/blur.ts';
import type { ScoreMap } from '../../engine/focus/findings.ts';

/** Shorter side in pixels of the copy that is searched, as smartcrop takes it itself; a very long photo is searched smaller. */
export const scoreSide = 256;
export const longestScoreSide = 1024;

/** What the package keeps to itself: the pixels that it has judged, and how it makes one cell of eight by eight of them. */
interface Inside {
  _downSample(judged: Pixels, factor: number): Pixels;
}

/** Pixels per cell: smartcrop's `scoreDownSample`. */
const cell = 8;

/** smartcrop's weights and biases, with which it sums up what it found of a place: skin, detail and colour. */
const weights = { skin: 1.8, detail: 0.2, saturation: 0.1, skinBias: 0.01, saturationBias: 0.2 } as const;

export async function findScores(pixels: Pixels): Promise<ScoreMap> {
  const read = async () => pixels;
  const { width, height } = pixels;
  const options = {
    width,
    height,
    prescale: false,
    debug: true,
    imageOperations: { open: read, resample: read, getData: read },
  };
  // smartcrop hands the image to `open` and never looks at it: plain pixels will do.
  const result = await smartcrop.crop(pixels as unknown as CanvasImageSource, options);
  const { debugOutput } = result as typeof result & { debugOutput: Pixels };
  const cells = (smartcrop as unknown as Inside)._downSample(debugOutput, cell);
  const values = new Float32Array(cells.width * cells.height);
  for (let i = 0; i < values.length; i++) {
    const [skin, detail, saturation] = [0, 1, 2].map((channel) => (cells.data[i * 4 + channel] ?? 0) / 255);
    values[i] = worthOf(skin ?? 0, detail ?? 0, saturation ?? 0);
  }
  return { width: cells.width, height: cells.height, values, searched: { width, height }, cell };
}

function worthOf(skin: number, detail: number, saturation: number): number {
  return (
    detail * weights.detail +
    skin * (detail + weights.skinBias) * weights.skin +
    saturation * (detail + weights.saturationBias) * weights.saturation
  );
}
