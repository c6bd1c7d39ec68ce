/** sharp in a process of its own. Started by bench/engine; answers each message with what the work took. */
import fs from 'node:fs';
import sharp, { type Sharp } from 'sharp';
import type { Size } from '../../client/engine/geometry.ts';
import { planFor, quality } from './targets.ts';

export interface SharpTask {
  /** More than one only for a batch. */
  files: string[];
  strategy: 'sequential' | 'parallel' | 'naive' | 'batch';
  sizes: readonly Size[];
}

export interface Took {
  wallMs: number;
  busyMs: number;
  bytes: number;
}

sharp.cache(false);
// One thread per pipeline: with several pipelines at once this is libvips' quickest way on few cores.
sharp.concurrency(1);

process.on('message', async ({ files, strategy, sizes }: SharpTask) => {
  const read = files.map((file) => () => fs.readFileSync(file));
  // A single photo is read before anything is measured, as the browser has it.
  const first = read[0]?.() ?? Buffer.alloc(0);
  const usage = process.cpuUsage();
  const start = performance.now();
  const bytes =
    strategy === 'batch' ? await makeBatch(read, sizes) : sumOf(await strategies[strategy](first, sizes));
  const wallMs = performance.now() - start;
  const { user, system } = process.cpuUsage(usage);
  const took: Took = {
    wallMs,
    busyMs: (user + system) / 1000,
    bytes,
  };
  process.send?.(took);
});

type Strategy = Exclude<SharpTask['strategy'], 'batch'>;

const strategies: Record<Strategy, (file: Buffer, sizes: readonly Size[]) => Promise<Buffer[]>> = {
  /** Decode once, then one size after the other. */
  async sequential(file, targets) {
    const raw = await decode(file);
    const made: Buffer[] = [];
    for (const size of targets) made.push(await make(raw, size));
    return made;
  },
  /** Decode once, then all sizes at once: sharp's best at full quality. */
  async parallel(file, targets) {
    const raw = await decode(file);
    return Promise.all(targets.map((size) => make(raw, size)));
  },
  /** As it is mostly written: each size from the file. */
  async naive(file, targets) {
    const { width = 0, height = 0 } = await sharp(file).metadata();
    return Promise.all(targets.map((size) => finish(sharp(file), { width, height }, size)));
  },
};

/** Two photos at a time; the files are thrown away, as nobody asked for them. */
async function makeBatch(read: readonly (() => Buffer)[], sizes: readonly Size[]): Promise<number> {
  const waiting = [...read];
  let bytes = 0;
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      bytes += sumOf(await strategies.sequential(next(), sizes));
    }
  }
  await Promise.all([work(), work()]);
  return bytes;
}

function sumOf(made: readonly Buffer[]): number {
  return made.reduce((sum, { length }) => sum + length, 0);
}

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
