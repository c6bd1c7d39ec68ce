/** Runs in the browser: shows photos to the real focus worker and says what it found. */
import type { Findings } from '../../client/engine/focus/findings.ts';
import type { Reply, Request, Stage } from '../../client/worker/focus/messages.ts';
import type { StoredLook } from './looks.ts';

let workers: Worker[] = [];
let lastId = 0;

/** Starts workers that remember nothing, one for each list of stages. */
export function start(address: string, count: number): void {
  workers = Array.from({ length: count }, () => new Worker(address, { type: 'module' }));
}

export async function look(photo: string, stages: Stage[], by: number): Promise<StoredLook> {
  const worker = workers[by];
  if (!worker) throw new Error('No worker was started.');
  const file = await (await fetch(photo)).blob();
  const ms: Partial<Record<Stage, number>> = {};
  const skipped: string[] = [];
  const begin = performance.now();
  const findings = await ask(worker, file, stages, (reply) => {
    if (reply.kind === 'looked') ms[reply.stage] = reply.ms;
    if (reply.kind === 'skipped') skipped.push(`${reply.stage}: ${reply.reason}`);
  });
  const wholeMs = performance.now() - begin;
  const { boxes, saliency, scores, focal } = findings;
  return {
    boxes: [...boxes],
    focal,
    saliency: { width: saliency.width, height: saliency.height, data: inBase64(saliency.data) },
    scores: { ...scores, values: inBase64(new Uint8Array(scores.values.buffer)) },
    ms,
    wholeMs,
    skipped,
  };
}

function ask(asked: Worker, file: Blob, stages: Stage[], onReply: (reply: Reply) => void): Promise<Findings> {
  return new Promise((resolve, reject) => {
    let findings: Findings | null = null;
    asked.onmessage = ({ data }: MessageEvent<Reply>) => {
      onReply(data);
      if (data.kind === 'looked') findings = data.findings;
      if (data.kind === 'failed') reject(new Error(data.reason));
      if (data.kind === 'done') findings ? resolve(findings) : reject(new Error('Nothing was found.'));
    };
    asked.onerror = () => reject(new Error('The worker died.'));
    const request: Request = { kind: 'look', id: ++lastId, file, aim: 'automatic', stages };
    asked.postMessage(request);
  });
}

function inBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
