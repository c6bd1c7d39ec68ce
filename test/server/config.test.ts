import { expect, test } from 'vitest';
import { readConfig } from '../../server/config.ts';

test('an empty environment gives a server for this machine alone, with the embedded database', () => {
  expect(readConfig({}, '/srv/fit')).toEqual({
    port: 3000,
    host: '127.0.0.1',
    dataDir: '/srv/fit/data',
    databaseUrl: null,
    publicUrl: null,
    logLevel: 'info',
    trustProxy: 0,
    drainMs: 0,
  });
});

test('every variable is read', () => {
  const environment = {
    PORT: '8080',
    HOST: '::1',
    DATA_DIR: '/var/lib/fit',
    DATABASE_URL: 'postgres:///fit?host=/run/postgresql',
    PUBLIC_URL: 'https://fit.example',
    LOG_LEVEL: 'warn',
    TRUST_PROXY: '1',
    DRAIN_MS: '250',
  };
  expect(readConfig(environment, '/srv/fit')).toEqual({
    port: 8080,
    host: '::1',
    dataDir: '/var/lib/fit',
    databaseUrl: 'postgres:///fit?host=/run/postgresql',
    publicUrl: new URL('https://fit.example'),
    logLevel: 'warn',
    trustProxy: 1,
    drainMs: 250,
  });
});

test('behind a proxy a stopping server gives it five seconds to look away', () => {
  expect(readConfig({ TRUST_PROXY: '1' }, '/').drainMs).toBe(5000);
});

const bad: [name: string, value: string][] = [
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '80x'],
  ['PORT', '3e3'],
  ['HOST', 'http://localhost'],
  ['DATABASE_URL', 'mysql://localhost/fit'],
  ['PUBLIC_URL', 'fit.example'],
  ['PUBLIC_URL', 'ftp://fit.example'],
  ['PUBLIC_URL', 'https://fit.example/app'],
  ['PUBLIC_URL', 'https://fit.example?x=1'],
  ['LOG_LEVEL', 'loud'],
  ['TRUST_PROXY', 'yes'],
  ['DRAIN_MS', '60000'],
];

test.each(bad)('%s=%s is refused by name', (name, value) => {
  expect(() => readConfig({ [name]: value }, '/')).toThrow(
    new RegExp(`^  ${name} must be|^  ${name} must look`, 'm'),
  );
});

test('one message names every bad variable, and never repeats a value that may be a secret', () => {
  const everything = Object.fromEntries(bad);
  const message = messageOf(() => readConfig(everything, '/'));
  for (const name of Object.keys(everything)) expect(message).toContain(`  ${name} must `);
  expect(message).not.toContain('mysql://localhost/fit');
});

test('an empty variable counts as absent', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: ' ' }, '/')).toEqual(readConfig({}, '/'));
});

test('the configuration can not be changed later', () => {
  expect(Object.isFrozen(readConfig({}, '/'))).toBe(true);
});

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof Error) return error.message;
  }
  throw new Error('nothing was thrown');
}
