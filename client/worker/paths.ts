/**
 * The three ways from a file to pixels. Which of them a browser can go is found out once, by trying.
 *
 * `planes`: WebCodecs hands over the JPEG's own luma and chroma (Chromium). `frame`: WebCodecs hands over red, green and blue,
 * converted to sRGB (Chromium, for every other file). `bitmap`: a drawn bitmap is read back (everywhere).
 */
export const paths = ['planes', 'frame', 'bitmap'] as const;
export type Path = (typeof paths)[number];

/** What the WebCodecs standard has and TypeScript's library not yet. */
export type TurnableFrame = VideoFrame & { readonly rotation: number; readonly flip: boolean };

/**
 * The paths that this browser can go. `wished` is for tests and benches: of these, the ones that it can go; `bitmap` always can.
 */
export async function findPaths(wished: readonly string[] = paths): Promise<ReadonlySet<Path>> {
  const possible = (await readsFrames()) ? paths : (['bitmap'] as const);
  return new Set<Path>([...possible.filter((path) => wished.includes(path)), 'bitmap']);
}

/**
 * A frame must tell how it lies (else a photo taken upright might lie on its side) and give its colours in the order asked for:
 * WebKit's `copyTo` in 2.50 answers blue first when asked for RGBA.
 */
async function readsFrames(): Promise<boolean> {
  if (typeof ImageDecoder === 'undefined' || typeof VideoFrame === 'undefined') return false;
  if (!('rotation' in VideoFrame.prototype)) return false;
  const blueFirst = new Uint8Array([10, 100, 200, 255, 10, 100, 200, 255]);
  const frame = new VideoFrame(blueFirst, { format: 'BGRX', codedWidth: 2, codedHeight: 1, timestamp: 0 });
  try {
    const pixels = new Uint8Array(8);
    await frame.copyTo(pixels, { format: 'RGBA' });
    return `${pixels}` === '200,100,10,255,200,100,10,255';
  } catch {
    return false;
  } finally {
    frame.close();
  }
}

/**
 * Whether a frame's planes are those of a JPEG with the curve of sRGB, whose matrix the kernel knows. Its primaries are asked
 * for elsewhere. Every part of the answer matters.
 */
export function hasJpegPlanes({ format, colorSpace }: VideoFrame): boolean {
  return (
    chromaStepOf(format) !== null &&
    // Not 'bt709', which is the curve of video.
    (colorSpace.transfer as string | null) === 'iec61966-2-1' &&
    colorSpace.matrix === 'smpte170m' &&
    colorSpace.fullRange === true
  );
}

/** Luma pixels per chroma value, across and down, of the planes that can be read; null for others. */
export function chromaStepOf(format: VideoPixelFormat | null): readonly [number, number] | null {
  if (format === 'I420') return [2, 2];
  if (format === 'I422') return [2, 1];
  return format === 'I444' ? [1, 1] : null;
}
