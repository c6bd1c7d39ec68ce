/** What is kept in a form that this version can't read: a newer one wrote it, or somebody at the database. It has a name and can be deleted. */
import type { Response } from 'express';
import { asksForJson } from '../http/asksForJson.ts';
import { HttpError } from '../http/errors.ts';
import type { RenderPage } from '../http/render.ts';

const sentence = 'What is kept of it can’t be read here. It can only be deleted.';

/**
 * 409 with its name and a button that deletes it.
 * @param action its address
 * @throws HttpError 409 when a script asks
 */
export function showBroken(
  render: RenderPage,
  res: Response,
  { name, action }: { name: string; action: string },
): void {
  if (asksForJson(res.req)) throw new HttpError(409, sentence);
  res.status(409);
  render(res, 'keptBroken', {
    title: `${name} · All Img Fit`,
    pageStyles: ['presets.css'],
    name,
    text: sentence,
    action,
  });
}
