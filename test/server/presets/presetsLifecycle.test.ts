/** Row 86 of the security study, for presets and custom sizes: what people take with them, what goes with them, and what goes by itself. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { purge } from '../../../server/retention.ts';
import { testConfig } from '../appParts.ts';
import { type AccountsApp, dumpDatabase, serveAccounts } from '../security/accountsApp.ts';
import { dumpColumns } from '../security/wholeDatabase.ts';
import { addressOf, type Furnished, furnish, posts } from './attackedRoutes.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts();
});

afterAll(() => app.stop());

/** Sends every form of presets once, so that each has left what it leaves. */
async function useAll(who: Furnished): Promise<void> {
  for (const route of posts) {
    const fields: Record<string, string> = { _csrf: who.token, ...route.fields() };
    if (fields.name !== undefined) fields.name = randomUUID(); // no two may have the same
    expect([route.path, (await who.visitor.post(addressOf(route, who), fields)).status]).toEqual([
      route.path,
      route.status,
    ]);
  }
}

const rowsOf = ({ person }: Furnished) =>
  Promise.all(
    ['presets', 'custom_sizes'].map((table) =>
      app.database.query(`SELECT * FROM ${table} WHERE user_id = $1 ORDER BY created_at, id`, [person.id]),
    ),
  );

test('row 86: the export of an account holds every preset and custom size, field by field as the database has it', async () => {
  const [alice, bob] = [await furnish(app), await furnish(app, 'bob')];
  await useAll(alice);
  const answer = await alice.visitor.submit('/account', '/account/export', {
    current_password: alice.person.password,
  });
  const file = JSON.parse(answer.body.toString());
  const [presets = [], sizes = []] = await rowsOf(alice);
  expect(presets.length).toBeGreaterThanOrEqual(4);
  const asExported = (rows: unknown[]) =>
    JSON.parse(JSON.stringify(rows)).map((row: Record<string, unknown>) => ({
      id: row.id,
      name: row.name,
      content: row.content,
      version: row.version,
      createdAt: row.created_at,
      changedAt: row.changed_at,
      deletedAt: row.deleted_at,
    }));
  const byId = (rows: { id: string }[]) => [...rows].sort((a, b) => (a.id < b.id ? -1 : 1));
  expect(byId(file.presets)).toEqual(byId(asExported(presets)));
  expect(byId(file.customSizes)).toEqual(byId(asExported(sizes)));
  expect(answer.body.toString()).not.toContain(bob.ids.preset);
});

test('row 86: deleting the account takes every preset and custom size along, in whatever state, and nobody else’s', async () => {
  const bob = await furnish(app, 'bob');
  const before = await dumpDatabase(app.database);
  const alice = await furnish(app);
  await useAll(alice);
  const names = (await rowsOf(alice)).flat().map((row) => (row as { id: string }).id);
  const answer = await alice.visitor.submit('/account', '/account/delete', {
    current_password: alice.person.password,
  });
  expect(answer.headers.location).toBe('/sign-in?done=deleted');
  const traces = [...(await dumpColumns(app.database))].filter(([, texts]) =>
    [alice.person.id, ...names].some((id) => texts.some((text) => text.includes(id))),
  );
  expect(traces).toEqual([]);
  expect(await dumpDatabase(app.database)).toEqual(before);
  expect((await bob.visitor.get(`/presets/${bob.ids.preset}`)).status).toBe(200);
});

test('row 86: a deletion between two queries of any change leaves nothing behind', async () => {
  for (const route of posts) {
    const alice = await furnish(app);
    const form = { _csrf: alice.token, ...route.fields() };
    const sent = Array.from({ length: 4 }, () => alice.visitor.post(addressOf(route, alice), form));
    await app.database.query('DELETE FROM users WHERE id = $1', [alice.person.id]);
    for (const { status } of await Promise.all(sent))
      expect([route.path, [200, 303, 403, 404, 422].includes(status)]).toEqual([route.path, true]);
    expect([route.path, (await rowsOf(alice)).flat()]).toEqual([route.path, []]);
  }
});

test('row 86: what was deleted longer ago than the privacy page says goes for good; what is younger can be brought back', async () => {
  const { sessionMaxDays, retention } = testConfig();
  const alice = await furnish(app);
  const bob = await furnish(app, 'bob');
  for (const [who, days] of [
    [alice, retention.deletedDays + 1],
    [bob, retention.deletedDays - 1],
  ] as const) {
    for (const table of ['presets', 'custom_sizes'])
      await app.database.query(
        `UPDATE ${table} SET deleted_at = now() - make_interval(days => $2) WHERE user_id = $1 AND deleted_at IS NOT NULL`,
        [who.person.id, days],
      );
  }
  expect(await purge(app.database, { sessionMaxDays, retention })).toMatchObject({
    presets: 1,
    customSizes: 1,
  });
  const statusOf = async (who: Furnished, address: string) =>
    (await who.visitor.post(`${address}/restore`, { _csrf: who.token })).status;
  for (const [who, status] of [
    [alice, 404],
    [bob, 303],
  ] as const) {
    expect(await statusOf(who, `/presets/${who.ids.deletedPreset}`)).toBe(status);
    expect(await statusOf(who, `/presets/sizes/${who.ids.deletedSize}`)).toBe(status);
    expect((await who.visitor.get(`/presets/${who.ids.preset}`)).status).toBe(200);
  }
});
