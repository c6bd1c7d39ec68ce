/** What was done, said once on the page that follows. */

/**
 * @param known name -> sentence: only words of ours are ever shown
 * @param name from the query, whatever it holds
 */
export function readNotice(known: Readonly<Record<string, string>>, name: unknown): string {
  return typeof name === 'string' && Object.hasOwn(known, name) ? (known[name] ?? '') : '';
}
