/** The environment, read once and checked as a whole. */
import path from 'node:path';
import { z } from 'zod';
import { isOrigin, oneLine, peppers, secrets, wholeNumber } from './configValues.ts';
import type { PresetLimits } from './presets/preset.shared.ts';
import { StartError } from './startError.ts';

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export interface Config {
  /** TCP port; 0 lets the system choose a free one. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Absolute folder of the embedded database. Not used with `databaseUrl`. */
  readonly dataDir: string;
  /** A Postgres server to use instead of the embedded one. */
  readonly databaseUrl: string | null;
  /** The address that people type, without a path; null accepts every Host header. */
  readonly publicUrl: URL | null;
  readonly logLevel: (typeof logLevels)[number];
  /** How many reverse proxies stand in front (0: none, X-Forwarded-* is ignored). */
  readonly trustProxy: number;
  /** How long a stopping server goes on answering while /readyz says 503, so that a proxy can look away. */
  readonly drainMs: number;
  /** Sign the session cookie, newest first; null: made once and kept in `dataDir`. */
  readonly sessionSecrets: readonly [string, ...string[]] | null;
  /** Keys of the password hashes, newest first; null: made once and kept in `dataDir`. */
  readonly peppers: readonly { version: number; key: Buffer }[] | null;
  /** log2 of bcrypt's rounds. */
  readonly bcryptCost: number;
  /** A session ends when it was not used for so long, */
  readonly sessionIdleHours: number;
  /** and in any case after so many days. */
  readonly sessionMaxDays: number;
  /** Requests of one address per window; the windows are in the routes. */
  readonly limits: {
    readonly signIn: number;
    readonly register: number;
    readonly captcha: number;
    readonly account: number;
    /** Changes of presets and custom sizes, of one person. */
    readonly presetWrites: number;
    /** Files of presets, of one person, or of one address that is not signed in. */
    readonly imports: number;
  };
  /** How much one person may keep. */
  readonly presets: PresetLimits;
  /** How long rows may stay after they expired, and how often it is looked. */
  readonly retention: {
    readonly expiredSessionsHours: number;
    readonly expiredCaptchasHours: number;
    readonly expiredLimitsHours: number;
    /** How long a deleted preset or custom size can be brought back. */
    readonly deletedDays: number;
    readonly purgeEveryMinutes: number;
  };
  /** Who runs this site, for the legal pages; null where nothing was configured. */
  readonly operator: {
    readonly name: string | null;
    readonly contact: string | null;
    readonly jurisdiction: string | null;
  };
}

/**
 * @param environment usually `process.env`; an empty value counts as absent.
 * @param folder what a relative DATA_DIR is relative to.
 * @throws StartError that names every bad variable at once.
 */
export function readConfig(environment: Record<string, string | undefined>, folder: string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = environmentShape.safeParse(given);
  const faults = [
    ...(parsed.error?.issues ?? []).map((issue) => `  ${issue.path.join('.')} ${issue.message}`),
    ...findContradictions(given),
  ];
  if (!parsed.success || faults.length > 0) {
    throw new StartError(`These environment variables can't be used:\n${faults.join('\n')}`);
  }
  const values = parsed.data;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    dataDir: path.resolve(folder, values.DATA_DIR),
    databaseUrl: values.DATABASE_URL ?? null,
    publicUrl: values.PUBLIC_URL ?? null,
    logLevel: values.LOG_LEVEL,
    trustProxy: values.TRUST_PROXY,
    drainMs: values.DRAIN_MS ?? (values.TRUST_PROXY > 0 ? 5000 : 0),
    sessionSecrets: values.SESSION_SECRET ?? null,
    peppers: values.PASSWORD_PEPPER ?? null,
    bcryptCost: values.BCRYPT_COST,
    sessionIdleHours: values.SESSION_IDLE_HOURS,
    sessionMaxDays: values.SESSION_MAX_DAYS,
    limits: Object.freeze({
      signIn: values.LIMIT_SIGN_IN,
      register: values.LIMIT_REGISTER,
      captcha: values.LIMIT_CAPTCHA,
      account: values.LIMIT_ACCOUNT,
      presetWrites: values.LIMIT_PRESET_WRITES,
      imports: values.LIMIT_IMPORTS,
    }),
    presets: Object.freeze({
      presets: values.LIMIT_PRESETS_KEPT,
      specsPerPreset: values.LIMIT_PRESET_SPECS,
      customSizes: values.LIMIT_CUSTOM_SIZES,
    }),
    retention: Object.freeze({
      expiredSessionsHours: values.RETENTION_SESSION_HOURS,
      expiredCaptchasHours: values.RETENTION_CAPTCHA_HOURS,
      expiredLimitsHours: values.RETENTION_LIMIT_HOURS,
      deletedDays: values.RETENTION_DELETED_DAYS,
      purgeEveryMinutes: values.RETENTION_PURGE_MINUTES,
    }),
    operator: Object.freeze({
      name: values.OPERATOR_NAME ?? null,
      contact: values.OPERATOR_CONTACT ?? null,
      jurisdiction: values.JURISDICTION ?? null,
    }),
  });
}

