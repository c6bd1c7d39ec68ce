/** The forms for registering and signing in: body -> value or what has to be mended. */
import { readRaw } from '../http/form.ts';
import type { CaptchaAnswer } from './captcha.ts';
import { readEmail } from './emailAddress.ts';
import { refusePassword } from './passwordRules.ts';

/** Field name -> sentence, in the order of the form. */
export type FormErrors = Record<string, string>;

export interface Credentials {
  email: string;
  emailKey: string;
  /** Exactly as typed. */
  password: string;
  errors: FormErrors;
}

/** @throws HttpError 422 when a field was sent twice */
export function readRegistration(body: unknown): Credentials {
  const { email, emailKey, fault } = readEmail(body);
  const password = readRaw(body, 'password');
  const refusal = password === '' ? 'Choose a password.' : refusePassword(password, email);
  return { email, emailKey, password, errors: collectErrors({ email: fault, password: refusal }) };
}

/** @throws HttpError 422 when a field was sent twice */
export function readSignIn(body: unknown): Credentials {
  const { email, emailKey, fault } = readEmail(body);
  const password = readRaw(body, 'password');
  const missing = password === '' ? 'The password is missing.' : null;
  return { email, emailKey, password, errors: collectErrors({ email: fault, password: missing }) };
}

/** The first of the three ways that was answered; null when none was. */
export function readCaptchaAnswer(body: unknown): CaptchaAnswer | null {
  for (const way of ['picture', 'question', 'work']) {
    const text = readRaw(body, way).trim();
    if (text !== '') return { id: readRaw(body, `${way}_id`), text: text.slice(0, 100) };
  }
  return null;
}

export function collectErrors(faults: Record<string, string | null>): FormErrors {
  return Object.fromEntries(
    Object.entries(faults).filter((entry): entry is [string, string] => entry[1] !== null),
  );
}
