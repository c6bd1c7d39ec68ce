/** The bodies of forms: which are accepted at all, and reading text out of them. */
import express, { type RequestHandler } from 'express';
import { z } from 'zod';
import { HttpError } from './errors.ts';
import { checkText, type ReadText, type TextRule } from './text.shared.ts';

export type { ReadText, TextRule } from './text.shared.ts';

/** Plain forms of up to 16 kB and 50 fields become `req.body`, each field a string or, sent twice, a list. Everything else is refused. */
export function readForms(): RequestHandler[] {
  const parse = express.urlencoded({ extended: false, limit: '16kb', parameterLimit: 50, inflate: false });
  return [onlyForms, parse];
}

/** 415 for what is no form: JSON, files. A photo has no way in. */
const onlyForms: RequestHandler = (req, _res, next) => {
  const isEmpty = req.get('Transfer-Encoding') === undefined && Number(req.get('Content-Length') ?? 0) === 0;
  next(isEmpty || req.is('application/x-www-form-urlencoded') ? undefined : new HttpError(415));
};

const fieldsShape = z.record(z.string(), z.unknown());

/**
 * A field exactly as it was sent; an empty string when it is missing. For passwords; `readText` is for all else.
 * @param body `req.body`
 * @throws HttpError 422 when the field was sent more than once
 */
export function readRaw(body: unknown, name: string): string {
  const fields = fieldsShape.safeParse(body);
  const value = fields.success && Object.hasOwn(fields.data, name) ? fields.data[name] : '';
  if (typeof value !== 'string') throw new HttpError(422, 'Each field may be sent only once.');
  return value;
}

/**
 * A line of text from a form, checked.
 * @throws HttpError 422 when the field was sent more than once
 */
export function readText(body: unknown, name: string, rule: TextRule): ReadText {
  return checkText(readRaw(body, name), rule);
}
