/** The bodies of forms: which are accepted at all, and reading text out of them. */
import express, { type RequestHandler } from 'express';
import { z } from 'zod';
import { HttpError } from './errors.ts';

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

export interface TextRule {
  /** What the field is called in a sentence, with a capital: `E-mail address`. */
  label: string;
  /** Code points; 1 makes the field required. Default 0. */
  min?: number;
  /** Code points. */
  max: number;
}

export interface ReadText {
  /** As typed, in normal form C, without space around it; cut, and with � for what can't be seen, when it has a fault. */
  text: string;
  /** A sentence for the visitor, or null. */
  fault: string | null;
}

/**
 * A line of text from a form, checked.
 * @throws HttpError 422 when the field was sent more than once
 */
export function readText(body: unknown, name: string, { label, min = 0, max }: TextRule): ReadText {
  const typed = readRaw(body, name).normalize('NFC').trim();
  const points = [...typed];
  const text = points.slice(0, max).join('').replace(hiddenCharacters, '\ufffd');
  const fault = (sentence: string): ReadText => ({ text, fault: `${label} ${sentence}` });
  if (points.length === 0 && min > 0) return fault('is missing.');
  if (points.length < min) return fault(`needs at least ${min} characters.`);
  if (points.length > max) return fault(`may have at most ${max} characters. This has ${points.length}.`);
  if (text.includes('\ufffd')) return fault('holds a character that can’t be used. Type it anew.');
  if (stackedMarks.test(text)) return fault('holds too many accents on one letter.');
  return { text, fault: null };
}

/**
 * Control characters (NUL too, which Postgres can't store), halves of characters, text direction overrides that make a name
 * look like another (https://www.unicode.org/reports/tr36/), zero-width space, and the sign for what was no UTF-8. The joiners U+200C
 * and U+200D stay: Persian and emoji need them.
 */
const hiddenCharacters =
  /[\p{Cc}\p{Cs}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]/gu;

/** No script stacks this many; text that climbs out of its line does. */
const stackedMarks = /\p{M}{9}/u;
