/** The text in the picture, and how an answer to it is read. */

/** Draws a whole number from 0 to below the limit: `crypto.randomInt`, or a fixed row in tests. */
export type RandomInt = (limit: number) => number;

/** Capitals and digits that nobody takes for each other: no 0 O Q, 1 I L, 2 Z, 5 S, 8 B, 6 G, U V. */
const letters = 'ACDEFHJKMNPRTWXY3479';

/** 20^5 = 3.2 million texts. */
const textLength = 5;

export function makePictureText(randomInt: RandomInt): string {
  return Array.from({ length: textLength }, () => letters[randomInt(letters.length)]).join('');
}

/** Letter case and spaces do not matter. */
export function readPictureAnswer(typed: string): string {
  return typed.normalize('NFKC').toUpperCase().replace(/\s/g, '');
}
