/** The environment, read once and checked as a whole. */
import path from 'node:path';
import { z } from 'zod';
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
}

/**
 * @param environment usually `process.env`; an empty value counts as absent.
 * @param folder what a relative DATA_DIR is relative to.
 * @throws StartError that names every bad variable at once.
 */
export function readConfig(environment: Record<string, string | undefined>, folder: string): Config {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = environmentShape.safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
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
});

function wholeNumber(min: number, max: number) {
  return z
    .string()
    .refine(
      (value) => /^\d{1,9}$/.test(value) && Number(value) >= min && Number(value) <= max,
      `must be a whole number from ${min} to ${max}.`,
    )
    .transform(Number);
}

function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`;
}
