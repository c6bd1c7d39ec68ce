/** What the forms of presets and custom sizes carry beside their fields, unseen. */
import type { Response } from 'express';
import { isUuid } from '../database/uuid.ts';
import { HttpError } from '../http/errors.ts';
import { readRaw } from '../http/form.ts';

/**
 * The random UUID that the page put into the form: sent twice, the form makes one row.
 * @throws HttpError 422 when there is none
 */
export function readFormKey(body: unknown): string {
  const formKey = readRaw(body, 'formKey');
  if (!isUuid(formKey)) throw new HttpError(422, 'The form lacks its number. Load the page anew.');
  return formKey;
}

/**
 * The version that the form was opened with.
 * @throws HttpError 422 when there is none
 */
export function readVersion(body: unknown): number {
  const version = readRaw(body, 'version');
  if (!/^[1-9]\d{0,8}$/.test(version)) {
    throw new HttpError(422, 'The form does not say which version it changes. Load the page anew.');
  }
  return Number(version);
}

/** 409 for a script whose form made something that was deleted since: there is nothing now. */
export function spentByScript(res: Response): void {
  res.status(409).json({ now: null });
}
