/** The empty state: a real sheet of an example photo behind the invitation, and that photo to try. */
import type { Point } from '../engine/geometry.ts';
import { refuse } from './changes.ts';
import { byId } from './elements.ts';
import type { Store } from './store.ts';
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

/** "Try an example photo": loads and adds it; where that fails, it is listed among the files that were not added. */
export function offerExample(store: Store, add: (files: File[]) => Promise<unknown>): void {
  const button = byId('try-example', HTMLButtonElement);
  button.addEventListener('click', () => {
    loadExample(button.dataset.photo ?? '').then(add, () => {
      const reason = 'The example photo could not be loaded. Try again, or choose a photo of your own.';
      store.change((state) => refuse(state, exampleId, exampleName, reason));
    });
  });
}

/** No file has it: the ids of files begin at 1. */
const exampleId = 0;
const exampleName = 'fig-in-a-red-bowl.jpg';

async function loadExample(url: string): Promise<File[]> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`The example photo answered ${response.status}.`);
  return [new File([await response.blob()], exampleName, { type: 'image/jpeg' })];
}
