/** One look at one photo, stage by stage. */
import { boxesInFile } from '../../engine/focus/boxesInFile.ts';
import { boxesOf } from '../../engine/focus/boxesOf.ts';
import { keepFaces } from '../../engine/focus/faceAnswers.ts';
import type { Findings } from '../../engine/focus/findings.ts';
import { headsToLook } from '../../engine/focus/headsToLook.ts';
import { type FirstSight, lookAtOnce } from './instant.ts';
import { lookCloser, lookForFaces, lookForHeads } from './lookForFaces.ts';
import { lookForThings } from './lookForThings.ts';
import { type Look, type Stage, stages } from './messages.ts';
import { getModel } from './models.ts';
import { hashOf, type Known, recall } from './remembered.ts';
import { openSight, type Sight } from './sight.ts';

export interface Telling {
  signal: AbortSignal;
  onLooked(stage: Stage, findings: Findings, ms: number): void;
  onSkipped(stage: Stage, reason: string): void;
}

/** Throws an Error whose message is a sentence for the person where the photo cannot be read. */
export async function look(job: Look, { signal, onLooked, onSkipped }: Telling): Promise<void> {
  const bytes = await readBytes(job.file);
  const known = recall(bytes && (await hashOf(bytes)));
  known.fromFile ??= bytes ? boxesInFile(bytes) : [];
  let sight: Sight | null = null;
  const see = async (): Promise<Sight> => {
    sight ??= await openSight(job.file, job.image);
    return sight;
  };
  const stop = () => signal.aborted;
  try {
    for (const stage of stages) {
      // The first stage is what all the others rest on.
      if (stage !== 'instant' && !job.stages.includes(stage)) continue;
      await pause();
      if (stop()) return;
      try {
        const ms = await work(stage, known, see);
        const findings = findingsOf(known, job.aim);
        if (stop()) return;
        if (job.stages.includes(stage) && findings) onLooked(stage, findings, ms);
      } catch (error) {
        if (stage === 'instant') throw error;
        onSkipped(stage, error instanceof Error ? error.message : String(error));
      }
    }
  } finally {
    (sight as Sight | null)?.release();
    if (!sight) job.image?.close();
  }
}

/** Does what is not known yet. Returns the milliseconds of the search itself, without loading and decoding. */
async function work(stage: Stage, known: Known, see: () => Promise<Sight>): Promise<number> {
  if (isKnown(stage, known)) return 0;
  // A model is waited for before the photo is decoded.
  const model = stage === 'instant' ? null : await getModel(stage === 'objects' ? 'things' : 'faces');
  const sight = await see();
  const start = performance.now();
  known.size = sight.size;
  if (stage === 'instant') known.first = await lookAtOnce(sight);
  if (stage === 'faces' && model) known.faces = lookForFaces(model, sight);
  if (stage === 'objects' && model) {
    known.things = lookForThings(model, sight);
    const heads = known.faces ? headsToLook(known.faces, known.things, sight.size) : [];
    if (known.faces && heads.length > 0) {
      known.faces = keepFaces([...known.faces, ...lookForHeads(await getModel('faces'), sight, heads)]);
    }
  }
  if (stage === 'closer' && model) {
    known.faces = await lookCloser(model, sight, { found: known.faces ?? lookForFaces(model, sight), pause });
    known.isCloser = true;
  }
  return performance.now() - start;
}

function isKnown(stage: Stage, { first, faces, things, isCloser }: Known): boolean {
  if (stage === 'closer') return isCloser;
  return (stage === 'instant' ? first : stage === 'faces' ? faces : things) !== null;
}

function findingsOf(known: Known, aim: Look['aim']): Findings | null {
  const { size, first, fromFile, faces, things } = known;
  if (!size || !first) return null;
  const { saliency } = first;
  const seen = {
    fromFile: fromFile ?? [],
    faces: faces ?? [],
    things,
    saliency,
    facesFirst: aim === 'faces',
  };
  const { boxes, marks } = boxesOf(seen, size, known.boxes);
  known.boxes = boxes;
  return { size, boxes, marks, ...(first satisfies FirstSight) };
}

/** null when the file on the disk is not the one that was chosen any more; what is decoded already can still be looked at. */
async function readBytes(file: Blob): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** Lets the messages in that wait: a new photo's first stage does not wait for the models of the one before. */
function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
