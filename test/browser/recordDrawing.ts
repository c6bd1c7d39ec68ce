/** Which tiles a page draws in the frames in which the pointer moves. */
import type { Page } from 'playwright-core';

export interface DrawingRecord {
  tilesInView: number;
  /** One per frame in which the pointer moved: how many tiles that frame drew. */
  moves: { tilesDrawn: number }[];
}

/**
 * Notes for each frame whether the pointer moved before it and which tiles it drew. Frames are counted by an animation
 * frame callback that always stands first in the queue of its frame, because it is asked for in the frame before.
 */
export async function recordDrawing(page: Page): Promise<void> {
  await page.evaluate(() => {
    const frames = [{ hasMove: false, drawn: new Set<HTMLCanvasElement>() }];
    let isMoved = false;
    const count = () => {
      frames.push({ hasMove: isMoved, drawn: new Set() });
      isMoved = false;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    document.addEventListener('pointermove', () => (isMoved = true), { capture: true });
    const { drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.drawImage = function (
      this: CanvasRenderingContext2D,
      ...values: never
    ) {
      if (this.canvas.closest('li')) frames.at(-1)?.drawn.add(this.canvas);
      return Reflect.apply(drawImage, this, values);
    };
    Object.assign(window, { drawnFrames: frames });
  });
}

export function drawingRecord(page: Page): Promise<DrawingRecord> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    const frames: { hasMove: boolean; drawn: Set<unknown> }[] = Reflect.get(window, 'drawnFrames');
    const tiles = [...document.querySelectorAll('li canvas')].filter((canvas) => {
      const { top, bottom, height } = canvas.getBoundingClientRect();
      return height > 0 && canvas.closest('[role=group]') && bottom > 0 && top < innerHeight;
    });
    const moved = frames.filter(({ hasMove }) => hasMove);
    return { tilesInView: tiles.length, moves: moved.map(({ drawn }) => ({ tilesDrawn: drawn.size })) };
  });
}
