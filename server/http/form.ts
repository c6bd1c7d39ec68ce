/** The bodies of forms: which are accepted at all, and reading text out of them. */
import express, { type Request, type RequestHandler } from 'express';
import { z } from 'zod';
import { HttpError } from './errors.ts';
import { checkText, type ReadText, type TextRule } from './text.shared.ts';

export type { ReadText, TextRule } from './text.shared.ts';

const largeForm = /^\/presets\/import\/?$/i;

/** The forms that are larger than others, by their address; what comes first counts. */
const sizes = [
  { address: largeForm, limit: '4mb', fields: 50 },
  { address: /^\/presets(\/|$)/i, limit: '64kb', fields: 400 },
  { address: /^/, limit: '16kb', fields: 50 },
];

/**
 * Plain forms of up to 16 kB and 50 fields become `req.body`, each field a string or, sent twice, a list; presets may have 64 kB
 * and 400 fields, an import of presets 4 MB: all that one person may keep, short of names in which every sign takes nine bytes
 * in a form. Everything else is refused.
 */
export function readForms(): RequestHandler[] {
  const parsers = sizes.map(({ address, limit, fields }) => ({
    address,
    parse: express.urlencoded({ extended: false, limit, parameterLimit: fields, inflate: false }),
  }));
  const parse: RequestHandler = (req, res, next) => {
    const parser = parsers.find(({ address }) => address.test(addressOf(req)));
    parser?.parse(req, res, next);
  };
  return [onlyForms, parse];
}

/** Whether a request may bring megabytes. */
export function isLargeForm(req: Request): boolean {
  return req.method === 'POST' && largeForm.test(addressOf(req));
}

/** The whole path, wherever the middleware is mounted. */
function addressOf(req: Request): string {
  return req.baseUrl + req.path;
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

/** All values of a field that may be sent several times, in their order; none when it is missing. */
export function readList(body: unknown, name: string): string[] {
  const fields = fieldsShape.safeParse(body);
  const value = fields.success && Object.hasOwn(fields.data, name) ? fields.data[name] : [];
  return [value].flat().filter((one) => typeof one === 'string');
}

/**
 * A line of text from a form, checked.
 * @throws HttpError 422 when the field was sent more than once
 */
export function readText(body: unknown, name: string, rule: TextRule): ReadText {
  return checkText(readRaw(body, name), rule);
}
