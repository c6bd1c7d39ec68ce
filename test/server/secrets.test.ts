import fs from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';
import { loadSecrets } from '../../server/secrets.ts';
import { StartError } from '../../server/startError.ts';
import { testSecretVariables } from './appParts.ts';
import { temporaryFolder } from './runApp.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = temporaryFolder();
  file = path.join(folder, 'secrets.json');
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

test('keys that nobody configured are made once, kept, and readable for their owner alone', () => {
  const made = load();
  expect(made.session[0]).toMatch(/^[\w-]{43}$/); // 32 bytes
  expect(made.peppers).toEqual([{ version: 1, key: expect.any(Buffer) }]);
  expect(made.peppers[0]?.key).toHaveLength(32);
  expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  expect(load()).toEqual(made);
  expect(fs.readdirSync(folder)).toEqual(['secrets.json']);
});

test('two servers do not have the same keys', () => {
  const first = load();
  fs.rmSync(file);
  expect(load().session).not.toEqual(first.session);
});

test('what is configured counts, and no file is made when everything is', () => {
  expect(load(testSecretVariables).session).toEqual([testSecretVariables.SESSION_SECRET]);
  expect(fs.existsSync(file)).toBe(false);
  const { SESSION_SECRET } = testSecretVariables;
  const half = load({ SESSION_SECRET });
  expect(half.session).toEqual([SESSION_SECRET]);
  expect(half.peppers).toEqual(load().peppers);
});

test.each([
  ['damaged', '{'],
  ['something else', '{"session":"short"}'],
])('a file of keys that is %s stops the start in words and is left alone', (_what, text) => {
  fs.writeFileSync(file, text);
  expect(() => load()).toThrow(StartError);
  expect(() => load()).toThrow(/secrets\.json can't be used: it is damaged\. Restore/);
  expect(fs.readFileSync(file, 'utf8')).toBe(text);
});

function load(variables: Record<string, string> = {}) {
  return loadSecrets(readConfig({ DATA_DIR: folder, ...variables }, '/'));
}
