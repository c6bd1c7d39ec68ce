/** Whose preset the address of a request names. */
import type { Request } from 'express';
import { currentOwner } from '../auth/currentUser.ts';
import { isUuid } from '../database/uuid.ts';
import { HttpError } from '../http/errors.ts';

/** @throws HttpError 404 when it can't be an id at all */
export function namedPreset(req: Request): { ownerId: string; id: string } {
  const { id } = req.params;
  if (typeof id !== 'string' || !isUuid(id)) throw noSuchPreset();
  return { ownerId: currentOwner(req), id };
}

/** The same for a preset that never was, that is gone for good, and that belongs to another. */
export function noSuchPreset(): HttpError {
  return new HttpError(404, 'There is no such preset. It may have been deleted for good.');
}
