/** What the pages of presets ask of the database: no more for somebody who keeps all that may be kept than for somebody with nothing. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { builtIn } from '../../../server/specs/catalogue.ts';
import { defaultFit } from '../../../server/specs/fit.shared.ts';
import { type AccountsApp, noLimits, serveAccounts } from '../security/accountsApp.ts';
import { createTestDatabase, type TestDatabase } from '../testDatabase.ts';
import {
  addressOf,
  attackedRoutes,
  type Furnished,
  furnish,
  itemOf,
  rules,
  settings,
} from './attackedRoutes.ts';

const most = { presets: 200, specs: 60, sizes: 200 };
/** Session, account, custom sizes, presets: nothing on the way waits for more. */
const atMost = 3;

let own: TestDatabase;
let app: AccountsApp;
let queries: string[] = [];

beforeAll(async () => {
  own = await createTestDatabase();
  const counting = { ...own.database, query: note(own.database.query) };
  app = await serveAccounts(noLimits, { ...own, database: counting });
});

afterAll(async () => {
  await app.stop();
  await own.drop();
});

function note(query: TestDatabase['database']['query']): typeof query {
  return (text, values) => {
    queries.push(text);
    return query(text, values);
  };
}

/** As much as the limits allow: 200 presets of 60 specs, of which some are custom sizes, and 200 custom sizes. */
async function fill({ person }: Furnished): Promise<void> {
  await own.database.query(
    `INSERT INTO custom_sizes (user_id, made_by, name, name_key, content)
     SELECT $1, gen_random_uuid(), 'Size ' || at, 'size ' || at, $2 FROM generate_series(2, $3::int) AS at`,
    [person.id, JSON.stringify(rules), most.sizes],
  );
  const found = await own.database.query(
    `SELECT 'my-' || id AS id FROM custom_sizes WHERE user_id = $1 AND deleted_at IS NULL LIMIT 20`,
    [person.id],
  );
  const sizes = found.map((row) => (row as { id: string }).id);
  const specIds = [...sizes, ...builtIn.specs.map(({ id }) => id)].slice(0, most.specs);
  const items = specIds.map((id) => ({ ...itemOf(id), fit: defaultFit }));
  await own.database.query(
    `INSERT INTO presets (user_id, made_by, name, name_key, content)
     SELECT $1, gen_random_uuid(), 'Preset ' || at, 'preset ' || at, $2 FROM generate_series(2, $3::int) AS at`,
    [person.id, JSON.stringify({ items, fit: defaultFit, settings }), most.presets],
  );
}

async function openAll(who: Furnished): Promise<Map<string, string[]>> {
  const asked = new Map<string, string[]>();
  const pages = attackedRoutes.filter(({ method }) => method === 'GET');
  for (const route of pages) {
    queries = [];
    const { status } = await who.visitor.get(addressOf(route, who));
    expect([route.path, status]).toEqual([route.path, route.status]);
    asked.set(route.path, queries);
  }
  return asked;
}

test('each page asks the same few queries, whether somebody keeps one preset or all that may be kept', async () => {
  const [alice, bob] = [await furnish(app), await furnish(app, 'bob')];
  await fill(alice);
  await Promise.all([alice, bob].map(({ visitor }) => visitor.get('/account'))); // notes when the session was seen
  const [full, spare] = [await openAll(alice), await openAll(bob)];
  expect(full).toEqual(spare);
  for (const [path, asked] of full)
    expect([path, asked.length]).toEqual([path, Math.min(asked.length, atMost)]);
  expect(full.get('/presets')).toHaveLength(2);
});

test('the list of all that may be kept has a row for each, and the export holds each', async () => {
  const alice = await furnish(app);
  await fill(alice);
  const html = (await alice.visitor.get('/presets')).body.toString();
  expect(html.match(/<li class="kept-row"/g)).toHaveLength(most.presets);
  expect(html.match(/<li class="kept-row kept-row--size"/g)).toHaveLength(most.sizes);
  const file = JSON.parse((await alice.visitor.get('/presets/export')).body.toString());
  expect(file.presets).toHaveLength(most.presets);
  expect(file.presets[0].items).toHaveLength(most.specs);
});

test('one more is refused at each of these limits, and what there is stays', async () => {
  const alice = await furnish(app);
  await fill(alice);
  for (const route of attackedRoutes.filter(
    ({ method, path }) => method === 'POST' && !/:id(\/delete)?$/.test(path),
  )) {
    const answer = await alice.visitor.post(addressOf(route, alice), {
      _csrf: alice.token,
      ...route.fields(),
    });
    expect([route.path, answer.status]).toEqual([route.path, 422]);
    expect(answer.body.toString()).toMatch(/more are not possible|no room for more/);
  }
  const counted = await own.database.query(
    `SELECT (SELECT count(*) FROM presets WHERE user_id = $1 AND deleted_at IS NULL)::int AS presets,
            (SELECT count(*) FROM custom_sizes WHERE user_id = $1 AND deleted_at IS NULL)::int AS sizes`,
    [alice.person.id],
  );
  expect(counted).toEqual([{ presets: most.presets, sizes: most.sizes }]);
});
