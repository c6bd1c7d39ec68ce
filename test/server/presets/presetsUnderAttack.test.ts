/** Who may use which route of presets, for every route that there is: nobody but the owner, with the owner's own token, by POST. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { request } from '../http/request.ts';
import { createPagesApp } from '../pagesApp.ts';
import { type AccountsApp, dumpDatabase, serveAccounts } from '../security/accountsApp.ts';
import { listRoutes } from '../security/routes.ts';
import { createVisitor, readToken } from '../security/visitor.ts';
import { addressOf, attackedRoutes, type Furnished, furnish, named, posts, sound } from './attackedRoutes.ts';

const script = { Accept: 'application/json' };
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const nobodysUuid = '00000000-0000-4000-8000-000000000000';
/** What stands in the place of an id, as it goes over the wire, and can be none. */
const badIds = [
  '0',
  '-1',
  'NaN',
  'null',
  'undefined',
  '%00',
  '%0d%0aSet-Cookie:%20x=1',
  "'",
  '%27%20OR%201=1--',
  '__proto__',
  'constructor',
  'toString',
  '..',
  '.',
  '%2e%2e%2f',
  '%2e%2e%5c',
  '*',
  '%ff',
  '%',
  '%F0%9F%8D%91',
  nobodysUuid.replaceAll('-', ''),
  `{${nobodysUuid}}`,
  `${nobodysUuid}%20`,
  `${nobodysUuid}%0a`,
  `${nobodysUuid},${nobodysUuid}`,
  `my-my-${nobodysUuid}`,
  'my-',
  'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11',
  'a'.repeat(4000),
];

/** In which nothing may change. */
let app: AccountsApp;
/** For those who do what they may. */
let open: AccountsApp;
let alice: Furnished;
let bob: Furnished;
let kept: unknown[];

beforeAll(async () => {
  [app, open] = await Promise.all([serveAccounts(), serveAccounts()]);
  [alice, bob] = [await furnish(app), await furnish(app, 'bob')];
  kept = await dumpDatabase(app.database);
});

afterAll(async () => {
  for (const one of [app, open]) {
    expect(
      one
        .log()
        .split('\n')
        .filter((line) => line.includes('"level":"error"')),
    ).toEqual([]);
    await one.stop();
  }
});

const expectNothingChanged = async () => expect(await dumpDatabase(app.database)).toEqual(kept);

test('the table names every route that there is, and no other', () => {
  const found = listRoutes(createPagesApp().app)
    .filter(({ path }) => path.startsWith('/presets'))
    .map(({ method, path }) => `${method} ${path}`);
  const told = attackedRoutes.map(({ method, path }) => `${method} ${path}`);
  expect(told.sort()).toEqual([...new Set(found)].sort());
});

describe.each(attackedRoutes)('$method $path', (route) => {
  const isList = route.path === '/presets' && route.method === 'GET';

  test('its own person is let in: the request that the others make is a right one', async () => {
    const carol = await furnish(open, 'carol');
    const address = addressOf(route, carol);
    const answer =
      route.method === 'GET'
        ? await carol.visitor.get(address)
        : await carol.visitor.post(address, { _csrf: carol.token, ...route.fields() });
    expect([sound(answer), answer.headers.location ?? '']).toEqual([
      route.status,
      expect.stringMatching(route.status === 303 ? /^\/presets/ : /^$/),
    ]);
  });

  test('signed out it leads to signing in, or is 401 for a script, and changes nothing', async () => {
    const visitor = createVisitor(app.url);
    const token = readToken((await visitor.get('/sign-in')).body.toString());
    const address = addressOf(route, alice);
    for (const headers of [{}, { 'HX-Request': 'true' }, script]) {
      const answer =
        route.method === 'GET'
          ? await visitor.get(address, headers)
          : await visitor.post(address, { _csrf: token, ...route.fields() }, headers);
      const isScript = headers === script;
      if (isList) expect(sound(answer)).toBe(200);
      else if (isScript) expect([sound(answer), answer.body.toString()]).toEqual([401, '{}']);
      else {
        const next = answer.headers.location ?? answer.headers['hx-redirect'];
        const back = route.method === 'GET' ? `?next=${encodeURIComponent(address)}` : '';
        expect([sound(answer) < 400, next]).toEqual([true, `/sign-in${back}`]);
      }
      expect(answer.body.toString()).not.toContain('of alice');
    }
    const stranger = createVisitor(app.url);
    if (route.method === 'POST') expect(sound(await stranger.post(address, route.fields()))).toBe(403);
    await expectNothingChanged();
  });
});

