import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileName, type NameParts, uniqueFileNames } from '../../../client/engine/fileNames.ts';
import { checkTemplate, defaultTemplate, placeholders } from '../../../server/presets/nameTemplate.shared.ts';
import { outputFormats } from './arbitraries.ts';

const parts: NameParts = {
  photo: 'IMG_2041.HEIC',
  spec: 'instagram-portrait-4x5',
  group: 'Instagram',
  width: 1080,
  height: 1350,
  format: 'jpeg',
  index: 3,
};

describe('a file name', () => {
  it('comes from the template, with the ending of its format', () => {
    expect(fileName(defaultTemplate, parts)).toBe('IMG_2041-instagram-portrait-4x5-1080x1350.jpg');
    expect(fileName('{index} {group} {format}', { ...parts, format: 'webp' })).toBe('3 Instagram webp.webp');
    expect(fileName('fixed', { ...parts, format: 'png' })).toBe('fixed.png');
  });

  it("drops only the last ending of the photo's name, and keeps a name that is nothing but an ending", () => {
    expect(fileName('{photo}', { ...parts, photo: 'my.holiday.2024.jpeg' })).toBe('my.holiday.2024.jpg');
    expect(fileName('{photo}', { ...parts, photo: 'v1.5 final draft' })).toBe('v1.5 final draft.jpg');
    expect(fileName('{photo}', { ...parts, photo: '.jpg' })).toBe('jpg.jpg');
  });

  it('puts a part in as it is, even if it looks like a placeholder', () => {
    expect(fileName('{photo}-{width}', { ...parts, photo: '{width}.png' })).toBe('{width}-1080.jpg');
  });

  it('replaces what some system refuses in a name', () => {
    expect(fileName('{photo}', { ...parts, photo: 'a<b>c:d"e|f?g*h.png' })).toBe('a-b-c-d-e-f-g-h.jpg');
    expect(fileName('{photo}', { ...parts, photo: '../../etc/passwd' })).toBe('etc-passwd.jpg');
    expect(fileName('{photo}', { ...parts, photo: 'ends with dots... .png' })).toBe('ends with dots.jpg');
  });

  it('drops characters that are invisible or turn the writing direction', () => {
    expect(fileName('{photo}', { ...parts, photo: 'a\u202Egnp.exe\u0000\u200Bb.png' })).toBe('agnp.exeb.jpg');
  });

  it('keeps letters of all scripts, in composed form', () => {
    expect(fileName('{photo}', { ...parts, photo: 'Cafe\u0301 東京 Ελλάδα عربي.png' })).toBe(
      'Café 東京 Ελλάδα عربي.jpg',
    );
  });

  it('steps aside where Windows has a device of that name', () => {
    const names = ['CON', 'nul.png', 'com1', 'LPT³', 'aux.tar.png', 'conout$'].map((photo) =>
      fileName('{photo}', { ...parts, photo }),
    );
    expect(names).toEqual(['_CON.jpg', '_nul.jpg', '_com1.jpg', '_LPT³.jpg', '_aux.tar.jpg', '_conout$.jpg']);
    expect(fileName('{photo}', { ...parts, photo: 'console.png' })).toBe('console.jpg');
  });

  it("falls back to the spec's id when nothing is left", () => {
    expect(fileName('{photo}', { ...parts, photo: '...' })).toBe('instagram-portrait-4x5.jpg');
    expect(fileName('{group}', { ...parts, group: '' })).toBe('instagram-portrait-4x5.jpg');
  });

  it("shortens the photo's part of a long name, not the spec and size that tell files apart", () => {
    const name = fileName(defaultTemplate, { ...parts, photo: `${'very long '.repeat(40)}.jpg` });
    expect(name.endsWith('-instagram-portrait-4x5-1080x1350.jpg')).toBe(true);
    expect([...name].length).toBe(120 + '.jpg'.length);
  });

  it('counts bytes, not only characters', () => {
    const name = fileName('{photo}', { ...parts, photo: '東'.repeat(110) });
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
    expect([...name].length).toBe(78 + '.jpg'.length);
  });
});

/** Text with plenty of what makes trouble. */
const troubles = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '.',
        ' ',
        '-',
        '/',
        '\\',
        ':',
        'CON',
        'nul',
        '\u0000',
        '\u202E',
        '\uD800',
        '\uFFFE',
        '.jpg',
        '{photo}',
        'ß',
        'İ',
        'ﬁ',
        'e\u0301',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.string({ unit: 'grapheme', maxLength: 60 }),
    ),
    { maxLength: 30 },
  )
  .map((pieces) => pieces.join(''));

const anyParts: fc.Arbitrary<NameParts> = fc.record({
  photo: troubles,
  spec: fc.constantFrom('instagram-portrait-4x5', 'con', 'a'),
  group: troubles,
  width: fc.integer({ min: 1, max: 9999 }),
  height: fc.integer({ min: 1, max: 9999 }),
  format: outputFormats,
  index: fc.integer({ min: 1, max: 200 }),
});

