/** sharp in a process of its own. Started by bench/engine; answers each message with what the work took. */
import fs from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import type { Size } from '../../client/engine/geometry.ts';
import { planFor, quality, targets } from './targets.ts';

export interface SharpTask {
  file: string;
  strategy: 'sequential' | 'parallel' | 'naive';
}

export interface Took {
  wallMs: number;
  busyMs: number;
  bytes: number;
}

sharp.cache(false);
// One thread per pipeline: with several pipelines at once this is libvips' quickest way on few cores.
sharp.concurrency(1);

process.on('message', async ({ file, strategy }: SharpTask) => {
  const bytes = fs.readFileSync(file);
  const usage = process.cpuUsage();
  const start = performance.now();
  const made = await strategies[strategy](bytes);
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(usage);
  const took: Took = {
    wallMs,
    busyMs: (user + system) / 1000,
    bytes: made.reduce((sum, out) => sum + out.length, 0),
  };
  process.send?.(took);
});

const strategies: Record<SharpTask['strategy'], (file: Buffer) => Promise<Buffer[]>> = {
  /** Decode once, then one size after the other. */
  async sequential(file) {
    const raw = await decode(file);
    const made: Buffer[] = [];
    for (const size of targets) made.push(await make(raw, size));
    return made;
  },
  /** Decode once, then all sizes at once: sharp's best at full quality. */
  async parallel(file) {
    const raw = await decode(file);
    return Promise.all(targets.map((size) => make(raw, size)));
  },
  /** As it is mostly written: each size from the file. */
  async naive(file) {
    const { width = 0, height = 0 } = await sharp(file).metadata();
    return Promise.all(targets.map((size) => finish(sharp(file), { width, height }, size)));
  },
};

type Raw = Awaited<ReturnType<typeof decode>>;

function decode(file: Buffer) {
  return sharp(file, { limitInputPixels: false }).raw().toBuffer({ resolveWithObject: true });
}

function make({ data, info: { width, height, channels } }: Raw, target: Size): Promise<Buffer> {
  return finish(
    sharp(data, { raw: { width, height, channels }, limitInputPixels: false }),
    { width, height },
    target,
  );
}

function finish(image: Sharp, photo: Size, target: Size): Promise<Buffer> {
  const { x, y, width, height } = planFor(photo, target).source;
  return image
    .extract({ left: x, top: y, width, height })
    .resize(target.width, target.height, { fit: 'fill', kernel: 'lanczos3' })
    .jpeg({ quality })
    .toBuffer();
}
