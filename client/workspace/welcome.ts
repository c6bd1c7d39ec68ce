/** The empty state: a real sheet of an example photo behind the invitation, and that photo to try. */
import type { Point } from '../engine/geometry.ts';
import { byId } from './elements.ts';
import type { Picture } from './wallPainter.ts';

/** Where the fig lies in the example photo; found by looking at it. */
const exampleFocal: Point = { x: 0.6, y: 0.46 };

/** The small picture that fills the wall while there is no photo; null where it cannot be loaded. */
export async function loadExampleSheet(url: string): Promise<{ picture: Picture; focal: Point } | null> {
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const level = await createImageBitmap(image);
    return {
      picture: { levels: [level], size: { width: level.width, height: level.height } },
      focal: exampleFocal,
    };
  } catch {
    return null; // The sheet is an ornament: without it the table is plain.
  }
}

export async function loadExample(): Promise<File[]> {
  const url = byId('try-example', HTMLButtonElement).dataset.photo ?? '';
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The example photo answered ${response.status}.`);
  return [new File([await response.blob()], 'fig-in-a-red-bowl.jpg', { type: 'image/jpeg' })];
}
