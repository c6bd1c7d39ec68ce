/** Too many changes, and no database: what every route of presets says then, and that nothing is half done. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Database } from '../../../server/database/pool.ts';
import { sendRaw } from '../http/request.ts';
import { dumpDatabase, noLimits, serveAccounts, signIn } from '../security/accountsApp.ts';
import { readToken } from '../security/visitor.ts';
import { createTestDatabase } from '../testDatabase.ts';
import {
  type AttackedRoute,
  addressOf,
  attackedRoutes,
  type Furnished,
  furnish,
  posts,
  sound,
} from './attackedRoutes.ts';

const script = { Accept: 'application/json' };

test('row 61: beyond the limit of changes every form of presets is 429 with Retry-After, reading goes on, and others are not held up', async () => {
  const limited = await serveAccounts({ ...noLimits, LIMIT_PRESET_WRITES: '3' });
  const [ann, ben] = [await furnish(limited), await furnish(limited, 'ben')];
  const importing = posts.find(({ path }) => path === '/presets/import');
  if (importing === undefined) throw new Error('No import');
  for (let i = 0; i < 3; i++) expect(sound(await send(ann, importing, 'json=x'))).toBe(422);
  const before = await dumpDatabase(limited.database);
  for (const route of posts) {
    for (const asked of [{}, script]) {
      const answer = await send(ann, route, new URLSearchParams(route.fields()).toString(), asked);
      expect([route.path, sound(answer)]).toEqual([route.path, 429]);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      if (asked === script)
        expect(JSON.parse(answer.body.toString())).toEqual({ reason: expect.any(String) });
    }
  }
  expect(await dumpDatabase(limited.database)).toEqual(before);
  for (const route of attackedRoutes.filter(({ method }) => method === 'GET'))
    expect(sound(await ann.visitor.get(addressOf(route, ann)))).toBe(route.status);
  expect(sound(await send(ben, importing, 'json=x'))).toBe(422);
  await limited.stop();
});

test('row 62: a file beyond the limit is refused before it is read: by address for strangers, by account for whoever is signed in', async () => {
  const limited = await serveAccounts({ ...noLimits, LIMIT_IMPORTS: '2' });
  const { person } = await furnish(limited);
  const [here, there] = [await signIn(limited, person), await signIn(limited, person)];
  for (let i = 0; i < 2; i++) expect(await beginImport(limited.url, 'json=')).toContain(' 403 ');
  const unread = await beginImport(limited.url, 'json=', 4_000_000);
  expect(unread).toMatch(/^HTTP\/1\.1 429 [\s\S]*Retry-After: \d+/i);
  for (const visitor of [here, there]) {
    const _csrf = readToken((await visitor.get('/presets/import')).body.toString());
    expect((await visitor.post('/presets/import', { _csrf, json: 'x', formKey: randomUUID() })).status).toBe(
      422,
    );
  }
  const cookie = [...there.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  expect(await beginImport(limited.url, 'json=', 4_000_000, cookie)).toContain(' 429 ');
  expect((await there.get('/presets/import')).status).toBe(200);
  await limited.stop();
});

/** What comes back when of so many bytes no more than these are ever sent. */
function beginImport(url: string, body: string, bytes = body.length, cookie = ''): Promise<string> {
  const head = [
    'POST /presets/import HTTP/1.1',
    `Host: ${new URL(url).host}`,
    'Connection: close',
    'Content-Type: application/x-www-form-urlencoded',
    `Content-Length: ${bytes}`,
    ...(cookie === '' ? [] : [`Cookie: ${cookie}`]),
  ];
  return sendRaw(url, `${head.join('\r\n')}\r\n\r\n${body}`);
}

test('without a database every route is 503 with Retry-After, also in the middle of a change, and nothing is half done', async () => {
  const own = await createTestDatabase();
  let answered = Number.POSITIVE_INFINITY;
  const gone = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED', syscall: 'connect' });
  const use = () => {
    answered -= 1;
    if (answered < 0) throw gone;
  };
  const failing: Database = {
    ...own.database,
    async query(...asked) {
      use();
      return own.database.query(...asked);
    },
    inTransaction: (work) =>
      own.database.inTransaction((query) =>
        work(async (...asked) => {
          use();
          return query(...asked);
        }),
      ),
  };
  const outage = await serveAccounts(noLimits, { ...own, database: failing });
  const ann = await furnish(outage);
  const before = await dumpDatabase(own.database);
  for (const route of attackedRoutes) {
    for (const asked of [{}, script]) {
      let answer = await attempt(route, asked, 0);
      expect([route.path, answer.status]).toEqual([route.path, 503]);
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
      expect(answer.headers['cache-control']).toBe('no-store');
      if (asked === script)
        expect(JSON.parse(answer.body.toString())).toEqual({ reason: expect.any(String) });
      // One query more is answered each time, until the request can be carried out.
      for (let queries = 1; answer.status === 503; queries++) {
        expect([route.path, queries < 20]).toEqual([route.path, true]);
        expect(await dumpDatabase(own.database)).toEqual(before);
        answer = await attempt(route, asked, queries);
      }
      expect([route.path, answer.status < 400]).toEqual([route.path, true]);
      await putBack(own.database, before);
    }
  }
  expect(outage.log()).not.toContain('"status":500');
  await outage.stop();
  await own.drop();

  async function attempt(route: AttackedRoute, headers: Record<string, string>, queries: number) {
    answered = queries;
    const answer =
      route.method === 'GET'
        ? await ann.visitor.get(addressOf(route, ann), headers)
        : await send(ann, route, new URLSearchParams(route.fields()).toString(), headers);
    answered = Number.POSITIVE_INFINITY;
    return answer;
  }
});

function send(by: Furnished, route: AttackedRoute, body: string, headers: Record<string, string> = {}) {
  return by.visitor.post(addressOf(route, by), body, { 'X-CSRF-Token': by.token, ...headers });
}

/** Presets and custom sizes as they were. */
async function putBack({ query }: Database, dump: unknown[]): Promise<void> {
  for (const table of ['presets', 'custom_sizes']) {
    const own = dump.filter((row) => tableOf(row) === table);
    await query(`DELETE FROM ${table}`);
    await query(`INSERT INTO ${table} SELECT * FROM jsonb_populate_recordset(null::${table}, $1)`, [
      JSON.stringify(own),
    ]);
  }
}

function tableOf(row: unknown): string {
  const { content } = row as { content?: object };
  return content === undefined ? '' : 'items' in content ? 'presets' : 'custom_sizes';
}
