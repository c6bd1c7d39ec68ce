/** A walk over every route with every method, and over every link and form: what holds for one address holds for all. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountPaths } from '../../../server/http/accountStack.ts';
import { expectProtectedHeaders } from '../http/protectedHeaders.ts';
import { type Answer, request } from '../http/request.ts';
import { createPagesApp } from '../pagesApp.ts';
import {
  type AccountsApp,
  addPerson,
  dumpDatabase,
  type Person,
  serveAccounts,
  signIn,
} from './accountsApp.ts';
import { listRoutes } from './routes.ts';
import { createVisitor, readToken, type Visitor } from './visitor.ts';
import { dumpColumns } from './wholeDatabase.ts';

const routes = listRoutes(createPagesApp().app);
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

let app: AccountsApp;
let alice: Person;
/** Alice, signed in. */
let inside: Visitor;
/** Pages that no link leads to: those of what was deleted. */
let unlinked: string[];
/** A path for each route, with something real in the place of its parameters. */
let addresses: Map<string, string>;

beforeAll(async () => {
  app = await serveAccounts();
  alice = await addPerson(app.database);
  inside = await signIn(app, alice);
  await signIn(app, alice); // another browser, whose session can be ended
  const [presetId, deletedPresetId] = [await keep('presets', 'Shop'), await keep('presets', 'Old', true)];
  const [sizeId, deletedSizeId] = [
    await keep('custom_sizes', 'Banner'),
    await keep('custom_sizes', 'Old', true),
  ];
  unlinked = [`/presets/${deletedPresetId}`, `/presets/sizes/my-${deletedSizeId}`];
  const html = (await inside.get('/account')).body.toString();
  const publicId = /\/account\/sessions\/([0-9a-f-]{36})\/end/.exec(html)?.[1] ?? 'none';
  const form = (await createVisitor(app.url).get('/sign-in')).body.toString();
  const picture = /\/captcha\/[0-9a-f-]{36}\.svg/.exec(form)?.[0] ?? 'none';
  addresses = new Map(
    routes.map(({ path }) => [
      path,
      path
        .replace('/captcha/:file', picture)
        .replace(':publicId', publicId)
        .replace('/specs/:id', '/specs/x-post')
        .replace('/presets/sizes/:id', `/presets/sizes/my-${sizeId}`)
        .replace('/presets/:id', `/presets/${presetId}`)
        .replace('{*rest}', 'no-such-form'),
    ]),
  );
});

afterAll(() => app.stop());

/** A row of what alice keeps, in the tables' own form; gives its id. */
async function keep(table: 'presets' | 'custom_sizes', name: string, isDeleted = false): Promise<string> {
  const fit = { mode: 'cover', enlarge: false, background: { kind: 'blur' } };
  const settings = { format: 'auto', quality: 90, template: '{photo}' };
  const none = {
    fit: null,
    quality: null,
    minBytes: null,
    maxBytes: null,
    dpi: null,
    safeArea: null,
    mask: null,
  };
  const contents = {
    presets: { items: [{ specId: 'x-post', version: 1, fit: null }], fit, settings },
    custom_sizes: { size: { kind: 'longest', px: 2048 }, formats: ['jpeg'], ...none },
  };
  const rows = await app.database.query(
    `INSERT INTO ${table} (user_id, made_by, name, name_key, content, deleted_at)
     VALUES ($1, gen_random_uuid(), $2, lower($2), $3, $4) RETURNING id`,
    [alice.id, name, JSON.stringify(contents[table]), isDeleted ? new Date() : null],
  );
  return (rows[0] as { id: string }).id;
}

const addressOf = (path: string) => addresses.get(path) ?? path;
const isPrivate = (path: string) =>
  accountPaths.some((start) => path === start || path.startsWith(`${start}/`));
const paths = [...new Set(routes.map(({ path }) => path))];
const unsafeRoutes = routes.filter(({ method }) => !['GET', 'HEAD', 'OPTIONS'].includes(method));

