/** The kinds of values that environment variables may have, each with the sentence that refuses others. No sentence repeats a value: it may be a secret. */
import { z } from 'zod';

export function wholeNumber(min: number, max: number) {
  return z
    .string()
    .refine(
      (value) => /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max,
      `must be a whole number from ${min} to ${max}.`,
    )
    .transform(Number);
}

/** Text that a page can print. */
export function oneLine() {
  return z
    .string()
    .trim()
    .regex(/^\P{Cc}{1,200}$/u, 'must be one line of at most 200 characters.');
}

/** `newest,older`: each at least 32 characters. */
export function secrets() {
  return z
    .string()
    .transform((value) => value.split(',').map((secret) => secret.trim()))
    .refine(
      (list) => list.every((secret) => secret.length >= 32),
      'must be one or more secrets of at least 32 characters each, newest first, with commas between.',
    )
    .transform(([first = '', ...rest]): [string, ...string[]] => [first, ...rest]);
}

/** `2:base64,1:base64`: versions from 1 to 9999, each with a key of at least 32 bytes. The highest is the newest. */
export function peppers() {
  return z
    .string()
    .transform((value) =>
      value.split(',').map((part) => /^ *([1-9]\d{0,3}):([A-Za-z0-9+/]+={0,2}) *$/.exec(part)),
    )
    .transform((parts) =>
      parts
        .map((part) => ({ version: Number(part?.[1]), key: Buffer.from(part?.[2] ?? '', 'base64') }))
        .sort((a, b) => b.version - a.version),
    )
    .refine(
      (list) =>
        list.every(({ key }) => key.length >= 32) &&
        new Set(list.map(({ version }) => version)).size === list.length,
      'must be like 1:BASE64 with at least 32 bytes in base64; several versions with commas between.',
    );
}

/** Scheme, host and port alone. */
export function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}
