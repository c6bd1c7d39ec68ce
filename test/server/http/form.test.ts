import fc from 'fast-check';
import { expect, test } from 'vitest';
import { HttpError } from '../../../server/http/errors.ts';
import { readRaw, readText } from '../../../server/http/form.ts';

const rule = { label: 'The name', min: 1, max: 10 };
const read = (name: unknown) => readText({ name }, 'name', rule);

test('a text comes without space around it and in normal form C', () => {
  expect(read('  fig  ')).toEqual({ text: 'fig', fault: null });
  expect(read('e\u0301')).toEqual({ text: 'é', fault: null });
});

test('length counts characters as people see code points, not halves', () => {
  expect(read('🍇'.repeat(10)).fault).toBeNull();
  expect(read('🍇'.repeat(11))).toEqual({
    text: '🍇'.repeat(10),
    fault: 'The name may have at most 10 characters. This has 11.',
  });
});

test('a missing field is an empty text; required, it has a fault in words', () => {
  expect(readText({}, 'name', rule)).toEqual({ text: '', fault: 'The name is missing.' });
  expect(readText(undefined, 'name', { label: 'The name', max: 10 })).toEqual({ text: '', fault: null });
  expect(readText({ name: 'ab' }, 'name', { label: 'The name', min: 3, max: 10 }).fault).toBe(
    'The name needs at least 3 characters.',
  );
});

test('joiners stay: Persian and family emoji need them', () => {
  expect(read('می‌خواهم').fault).toBeNull();
  expect(read('👩‍👧').fault).toBeNull();
});

test('emoji keep the sign that makes them colourful', () => {
  expect(read('❤\ufe0f').fault).toBeNull();
});

test.each([
  ['the empty Braille pattern', '\u2800'],
  ['the Hangul filler', '\u3164'],
  ['the half-width Hangul filler', '\uffa0'],
  ['a soft hyphen', 'Sh\u00adop'],
  ['a grapheme joiner', 'Sh\u034fop'],
  ['a tag', 'Shop\u{e0041}'],
  ['a Mongolian vowel separator', 'Sh\u180eop'],
])('%s is refused: it is shown as nothing', (_name, typed) => {
  expect(read(typed).fault).toBe('The name holds a character that can’t be used. Type it anew.');
});

test.each(['\u200d', '\u200c \u200c', '\ufe0f', '\u0301'])(
  'nothing but what joins other letters (%j) is no name',
  (typed) => {
    expect(read(typed).fault).toBe('The name holds nothing that can be seen.');
  },
);

test.each([[['a', 'b']], [{ x: 'a' }], [7], [null]])(
  '%j in the place of a text is no form of ours',
  (value) => {
    expect(() => read(value)).toThrow(HttpError);
    expect(() => readRaw({ name: value }, 'name')).toThrow(expect.objectContaining({ status: 422 }));
  },
);

test('names of the prototype are missing fields', () => {
  for (const name of ['constructor', '__proto__', 'toString']) expect(readRaw({}, name)).toBe('');
});

test('whatever is typed, the text that is shown again is short, visible and printable', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (typed) => {
      const { text, fault } = read(typed);
      expect([...text].length).toBeLessThanOrEqual(10);
      expect(text).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u);
      if (fault === null) expect(text).toBe(typed.normalize('NFC').trim());
    }),
  );
});
