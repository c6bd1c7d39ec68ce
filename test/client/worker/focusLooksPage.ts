/** Runs in the browser, for focusFallbacks.test.ts: looks as the page of the workspace does. */
import type { Findings } from '../../../client/engine/focus/findings.ts';
import { focusHands } from '../../../client/workspace/focusHands.ts';
import { startFocusLooks } from '../../../client/workspace/focusLooks.ts';

export interface Told {
  stages: string[];
  findings: Findings | null;
  error: string | null;
}

/** Under the name that its caller gives it, until `end` is asked for it. */
const going = new Map<string, Promise<Told>>();

export function begin(name: string, urls: { worker: string; here: string }, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const told: Told = { stages: [], findings: null, error: null };
  const { look } = startFocusLooks(focusHands(urls));
  const done = look(new File([bytes], name), {
    aim: 'automatic',
    stages: ['instant', 'faces', 'objects'],
    signal: new AbortController().signal,
    onLooked(stage, findings) {
      told.stages.push(stage);
      told.findings = findings;
    },
    onSkipped: (stage, reason) => told.stages.push(`${stage}: ${reason}`),
  });
  const end = done.then(
    () => told,
    (error: Error) => ({ ...told, error: error.message }),
  );
  going.set(name, end);
}

export async function end(name: string): Promise<Told> {
  const told = await going.get(name);
  if (!told) throw new Error(`Nothing goes on under the name ${name}.`);
  return told;
}