const anyTemplate = fc.oneof(
  troubles,
  fc
    .array(
      fc.oneof(
        fc.constantFrom(...placeholders.map((word) => `{${word}}`)),
        fc.constantFrom('-', ' ', '.', 'x'),
      ),
      {
        minLength: 1,
        maxLength: 8,
      },
    )
    .map((pieces) => pieces.join('')),
);

const deviceName = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *\./i;

function expectSafe(name: string): void {
  expect(name).toBe(name.normalize('NFC'));
  expect(name).toMatch(/^[^.\s-].*\.(jpg|png|webp)$/u);
  expect(name).not.toMatch(/[<>:"/\\|?*]/);
  expect(name).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/u);
  expect(name).not.toMatch(/[. ]\.(jpg|png|webp)$/);
  expect(name).not.toMatch(deviceName);
  expect([...name.replace(/\.[a-z]+$/, '')].length).toBeLessThanOrEqual(120);
  expect(Buffer.byteLength(name)).toBeLessThanOrEqual(240);
}

describe('any template and any parts', () => {
  it('give a name that every system takes', () => {
    fc.assert(fc.property(anyTemplate, anyParts, (template, given) => expectSafe(fileName(template, given))));
  });

  it('give names of which no two are alike, whatever the case, and all of them safe', () => {
    fc.assert(
      fc.property(
        anyTemplate,
        fc.array(anyParts, { maxLength: 12 }),
        fc.nat(12),
        (template, given, doubles) => {
          const all = [...given, ...given.slice(0, doubles)];
          const names = uniqueFileNames(template, all);
          expect(names.length).toBe(all.length);
          for (const fold of [(name: string) => name.toLowerCase(), (name: string) => name.toUpperCase()]) {
            expect(new Set(names.map((name) => fold(name.normalize('NFKC')))).size).toBe(all.length);
          }
          names.forEach(expectSafe);
        },
      ),
    );
  });
});

describe('unique names', () => {
  it('count from the second on, before the ending, and per ending', () => {
    const names = uniqueFileNames('{photo}', [
      { ...parts, photo: 'Beach.jpg' },
      { ...parts, photo: 'beach.png' },
      { ...parts, photo: 'beach.jpg', format: 'png' },
      { ...parts, photo: 'BEACH' },
    ]);
    expect(names).toEqual(['Beach.jpg', 'beach (2).jpg', 'beach.png', 'BEACH (3).jpg']);
  });

  it('step over a counter that a photo has in its own name', () => {
    const names = uniqueFileNames('{photo}', [
      { ...parts, photo: 'a (2)' },
      { ...parts, photo: 'a' },
      { ...parts, photo: 'a' },
    ]);
    expect(names).toEqual(['a (2).jpg', 'a.jpg', 'a (3).jpg']);
  });

  it('keep the counter when the name is as long as it may be', () => {
    const long = { ...parts, photo: 'x'.repeat(200) };
    const [first = '', second = ''] = uniqueFileNames('{photo}', [long, long]);
    expect(first).toBe(`${'x'.repeat(120)}.jpg`);
    expect(second).toBe(`${'x'.repeat(116)} (2).jpg`);
  });

  it('come quickly for a thousand files of one name', () => {
    const start = performance.now();
    const names = uniqueFileNames(
      'same',
      Array.from({ length: 1000 }, () => parts),
    );
    expect(new Set(names).size).toBe(1000);
    expect(performance.now() - start).toBeLessThan(1500);
  });
});

describe('a template', () => {
  it('may hold every placeholder and any other words', () => {
    for (const word of placeholders) expect(checkTemplate(`my {${word}}`)).toEqual({ ok: true });
    expect(checkTemplate(defaultTemplate)).toEqual({ ok: true });
    expect(checkTemplate('Ansicht № 4')).toEqual({ ok: true });
  });

  it('is refused in words when it is wrong', () => {
    const reasonOf = (template: string) => {
      const check = checkTemplate(template);
      return check.ok ? null : check.reason;
    };
    expect(reasonOf('  ')).toMatch(/^Write a name/);
    expect(reasonOf('{foto}-{width}')).toMatch(
      /^\{foto\} is not a placeholder\. There are \{photo\} \{spec\}/,
    );
    expect(reasonOf('{Photo}')).toMatch(/not a placeholder/);
    expect(reasonOf('{}')).toMatch(/not a placeholder/);
    expect(reasonOf('{photo}/{spec}')).toMatch(/slash/);
    expect(reasonOf('{photo}\\{spec}')).toMatch(/slash/);
    expect(reasonOf('{photo')).toMatch(/brace/);
    expect(reasonOf('photo}')).toMatch(/brace/);
    expect(reasonOf('{{photo}}')).toMatch(/brace/);
    expect(reasonOf('x'.repeat(201))).toMatch(/201 characters/);
  });
});
