/** Runs in the browser, for pixels.test.ts: asks the real worker, and paints previews as the page does. */
import { type DrawPlan, planDraw } from '../../../client/engine/drawPlan.ts';
import { type MakeCanvas, paintPlan } from '../../../client/engine/paint.ts';
import type { FileOrder, Job, MadeFile, Reply, SharedFrame } from '../../../client/worker/messages.ts';
import { findPaths } from '../../../client/worker/paths.ts';
import { startPixelWorkers } from '../../../client/workspace/pixelWorkers.ts';
import type { ExportHow } from './workerTrial.ts';

export { planDraw };

const workers = startPixelWorkers('/pixels.js', 1);
/** One worker by its address: tests ask for a path in it. */
const others = new Map<string, Worker>();
let lastId = 0;
const never = new AbortController().signal;

export async function open(url: string) {
  const file = await fileAt(url);
  const { opened, focal } = workers.openPhoto(file, 'automatic', never);
  const { photo, preview, thumbnail, note } = await opened;
  return {
    photo,
    note,
    preview: [preview.width, preview.height],
    thumbnail: [thumbnail.width, thumbnail.height],
    focal: await focal,
    focalAgain: await workers.findFocus(file, 'automatic', never),
    centre: await workers.findFocus(file, 'centre', never),
  };
}

/** Opens a served file of which some bytes behind the first 200 were changed; what it said if it could not. */
export async function openDamaged(url: string, seed: number): Promise<string> {
  const bytes = new Uint8Array(await (await fileAt(url)).arrayBuffer());
  let state = seed;
  for (let i = 0; i < 20; i++) {
    state = (state * 1103515245 + 12345) % 2 ** 31;
    bytes[200 + (state % (bytes.length - 200))] = state >> 8;
  }
  const file = new File([bytes], `damaged.${url.split('.').at(-1)}`);
  const { opened } = workers.openPhoto(file, 'centre', never);
  return opened.then(
    ({ preview, thumbnail }) => {
      preview.close();
      thumbnail.close();
      return 'opened';
    },
    (error: Error) => error.message,
  );
}

/** What became of each order, by its key: the file's type and its bytes in base64, or the reason. */
export async function exportFiles(url: string, orders: FileOrder[], how: ExportHow = {}) {
  const address = how.worker ?? '/pixels.js';
  const worker = others.get(address) ?? new Worker(address, { type: 'module' });
  others.set(address, worker);
  const results: Record<number, { type: string; base64: string; made: MadeFile } | string> = {};
  const files: [number, Blob, MadeFile][] = [];
  const id = ++lastId;
  const file = await fileAt(url);
  const frame = how.isFrameShared ? await decodeApart(address, file) : null;
  await new Promise<void>((resolve, reject) => {
    worker.onerror = () => reject(new Error('The worker died.'));
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.kind === 'exported') files.push([data.key, data.blob, data.made]);
      if (data.kind === 'exportFailed') results[data.key] = data.reason;
      if (data.kind === 'failed') reject(new Error(data.reason));
      if (data.kind === 'done') resolve();
    };
    const job: Job = { kind: 'export', id, file, orders, ...(frame && { frame }) };
    worker.postMessage(job, frame ? [frame.image] : []);
  });
  for (const [key, blob, made] of files) {
    results[key] = { type: blob.type, made, base64: await base64Of(blob) };
  }
  return results;
}

/** Decodes in another worker, and keeps a clone of the frame only. */
async function decodeApart(address: string, file: Blob): Promise<SharedFrame> {
  const worker = new Worker(address, { type: 'module' });
  const decoded = await new Promise<Reply>((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<Reply>) => {
      if (data.kind !== 'done') resolve(data);
    };
    worker.postMessage({ kind: 'decode', id: 1, file } satisfies Job);
  });
  worker.terminate();
  if (decoded.kind !== 'decoded' || !decoded.frame) throw new Error('There is no frame.');
  const { image, planes } = decoded.frame;
  const clone = image.clone();
  image.close();
  return { image: clone, planes };
}

/** Cancels after the first file; answers how many files came, and when the same worker had finished another photo. */
export async function cancelMidway(url: string, orders: FileOrder[]) {
  const file = await fileAt(url);
  const controller = new AbortController();
  let files = 0;
  const cancelled = await workers
    .exportFiles(file, orders, {
      signal: controller.signal,
      onFile() {
        files += 1;
        controller.abort();
      },
    })
    .catch((error: Error) => error.name);
  let next = 0;
  await workers.exportFiles(file, orders.slice(0, 1), { signal: never, onFile: () => (next += 1) });
  return { cancelled, files, next };
}

/** The preview as PNG in base64: painted from the reduced copy, at the file's own size. */
export async function paintPreview(url: string, plan: DrawPlan) {
  const { photo, preview } = await workers.openPhoto(await fileAt(url), 'centre', never).opened;
  const { drawable, context } = makeCanvas(plan.output.width, plan.output.height);
  paintPlan<CanvasImageSource>(context, preview, plan, { photo, outputScale: 1, makeCanvas });
  return base64Of(await drawable.convertToBlob());
}

const makeCanvas = ((width, height) => {
  const drawable = new OffscreenCanvas(width, height);
  const context = drawable.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('No 2d context.');
  return { drawable, context };
}) satisfies MakeCanvas<CanvasImageSource>;

/** What `findPaths` answers here, and in browsers that lack something. */
export async function findPathsIn() {
  const here = [...(await findPaths())];
  const { ImageDecoder: decoder, VideoFrame: frame } = window;
  const answers: Record<string, string[]> = { here };
  const give = (name: string, value: unknown) =>
    Object.defineProperty(window, name, { value, configurable: true, writable: true });
  give('ImageDecoder', undefined);
  answers.without = [...(await findPaths())];
  give('ImageDecoder', decoder);
  const swapped = class extends frame {
    override copyTo(to: AllowSharedBufferSource) {
      return super.copyTo(to, {});
    }
  };
  give('VideoFrame', swapped);
  answers.swapped = [...(await findPaths())];
  give('VideoFrame', class {});
  answers.unturned = [...(await findPaths())];
  give('VideoFrame', frame);
  return answers;
}

export async function base64At(url: string): Promise<string> {
  return base64Of(await fileAt(url));
}

async function fileAt(url: string): Promise<File> {
  return new File([await (await fetch(url)).blob()], decodeURIComponent(url.slice(1)));
}

async function base64Of(blob: Blob): Promise<string> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
