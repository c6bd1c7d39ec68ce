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
    sessionSecrets: null,
    peppers: null,
    bcryptCost: 12,
    sessionIdleHours: 168,
    sessionMaxDays: 30,
    limits: { signIn: 20, register: 10, captcha: 60, account: 60, presetWrites: 600, imports: 60 },
    presets: { presets: 200, specsPerPreset: 60, customSizes: 200 },
    retention: {
      expiredSessionsHours: 24,
      expiredCaptchasHours: 1,
      expiredLimitsHours: 1,
      deletedDays: 30,
      purgeEveryMinutes: 15,
    },
    operator: { name: null, contact: null, jurisdiction: null },
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
    SESSION_SECRET: `${'new'.repeat(11)}, ${'old'.repeat(11)}`,
    PASSWORD_PEPPER: `1:${Buffer.alloc(32, 1).toString('base64')},2:${Buffer.alloc(33, 2).toString('base64')}`,
    BCRYPT_COST: '10',
    SESSION_IDLE_HOURS: '2',
    SESSION_MAX_DAYS: '3',
    LIMIT_SIGN_IN: '4',
    LIMIT_REGISTER: '5',
    LIMIT_CAPTCHA: '6',
    LIMIT_ACCOUNT: '7',
    LIMIT_PRESET_WRITES: '12',
    LIMIT_IMPORTS: '13',
    LIMIT_PRESETS_KEPT: '13',
    LIMIT_PRESET_SPECS: '14',
    LIMIT_CUSTOM_SIZES: '15',
    RETENTION_SESSION_HOURS: '8',
    RETENTION_CAPTCHA_HOURS: '9',
    RETENTION_LIMIT_HOURS: '10',
    RETENTION_DELETED_DAYS: '16',
    RETENTION_PURGE_MINUTES: '11',
    OPERATOR_NAME: 'Fig & Co',
    OPERATOR_CONTACT: 'hello@fig.example',
    JURISDICTION: 'the Netherlands',
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
    sessionSecrets: ['new'.repeat(11), 'old'.repeat(11)],
    peppers: [
      { version: 2, key: Buffer.alloc(33, 2) },
      { version: 1, key: Buffer.alloc(32, 1) },
    ],
    bcryptCost: 10,
    sessionIdleHours: 2,
    sessionMaxDays: 3,
    limits: { signIn: 4, register: 5, captcha: 6, account: 7, presetWrites: 12, imports: 13 },
    presets: { presets: 13, specsPerPreset: 14, customSizes: 15 },
    retention: {
      expiredSessionsHours: 8,
      expiredCaptchasHours: 9,
      expiredLimitsHours: 10,
      deletedDays: 16,
      purgeEveryMinutes: 11,
    },
    operator: { name: 'Fig & Co', contact: 'hello@fig.example', jurisdiction: 'the Netherlands' },
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
  ['SESSION_SECRET', 'too short'],
  ['SESSION_SECRET', `${'long enough'.repeat(3)},too short`],
  ['PASSWORD_PEPPER', Buffer.alloc(32).toString('base64')],
  ['PASSWORD_PEPPER', `1:${Buffer.alloc(31).toString('base64')}`],
  ['PASSWORD_PEPPER', `0:${Buffer.alloc(32).toString('base64')}`],
  [
    'PASSWORD_PEPPER',
    `1:${Buffer.alloc(32, 1).toString('base64')},1:${Buffer.alloc(32, 2).toString('base64')}`,
  ],
  ['BCRYPT_COST', '3'],
  ['SESSION_IDLE_HOURS', '0'],
  ['SESSION_MAX_DAYS', '366'],
  ['LIMIT_SIGN_IN', '0'],
  ['LIMIT_PRESET_SPECS', '201'],
  ['RETENTION_PURGE_MINUTES', '0'],
  ['OPERATOR_NAME', 'two\nlines'],
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

test.each([
  ['SESSION_SECRET', { DATABASE_URL: 'postgres:///fit' }],
  ['PASSWORD_PEPPER', { DATABASE_URL: 'postgres:///fit' }],
  ['TRUST_PROXY', { PUBLIC_URL: 'https://fit.example' }],
])('%s is asked for when %o needs it', (name, environment) => {
  expect(() => readConfig(environment, '/')).toThrow(new RegExp(`^  ${name} must be .*when`, 'm'));
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
