/** Drawings (SVG) behind the pictures that were made of them: each file is drawn anew at its own size, and is as sharp as it can be. */
import { type Rect, type Size, wholeOf } from '../engine/geometry.ts';
import type { FileOrder } from '../worker/messages.ts';
import type { PixelWorkers } from './pixelWorkers.ts';

export interface Drawing {
  /** The SVG itself. */
  file: Blob;
  /** Of the picture that stands for it. */
  size: Size;
  /** `area` of that picture, drawn in `size`. Rejects where the browser cannot draw it so large. */
  draw(area: Rect, size: Size): Promise<Blob>;
}

const drawings = new WeakMap<Blob, Drawing>();

export function keepDrawing(picture: Blob, drawing: Drawing): void {
  drawings.set(picture, drawing);
}

/** The file that a person added for what is decoded. */
export function fileBehind(source: Blob): Blob {
  return drawings.get(source)?.file ?? source;
}

/** Files that are drawn and made at the same time. */
const lanes = 2;

/** The same workers; of a picture that was made of a drawing they get a new one for each file. */
export function drawingAnew(workers: PixelWorkers): PixelWorkers {
  return {
    ...workers,
    async exportFiles(file, orders, options) {
      const drawing = drawings.get(file);
      if (!drawing) return workers.exportFiles(file, orders, options);
      const waiting = orders.values();
      const work = async () => {
        for (const order of waiting) {
          options.signal.throwIfAborted();
          const fresh = await drawFor(drawing, order).catch(() => ({ file, order }));
          await workers.exportFiles(fresh.file, [fresh.order], options).catch((error: unknown) => {
            options.signal.throwIfAborted();
            const reason = error instanceof Error ? error.message : String(error);
            options.onFile(order.key, { ok: false, reason });
          });
        }
      };
      await Promise.all(Array.from({ length: lanes }, work));
    },
  };
}

/** A picture of what the order shows, pixel for pixel as large as it shows it, and the order for that picture. */
async function drawFor(drawing: Drawing, order: FileOrder): Promise<{ file: Blob; order: FileOrder }> {
  const { source, target, ground } = order.plan;
  // A blurred ground shows other parts too.
  const area = ground.kind === 'blur' ? wholeOf(drawing.size) : source;
  const across = target.width / source.width;
  const down = target.height / source.height;
  const size = {
    width: Math.max(1, Math.round(area.width * across)),
    height: Math.max(1, Math.round(area.height * down)),
  };
  const inNew = (rect: Rect): Rect => ({
    x: ((rect.x - area.x) * size.width) / area.width,
    y: ((rect.y - area.y) * size.height) / area.height,
    width: (rect.width * size.width) / area.width,
    height: (rect.height * size.height) / area.height,
  });
  const plan = {
    ...order.plan,
    source: inNew(source),
    ground: ground.kind === 'blur' ? { ...ground, source: inNew(ground.source) } : ground,
  };
  return { file: await drawing.draw(area, size), order: { ...order, plan } };
}
