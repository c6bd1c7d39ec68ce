/** Where to go after signing in, when the address says so itself. */

/** Never asked for: only an origin that no address can have by accident. */
const ownOrigin = 'https://own.invalid';

/**
 * A path on this site, made anew from its parsed form, or the fallback when `next` would lead anywhere else.
 * @param next from a query or a form, whatever it holds
 * @param fallback a path of ours, such as `/account`
 */
export function safeNext(next: unknown, fallback: string): string {
  if (typeof next !== 'string' || !next.startsWith('/') || next.length > 500) return fallback;
  if (/[\p{Cc}\\]/u.test(next) || !URL.canParse(next, ownOrigin)) return fallback;
  const { origin, pathname, search, hash } = new URL(next, ownOrigin);
  // `/.//elsewhere` is parsed to a path that a browser would take for another host.
  if (origin !== ownOrigin || pathname.startsWith('//')) return fallback;
  return pathname + search + hash;
}
