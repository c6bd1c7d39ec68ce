/** What somebody typed, carried on by a page that comes instead of the one that the form is for. */
import type { Request } from 'express';
import { z } from 'zod';
import { comesFrom } from './origin.ts';

export interface CarriedForm {
  /** Where the form goes. */
  action: string;
  fields: { name: string; value: string }[];
}

/** Never handed back to a page: secrets, and what belongs to a session or a check. */
const notCarried = /^(_|work|picture|question)|password/i;

/**
 * In UTF-16 units: more than the editor of a preset sends. What is larger came out of a file, which is still there; and handing
 * back megabytes to whoever sends them, signed in or not, would keep the server busy for nothing.
 */
const mostCarried = 100_000;

/**
 * The form of a request, to be sent once more by a button; null when the browser does not vouch that it came from a page of
 * ours (else somebody else's values would be one click away), and when it is too long.
 */
export function carriedForm(req: Request, publicUrl: URL | null): CarriedForm | null {
  if (comesFrom(req, publicUrl) !== 'here') return null;
  const fields = typedFields(req.body);
  const length = fields.reduce((sum, { name, value }) => sum + name.length + value.length, 0);
  return length > mostCarried ? null : { action: ownAddress(req), fields };
}

/** The address of a request, as the address of a form: two slashes at its beginning would name another server. */
export function ownAddress(req: Request): string {
  return req.originalUrl.startsWith('//') ? req.path : req.originalUrl;
}

/** The token that the form came with; an empty string when there is none. */
export function sentToken(req: Request): string {
  const token = bodyShape.safeParse(req.body).data?._csrf;
  return typeof token === 'string' ? token : '';
}

const bodyShape = z.record(z.string(), z.unknown());

function typedFields(body: unknown): CarriedForm['fields'] {
  return Object.entries(bodyShape.safeParse(body).data ?? {})
    .filter(([name]) => !notCarried.test(name))
    .flatMap(([name, sent]) =>
      [sent].flat().flatMap((value) => (typeof value === 'string' ? [{ name, value }] : [])),
    );
}