test.each(named)('$method $path of another person is 404, as one that never was', async (route) => {
  const never = { ids: { ...alice.ids } };
  for (const name of ['preset', 'deletedPreset'] as const) never.ids[name] = nobodysUuid;
  for (const name of ['size', 'deletedSize'] as const) never.ids[name] = `my-${nobodysUuid}`;
  const isAct = route.method === 'GET' && /duplicate|delete|restore/.test(route.path); // looks at nothing, leads back
  const deleted = { ...alice.ids, preset: alice.ids.deletedPreset, size: alice.ids.deletedSize };
  for (const headers of [{}, script]) {
    const pages = [alice, { ids: deleted }, never].map(async (of) => {
      const address = addressOf(route, of);
      const answer =
        route.method === 'GET'
          ? await bob.visitor.get(address, headers)
          : await bob.visitor.post(address, { _csrf: bob.token, ...route.fields() }, headers);
      expect([sound(answer), route.path]).toEqual([isAct ? 303 : 404, route.path]);
      return answer.body
        .toString()
        .replaceAll(uuid, '')
        .replaceAll(/value="[^"]*"/g, '');
    });
    expect(new Set(await Promise.all(pages)).size).toBe(1);
  }
  await expectNothingChanged();
});

test.each(posts)('POST $path with a token of somebody else, or a broken one, is 403', async (route) => {
  const address = addressOf(route, alice);
  const tokens = [bob.token, '', 'x', alice.token.slice(1), `${alice.token}x`, '__proto__'];
  for (const token of tokens) {
    for (const headers of [{}, script]) {
      const fields = { ...route.fields(), _csrf: token };
      expect(sound(await alice.visitor.post(address, fields, headers))).toBe(403);
    }
  }
  const twice = new URLSearchParams([...Object.entries(route.fields()), ['_csrf', alice.token]]);
  twice.append('_csrf', alice.token);
  expect(sound(await alice.visitor.post(address, twice.toString()))).toBe(403);
  const elsewhere = { 'Sec-Fetch-Site': 'cross-site', 'X-CSRF-Token': alice.token };
  expect(sound(await alice.visitor.post(address, route.fields(), elsewhere))).toBe(403);
  await expectNothingChanged();
});

test.each(posts)('GET $path with the whole form in the address changes nothing', async (route) => {
  const query = new URLSearchParams({ _csrf: alice.token, ...route.fields() });
  const answer = await alice.visitor.get(`${addressOf(route, alice)}?${query}`, {
    'X-CSRF-Token': alice.token,
    'X-HTTP-Method-Override': 'POST',
  });
  expect([200, 303]).toContain(sound(answer));
  await expectNothingChanged();
});

test.each(named)('$method $path with what can be no id is 404 or 400', async (route) => {
  const ids = [...badIds, `my-${alice.ids.preset}`, alice.ids.size.slice('my-'.length)];
  const isSize = route.path.includes('/sizes/');
  for (const id of ids) {
    if (id === `my-${alice.ids.preset}` && isSize) continue; // may be one
    if (id === alice.ids.size.slice('my-'.length) && !isSize) continue;
    const address = route.path.replace(':id', id);
    const form = new URLSearchParams({ _csrf: alice.token, ...route.fields() }).toString();
    const headers = {
      Cookie: [...alice.visitor.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
      'Content-Type': 'application/x-www-form-urlencoded',
      'Sec-Fetch-Site': 'same-origin',
    };
    const answer = await request(app.url, address, {
      method: route.method,
      headers: route.method === 'POST' ? headers : { Cookie: headers.Cookie },
      ...(route.method === 'POST' && { body: form }),
    });
    const isLedBack = route.method === 'GET' && answer.status === 303;
    expect([id, isLedBack || [400, 404].includes(sound(answer))]).toEqual([id, true]);
    expect(String(answer.headers.location ?? '')).not.toMatch(/[\r\n]|\/\//);
  }
  await expectNothingChanged();
});
