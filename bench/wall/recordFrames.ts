/** Runs inside the page: notes the time of every frame, what the wall's redraw took in it, and tasks that were long. */
import type { Page } from 'playwright-core';

export interface Recording {
  tilesInView: number;
  /** From each frame to the next. */
  intervalsMs: number[];
  /** How many frames drew tiles. */
  redraws: number;
  /** In frames that drew tiles: from the first tile's first drawing call to the end of the last one's. */
  drawMs: number[];
  /** Main-thread tasks over 50 ms (Long Tasks API). */
  longTasksMs: number[];
}

interface Notes {
  frames: number[];
  draws: { first: number; last: number }[];
  longTasks: number[];
}

/** Starts noting; on the first call it wraps `drawImage` of 2d contexts. */
export async function startRecording(page: Page): Promise<void> {
  await page.evaluate(() => {
    const known = Reflect.get(window, 'notes') as Notes | undefined;
    const notes = known ?? { frames: [], draws: [], longTasks: [] };
    notes.frames = [];
    notes.draws = [];
    notes.longTasks = [];
    if (known) return;
    Object.assign(window, { notes });
    const count = (): void => {
      notes.frames.push(performance.now());
      notes.draws.push({ first: 0, last: 0 });
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) notes.longTasks.push(duration);
    }).observe({ type: 'longtask' });
    const { drawImage } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.drawImage = function (
      this: CanvasRenderingContext2D,
      ...values: never
    ) {
      const draw = this.canvas.closest('li') ? notes.draws.at(-1) : undefined;
      if (draw) draw.first ||= performance.now();
      Reflect.apply(drawImage, this, values);
      if (draw) draw.last = performance.now();
    };
  });
}

/** What was noted since `startRecording`. */
export function recordFrames(page: Page): Promise<Recording> {
  return page.evaluate(() => {
    const { frames, draws, longTasks } = Reflect.get(window, 'notes') as Notes;
    const drawMs = draws.filter(({ first }) => first > 0).map(({ first, last }) => last - first);
    const tiles = [...document.querySelectorAll('li [role=group] canvas')].filter((canvas) => {
      const { top, bottom, height } = canvas.getBoundingClientRect();
      return height > 0 && bottom > 0 && top < innerHeight;
    });
    return {
      tilesInView: tiles.length,
      intervalsMs: frames.slice(1).map((time, index) => time - (frames[index] ?? time)),
      redraws: drawMs.length,
      drawMs,
      longTasksMs: longTasks.map(Math.round),
    };
  });
}
