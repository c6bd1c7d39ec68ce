/** The file with everything that is kept about a person. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountsApp, addPerson, serveAccounts, signIn } from '../security/accountsApp.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts();
});

afterAll(() => app.stop());

const wrongCurrent = [
  ['', 'Your current password is missing.'],
  ['not my password', 'This is not your current password.'],
] as const;

describe('the export', () => {
  test('asks for the password and holds what the database does, as a file', async () => {
    const alice = await addPerson(app.database);
    await signIn(app, alice, {
      'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    });
    const visitor = await signIn(app, alice);
    await visitor.submit('/account', '/account/preferences', { quality: '64' });
    for (const [value, sentence] of wrongCurrent) {
      const refused = await visitor.submit('/account', '/account/export', { current_password: value });
      expect(refused.status).toBe(422);
      expect(refused.body.toString()).toContain(sentence);
    }
    const answer = await visitor.submit('/account', '/account/export', { current_password: alice.password });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename=all-img-fit-account-\d{4}-\d\d-\d\d\.json$/,
    );
    expect(answer.headers['cache-control']).toBe('no-store');
    const [user] = (await app.database.query('SELECT * FROM users WHERE id = $1', [alice.id])) as [
      Record<string, unknown>,
    ];
    const sessions = (await app.database.query(
      'SELECT device, created_at, last_seen, expires FROM sessions WHERE user_id = $1 ORDER BY created_at DESC',
      [alice.id],
    )) as Record<string, unknown>[];
    expect(JSON.parse(answer.body.toString())).toEqual(
      JSON.parse(
        JSON.stringify({
          exportedAt: expect.any(String),
          account: {
            email: user.email,
            createdAt: user.created_at,
            passwordChangedAt: user.password_changed_at,
          },
          preferences: user.preferences,
          preferencesChangedAt: user.preferences_changed_at,
          presets: [],
          customSizes: [],
          sessions: sessions.map((row, at) => ({
            device: row.device,
            createdAt: row.created_at,
            lastSeen: row.last_seen,
            expires: row.expires,
            isThis: at === 0,
          })),
        }),
        (key, value) => (key === 'exportedAt' ? expect.any(String) : value),
      ),
    );
    expect(sessions.map(({ device }) => device)).toContain('Firefox on Linux');
    expect(answer.body.toString()).not.toContain('$2b$');
  });
});

test('the export holds presets and custom sizes as they are stored, also those that can still be brought back', async () => {
  const [alice, bob] = [await addPerson(app.database), await addPerson(app.database, 'bob')];
  for (const [owner, table, name, deletedAt] of [
    [alice, 'presets', 'Shop', null],
    [alice, 'presets', 'Old shop', '2026-01-01'],
    [alice, 'custom_sizes', 'Tag', null],
    [bob, 'presets', 'Secret of Bob', null],
  ] as const) {
    await app.database.query(
      `INSERT INTO ${table} (user_id, made_by, name, name_key, content, deleted_at)
       VALUES ($1, gen_random_uuid(), $2, lower($2), '{"any": "content"}', $3)`,
      [owner.id, name, deletedAt],
    );
  }
  const visitor = await signIn(app, alice);
  const answer = await visitor.submit('/account', '/account/export', { current_password: alice.password });
  const file = JSON.parse(answer.body.toString());
  const row = { id: expect.any(String), content: { any: 'content' }, version: 1 };
  const times = { createdAt: expect.any(String), changedAt: expect.any(String), deletedAt: null };
  expect(file.presets).toEqual([
    { ...row, ...times, name: 'Shop' },
    { ...row, ...times, name: 'Old shop', deletedAt: expect.stringContaining('2026-01-01') },
  ]);
  expect(file.customSizes).toEqual([{ ...row, ...times, name: 'Tag' }]);
  expect(answer.body.toString()).not.toContain('Bob');
});