const environmentShape = z.object({
  PORT: wholeNumber(0, 65_535).default(3000),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an IP address, such as 127.0.0.1.')
    .default('127.0.0.1'),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\/./, 'must look like postgres://user:password@host:5432/name.')
    .optional(),
  PUBLIC_URL: z
    .string()
    .refine(isOrigin, 'must be an http or https address without a path, such as https://example.org.')
    .transform((value) => new URL(value))
    .optional(),
  LOG_LEVEL: z.enum(logLevels, `must be one of ${logLevels.join(', ')}.`).default('info'),
  TRUST_PROXY: wholeNumber(0, 9).default(0),
  DRAIN_MS: wholeNumber(0, 10_000).optional(),
  SESSION_SECRET: secrets().optional(),
  PASSWORD_PEPPER: peppers().optional(),
  BCRYPT_COST: wholeNumber(4, 16).default(12),
  SESSION_IDLE_HOURS: wholeNumber(1, 8760).default(168),
  SESSION_MAX_DAYS: wholeNumber(1, 365).default(30),
  LIMIT_SIGN_IN: wholeNumber(1, 100_000).default(20),
  LIMIT_REGISTER: wholeNumber(1, 100_000).default(10),
  LIMIT_CAPTCHA: wholeNumber(1, 100_000).default(60),
  LIMIT_ACCOUNT: wholeNumber(1, 100_000).default(60),
  LIMIT_PRESET_WRITES: wholeNumber(1, 100_000).default(600),
  LIMIT_IMPORTS: wholeNumber(1, 100_000).default(60),
  LIMIT_PRESETS_KEPT: wholeNumber(1, 1000).default(200),
  LIMIT_PRESET_SPECS: wholeNumber(1, 200).default(60),
  LIMIT_CUSTOM_SIZES: wholeNumber(1, 1000).default(200),
  RETENTION_SESSION_HOURS: wholeNumber(0, 8760).default(24),
  RETENTION_CAPTCHA_HOURS: wholeNumber(0, 8760).default(1),
  RETENTION_LIMIT_HOURS: wholeNumber(0, 8760).default(1),
  RETENTION_DELETED_DAYS: wholeNumber(0, 365).default(30),
  RETENTION_PURGE_MINUTES: wholeNumber(1, 1440).default(15),
  OPERATOR_NAME: oneLine().optional(),
  OPERATOR_CONTACT: oneLine().optional(),
  JURISDICTION: oneLine().optional(),
});

/** What no value alone can show. */
function findContradictions(given: Record<string, string | undefined>): string[] {
  const faults: string[] = [];
  if (given.DATABASE_URL !== undefined) {
    for (const name of ['SESSION_SECRET', 'PASSWORD_PEPPER']) {
      if (given[name] === undefined)
        faults.push(`  ${name} must be set when DATABASE_URL is (docs/deploy.md says how).`);
    }
  }
  if (given.PUBLIC_URL?.startsWith('https:') && Number(given.TRUST_PROXY ?? 0) === 0) {
    faults.push(
      '  TRUST_PROXY must be 1 or more when PUBLIC_URL is https: the proxy that brings https stands in front.',
    );
  }
  return faults;
}
