/** Plain questions that need neither eyes nor script: a few kinds, each with words and numbers drawn anew. */
import type { RandomInt } from './captchaText.ts';

export interface Question {
  text: string;
  /** As `readQuestionAnswer` gives it. */
  answer: string;
}

const numbers = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
  'thirteen',
  'fourteen',
  'fifteen',
  'sixteen',
  'seventeen',
  'eighteen',
  'nineteen',
  'twenty',
];
const things = [
  'lamp',
  'river',
  'stone',
  'window',
  'garden',
  'bridge',
  'paper',
  'candle',
  'basket',
  'mirror',
];
const colours = ['red', 'green', 'blue', 'yellow', 'white', 'black', 'brown', 'orange'];
const places = ['first', 'second', 'third', 'fourth'];
const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

type Draw = <Item>(items: readonly Item[]) => Item;

const kinds: ((draw: Draw, randomInt: RandomInt) => Question)[] = [addition, difference, place, colour, day];

export function makeQuestion(randomInt: RandomInt): Question {
  const draw: Draw = (items) => {
    const item = items[randomInt(items.length)];
    if (item === undefined) throw new Error('Nothing to draw from');
    return item;
  };
  const { text, answer } = draw(kinds)(draw, randomInt);
  return { text, answer: readQuestionAnswer(answer) };
}

/** Letter case, spaces, a full stop at the end and an article do not matter; a number may be a word. */
export function readQuestionAnswer(typed: string): string {
  const word = typed
    .normalize('NFKC')
    .toLowerCase()
    .trim()
    .replace(/[.!]+$/, '')
    .replace(/^(the|a|an)\s+/, '');
  const number = numbers.indexOf(word);
  return number >= 0 ? String(number) : word.replace(/^0+(?=\d)/, '');
}

function addition(draw: Draw, randomInt: RandomInt): Question {
  const [a, b] = [2 + randomInt(8), 1 + randomInt(9)];
  const words = draw([
    (x: string, y: string) => `What is ${x} plus ${y}?`,
    (x: string, y: string) => `How much is ${x} and ${y} together?`,
    (x: string, y: string) => `You have ${x} photos and add ${y}. How many are there?`,
  ]);
  return { text: words(inWordsOrDigits(a, randomInt), inWordsOrDigits(b, randomInt)), answer: String(a + b) };
}

function difference(draw: Draw, randomInt: RandomInt): Question {
  const b = 1 + randomInt(8);
  const a = b + 1 + randomInt(9);
  const words = draw([
    (x: string, y: string) => `What is ${x} minus ${y}?`,
    (x: string, y: string) => `You have ${x} photos and delete ${y}. How many are left?`,
  ]);
  return { text: words(inWordsOrDigits(a, randomInt), inWordsOrDigits(b, randomInt)), answer: String(a - b) };
}

function place(_draw: Draw, randomInt: RandomInt): Question {
  const row = drawSome(things, 4, randomInt);
  const at = randomInt(places.length);
  return { text: `Which is the ${places[at]} of these words: ${row.join(', ')}?`, answer: row[at] ?? '' };
}

function colour(draw: Draw, randomInt: RandomInt): Question {
  const answer = draw(colours);
  const row = drawSome(things, 3, randomInt);
  row.splice(randomInt(row.length + 1), 0, answer);
  return { text: `Which of these is a colour: ${row.join(', ')}?`, answer };
}

function day(draw: Draw, randomInt: RandomInt): Question {
  const at = randomInt(days.length);
  const step = draw([1, -1]);
  const answer = days[(at + step + days.length) % days.length] ?? '';
  return { text: `Which day comes ${step === 1 ? 'after' : 'before'} ${days[at]}?`, answer };
}

function inWordsOrDigits(number: number, randomInt: RandomInt): string {
  return randomInt(2) === 0 ? String(number) : (numbers[number] ?? String(number));
}

function drawSome(items: readonly string[], count: number, randomInt: RandomInt): string[] {
  const left = [...items];
  return Array.from({ length: count }, () => left.splice(randomInt(left.length), 1)[0] ?? '');
}
