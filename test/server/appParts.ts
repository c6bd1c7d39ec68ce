/** What createApp takes, for tests: the real configuration with a few variables, keys that are no secret, and no database. */
import { type Config, readConfig } from '../../server/config.ts';
import type { Database } from '../../server/database/pool.ts';
import { loadSecrets, type Secrets } from '../../server/secrets.ts';

/** For the environment of a process. */
export const testSecretVariables = {
  SESSION_SECRET: 'a secret of the tests that everybody may read',
  PASSWORD_PEPPER: `1:${Buffer.alloc(32, 'pepper').toString('base64')}`,
};

/** Cheap password hashes; everything else as it is by default. */
export function testConfig(variables: Record<string, string> = {}): Config {
  return readConfig({ BCRYPT_COST: '4', ...testSecretVariables, ...variables }, '/nonexistent');
}

export const testSecrets: Secrets = loadSecrets(testConfig());

/** For pages that must not need one. */
export const noDatabase: Database = {
  query: () => Promise.reject(new Error('A page asked for the database')),
  inTransaction: () => Promise.reject(new Error('A page asked for the database')),
  close: async () => {},
};
