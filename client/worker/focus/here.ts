/** The first stage on the page itself, where no worker can do it: loaded only then. Without models, so that the page stays alive. */
import { boxesInFile } from '../../engine/focus/boxesInFile.ts';
import { boxesOf } from '../../engine/focus/boxesOf.ts';
import { lookAtOnce } from './instant.ts';
import type { LookHere } from './messages.ts';

export const lookHere: LookHere = async (sight, file) => {
  const fromFile = boxesInFile(new Uint8Array(await file.arrayBuffer()));
  const seen = { fromFile, faces: [], things: null, saliency: null, facesFirst: false };
  const { boxes, marks } = boxesOf(seen, sight.size, []);
  return { size: sight.size, boxes, marks, ...(await lookAtOnce(sight)) };
};
