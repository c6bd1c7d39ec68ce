/** Words with the blanks of a keyboard, so that a test can be read. */
export function plain(words: string): string {
  return words.replaceAll(/[\u00a0\u202f\u2009]/g, ' ');
}