/** An unsafe request comes as an empty form; nothing else has a body. */
function ask(method: string, address: string, visitor?: Visitor, headers = {}): Promise<Answer> {
  const Cookie = [...(visitor?.cookies ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  const isForm = ['POST', 'PUT', 'PATCH', 'DELETE'].includes(method);
  const form = { 'Content-Type': 'application/x-www-form-urlencoded', 'Content-Length': '0' };
  return request(app.url, address, {
    method,
    headers: { ...(isForm && form), ...(Cookie && { Cookie }), ...headers },
  });
}

test('the walk knows the house: its pages, its forms, and a real value for each parameter', () => {
  expect(routes.length).toBeGreaterThan(25);
  expect(unsafeRoutes.length).toBeGreaterThanOrEqual(10);
  for (const path of ['/', '/specs/:id', '/sign-in', '/account', '/captcha/:file'])
    expect(paths).toContain(path);
  for (const address of addresses.values()) expect(address).not.toMatch(/[:{*]|none/);
});

test('every link leads to a page, and every form to a route; every route for forms has a form', async () => {
  const found = new Set<string>();
  for (const visitor of [createVisitor(app.url), inside]) {
    const seen = new Set(['/', ...unlinked]);
    for (const address of seen) {
      if (/^\/specs\/(?!x-)/.test(address) || address.startsWith('/assets/')) continue; // pages of one kind; files
      const { status, headers, body } = await visitor.get(address);
      expect([address, [200, 303].includes(status)]).toEqual([address, true]);
      if (headers.location !== undefined) seen.add(headers.location);
      if (!/^text\/html/.test(headers['content-type'] ?? '')) continue;
      const html = body.toString();
      for (const [, href = ''] of html.matchAll(/<a\b[^>]*\shref="(\/[^"]*)"/g)) seen.add(pathOf(href));
      for (const form of html.match(/<form\b[^>]*>/g) ?? []) {
        const action = pathOf(/\saction="([^"]*)"/.exec(form)?.[1] ?? address);
        if (/method="post"/i.test(form)) found.add(action);
        else seen.add(action);
      }
      for (const [, action = ''] of html.matchAll(/\sformaction="([^"]*)"/g)) found.add(pathOf(action));
    }
    expect(seen.size).toBeGreaterThan(8);
  }
  const actions = [...found].map((action) =>
    action.replace(/(sessions\/)[0-9a-f-]{36}/, '$1:publicId').replace(/(my-)?[0-9a-f-]{36}/, ':id'),
  );
  const wanted = unsafeRoutes.map(({ path }) => path).filter((path) => path !== '/account/{*rest}');
  expect([...new Set(actions)].sort()).toEqual([...new Set(wanted)].sort());
});

describe.each(paths)('%s', (path) => {
  test('rows 64, 67, 83: with every method, for strangers and signed in, the headers are right and nothing fails', async () => {
    for (const method of methods) {
      for (const visitor of [undefined, inside]) {
        const { status, headers } = await ask(method, addressOf(path), visitor);
        expect([method, status < 500]).toEqual([method, true]);
        expectProtectedHeaders(headers);
        if (status >= 400) expect(headers['cache-control']).toBe('no-store');
        if (!isPrivate(path)) {
          expect(headers['set-cookie']).toBeUndefined();
        } else if (['GET', 'HEAD', 'POST'].includes(method)) {
          expect(headers['cache-control']).toBe('no-store');
          const vary = String(headers.vary).split(/\s*,\s*/);
          expect(vary).toEqual(expect.arrayContaining(['Cookie', 'HX-Request']));
        }
      }
    }
  });

  test('row 11: GET, HEAD and OPTIONS change nothing, whatever they carry', async () => {
    const token = readToken((await inside.get('/account')).body.toString());
    const before = await dumpDatabase(app.database);
    const query = new URLSearchParams({ _csrf: token, current_password: alice.password, quality: '7' });
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      for (const address of [addressOf(path), `${addressOf(path)}?${query}`]) {
        await ask(method, address, inside, { 'X-CSRF-Token': token });
      }
    }
    expect(await dumpDatabase(app.database)).toEqual(before);
  });

  test('row 2: a method that the route does not have is refused, also with a token, and changes nothing', async () => {
    const token = readToken((await inside.get('/account')).body.toString());
    const own = routes.filter((route) => route.path === path).map(({ method }) => method);
    const before = await dumpDatabase(app.database);
    for (const method of [...methods, 'TRACE', 'PROPFIND', 'LOCK'].filter((name) => !own.includes(name))) {
      const { status } = await ask(method, addressOf(path), inside, { 'X-CSRF-Token': token });
      const allowed = method === 'HEAD' && own.includes('GET') ? [200, 303, 404] : [403, 404, 405];
      expect([method, status, allowed.includes(status)]).toEqual([method, status, true]);
    }
    expect(await dumpDatabase(app.database)).toEqual(before);
  });
});

test.each(unsafeRoutes)(
  'row 1: $method $path without a token is 403, and no row of any table but the counters changes',
  async ({ method, path }) => {
    const visitor = await signIn(app, alice);
    await visitor.get('/account');
    const before = await dumpKept();
    for (const who of [visitor, createVisitor(app.url)]) {
      const fields = { email: 'x@example.org', current_password: alice.password, password: alice.password };
      expect((await who.post(addressOf(path), fields)).status).toBe(403);
      expect((await ask(method, addressOf(path), who)).status).toBe(403);
    }
    expect(await dumpKept()).toEqual(before);
  },
);

/** Everything but the counters of the limits, which count what is refused too. */
async function dumpKept(): Promise<Map<string, string[]>> {
  const dump = await dumpColumns(app.database);
  for (const column of [...dump.keys()]) if (column.startsWith('rate_limits.')) dump.delete(column);
  return dump;
}

test('row 77: nobody can turn one method into another', async () => {
  const token = readToken((await inside.get('/account')).body.toString());
  const before = await dumpDatabase(app.database);
  for (const name of ['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override']) {
    for (const address of ['/account/delete', '/account/delete?_method=POST', '/sign-out?_method=POST']) {
      const fields = new URLSearchParams({ _csrf: token, _method: 'POST', current_password: alice.password });
      await ask('GET', `${address.split('?')[0]}?${fields}`, inside, {
        [name]: 'POST',
        'X-CSRF-Token': token,
      });
      await ask('GET', address, inside, { [name]: 'POST', 'X-CSRF-Token': token });
    }
  }
  const asked = await inside.post(
    '/account/export?_method=DELETE',
    { _csrf: token, _method: 'DELETE', current_password: 'not this one, certainly' },
    { 'X-HTTP-Method-Override': 'DELETE' },
  );
  expect(asked.status).toBe(422); // it was taken for the POST that it is
  expect(await dumpDatabase(app.database)).toEqual(before);
});

function pathOf(address: string): string {
  return new URL(address.replaceAll('&amp;', '&'), app.url).pathname;
}
