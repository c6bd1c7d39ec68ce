/** The table in docs/security.md against the tests that it names. */
import fs from 'node:fs';
import { expect, test } from 'vitest';

interface Row {
  number: number;
  state: string;
  /** Paths of test files. */
  files: string[];
}

const table = fs.readFileSync('docs/security.md', 'utf8').match(/^\| \d+ \|.*\|$/gm) ?? [];
const rows = table.map(readRow);

function readRow(line: string): Row {
  const [, number = '', , state = '', tests = ''] = line.split('|').map((cell) => cell.trim());
  const names = [...tests.matchAll(/`([\w/]+)`/g)].map(([, name = '']) => name);
  return { number: Number(number), state, files: names.map(pathOf).filter((path) => path !== '') };
}

/** A bare name is a file of this folder, or one that stands beside the file named before it. */
function pathOf(name: string): string {
  const places = name.includes('/') ? [name] : [`test/server/security/${name}`, `test/server/http/${name}`];
  const path = places.map((place) => `${place}.test.ts`).find((file) => fs.existsSync(file));
  if (path === undefined && name !== 'xssCorpus')
    throw new Error(`docs/security.md names ${name}, which is no test`);
  return path ?? '';
}

test('the table has each of the 86 rows once', () => {
  expect(rows.map(({ number }) => number)).toEqual(Array.from({ length: 86 }, (_, index) => index + 1));
});

test('what is called built names a test, and what is not says why', () => {
  for (const { number, state, files } of rows) {
    const isBuilt = state.startsWith('built, tested');
    expect([number, isBuilt ? files.length > 0 : /^(not applicable|open): ./.test(state)]).toEqual([
      number,
      true,
    ]);
  }
});

test('each test of this folder that a row names has tests of that number', () => {
  const strays = rows.flatMap(({ number, state, files }) =>
    files
      .filter((file) => file.startsWith('test/server/security/') && !state.includes('with row'))
      .filter(
        (file) => !new RegExp(`rows? ([\\d, and]*\\b)?${number}\\b`).test(fs.readFileSync(file, 'utf8')),
      )
      .map((file) => `row ${number} in ${file}`),
  );
  expect(strays).toEqual([]);
});
