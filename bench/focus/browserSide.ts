/** Runs in the browser: shows photos to the real focus worker and says what it found. */
import type { Findings } from '../../client/engine/focus/findings.ts';
import type { Reply, Request, Stage } from '../../client/worker/focus/messages.ts';
import type { StoredLook } from './looks.ts';

let worker: Worker | null = null;
let lastId = 0;

/** Each call starts with a worker that remembers nothing; it is warmed by the first photo, whose times do not count. */
export function start(address: string): void {
  worker?.terminate();
  worker = new Worker(address, { type: 'module' });
}

export async function look(photo: string, stages: Stage[]): Promise<StoredLook> {
  const file = await (await fetch(photo)).blob();
  const ms: Partial<Record<Stage, number>> = {};
  const skipped: string[] = [];
  const begin = performance.now();
  const findings = await ask(file, stages, (reply) => {
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

function ask(file: Blob, stages: Stage[], onReply: (reply: Reply) => void): Promise<Findings> {
  const asked = worker;
  if (!asked) throw new Error('No worker was started.');
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
