/** What the forms of presets may hold: bodies of every kind, and every field with what does not belong there. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type AccountsApp, dumpDatabase, serveAccounts } from '../security/accountsApp.ts';
import { type AttackedRoute, addressOf, type Furnished, furnish, posts, sound } from './attackedRoutes.ts';

const script = { Accept: 'application/json' };
const deep = (text: string) => `${text.repeat(5000)}`;

/** For any field. Percent signs as a form sends them. */
const oddTexts = [
  '',
  '%00',
  'a%00b',
  '%ff%fe',
  '%ed%a0%80',
  '%e2%80%aex',
  '%0d%0a',
  '-1',
  '0',
  'NaN',
  'Infinity',
  '1e309',
  '1e3',
  '0x10',
  '1.5',
  '%d9%a1', // one, in Arabic digits
  '2147483648',
  '99999999999999999999',
  'true',
  'null',
  'undefined',
  '[object+Object]',
  '__proto__',
  'constructor',
  'toString:1',
  'up:999',
  'remove:-1',
  'accept:1e9',
  '%27%3B+DROP+TABLE+presets%3B--',
  '%24%7B7*7%7D%7B%7B7*7%7D%7D',
  'a%cc%81'.repeat(200),
  'x'.repeat(5000),
  encodeURIComponent(deep('[')),
  encodeURIComponent(deep('{"a":')),
  encodeURIComponent('{"__proto__":{"polluted":1},"specId":"x-post","version":1,"fit":null}'),
  encodeURIComponent('{"specId":"__proto__","version":1,"fit":null}'),
  encodeURIComponent('{"specId":"constructor","version":1,"fit":null}'),
  encodeURIComponent('{"specId":"x-post","version":1e999,"fit":null}'),
  encodeURIComponent('{"specId":"x-post","version":1,"fit":{"__proto__":null,"mode":"cover"}}'),
  encodeURIComponent(`{"specId":"my-${'0'.repeat(70)}","version":1,"fit":null}`),
  encodeURIComponent('[]'),
  encodeURIComponent('"x"'),
  encodeURIComponent('{"schema":"all-img-fit-presets/1","presets":[{"__proto__":{"name":"x"}}]}'),
  encodeURIComponent('{"schema":"all-img-fit-presets/1","__proto__":{"presets":[]}}'),
  encodeURIComponent(`{"schema":"all-img-fit-presets/1","presets":[${'{},'.repeat(3000)}{}]}`),
];

let app: AccountsApp;
let alice: Furnished;
let kept: unknown[];

beforeAll(async () => {
  app = await serveAccounts();
});

beforeEach(async () => {
  await app.database.query('DELETE FROM users');
  alice = await furnish(app);
  kept = await dumpDatabase(app.database);
});

afterAll(async () => {
  expect(app.log()).not.toContain('"level":"error"');
  await app.stop();
});

const expectNothingChanged = async () => expect(await dumpDatabase(app.database)).toEqual(kept);

function send(route: AttackedRoute, body: string, headers: Record<string, string> = {}) {
  return alice.visitor.post(addressOf(route, alice), body, { 'X-CSRF-Token': alice.token, ...headers });
}

/** Never empty: an empty body is no body, whatever it is called. */
const formOf = (route: AttackedRoute) => new URLSearchParams({ x: '1', ...route.fields() }).toString();

/** `item` is a list; what was shown counts with another button alone. */
const notRead = ['item', 'shownQuery'];

describe.each(posts)('POST $path', (route) => {
  const most = route.path === '/presets/import' ? 4 * 1024 * 1024 : 64 * 1024;

  test('row 75: takes a small plain form, and no other body', async () => {
    const form = formOf(route);
    const refused: [number, string, Record<string, string>][] = [
      [413, `${form}&x=${'a'.repeat(most)}`, {}],
      [413, `${form}&${Array.from({ length: 401 }, (_, i) => `f${i}=1`).join('&')}`, {}],
      [415, JSON.stringify(route.fields()), { 'Content-Type': 'application/json' }],
      [415, '--x\r\n\r\n--x--', { 'Content-Type': 'multipart/form-data; boundary=x' }],
      [415, form, { 'Content-Type': 'text/plain' }],
      [415, form, { 'Content-Type': '' }],
      [415, form, { 'Content-Type': 'application/x-www-form-urlencoded; charset=utf-7' }],
      [415, form, { 'Content-Encoding': 'gzip' }],
    ];
    for (const [status, body, headers] of refused) {
      for (const asked of [{}, script]) {
        const answer = await send(route, body, { ...headers, ...asked });
        expect([body.slice(-40), headers, sound(answer)]).toEqual([body.slice(-40), headers, status]);
        if (asked === script)
          expect(JSON.parse(answer.body.toString())).toEqual({ reason: expect.any(String) });
      }
    }
    await expectNothingChanged();
  });

  test('row 73: a field that is sent twice, or as a list, is refused', async () => {
    for (const name of Object.keys(route.fields()).filter((field) => !notRead.includes(field))) {
      const fields = new URLSearchParams(route.fields());
      fields.append(name, fields.get(name) ?? '');
      expect([name, sound(await send(route, fields.toString()))]).toEqual([name, 422]);
      expect([name, sound(await send(route, fields.toString(), script))]).toEqual([name, 422]);
    }
    for (const name of ['formKey', 'version', 'json'].filter((field) => field in route.fields())) {
      const { [name]: value = '', ...others } = route.fields();
      const lists = [`${name}[]`, `${name}[0]`, `${name}.x`].map((key) => ({ ...others, [key]: value }));
      for (const fields of [others, ...lists])
        expect([name, sound(await send(route, new URLSearchParams(fields).toString()))]).toEqual([name, 422]);
    }
    await expectNothingChanged();
  });
});

/** Of the many fields of a custom size, one of each kind: the others have their own test. */
const triedFields = [
  ...['name', 'item', 'mode', 'background', 'colour', 'format', 'quality', 'template', 'do', 'q'],
  ...['kind', 'width', 'unit', 'ratio', 'dpi', 'jpeg', 'maxBytes', 'safeArea', 'insetTop', 'mask'],
  ...['json', 'formKey', 'version'],
];
const withFields = posts.filter(({ fields }) => Object.keys(fields()).length > 0);

describe.each(withFields)('POST $path', (route) => {
  // The form of a new one and that of a kept one are read by the same functions.
  const names = route.path.endsWith(':id') ? ['version', 'name', 'item', 'do', 'width'] : triedFields;
  const tried = Object.keys(route.fields()).filter((name) => names.includes(name));

  test.each(tried)(
    'rows 69, 70, 72, 74: %s makes nothing fail, whatever it holds, and a refusal keeps nothing',
    async (name) => {
      for (const [at, text] of oddTexts.entries()) {
        const fields = new URLSearchParams(route.fields());
        if (fields.has('name')) fields.set('name', randomUUID());
        if (fields.has('version')) fields.set('version', await versionOf(route));
        fields.delete(name);
        const before = await digestKept();
        const asked = at % 2 === 0 ? {} : script;
        const answer = await send(route, `${fields}&${name}=${text}`, asked);
        const status = sound(answer);
        const isKey = name === 'formKey' || name === 'version';
        expect([text, (isKey ? [409, 422] : [200, 201, 303, 409, 422]).includes(status)]).toEqual([
          text,
          true,
        ]);
        if (status >= 400) expect(await digestKept()).toEqual(before);
        if (status >= 400 && asked === script) JSON.parse(answer.body.toString());
      }
      expect((await alice.visitor.get('/presets')).body.toString()).not.toContain('can’t be read');
      expect(sound(await alice.visitor.get('/presets/export'))).toBe(200);
      expect('polluted' in {}).toBe(false);
    },
    60_000,
  );

  test('row 79: fields that the form does not have are not read', async () => {
    const bob = await furnish(app, 'bob');
    const others = {
      id: randomUUID(),
      user_id: bob.person.id,
      ownerId: bob.person.id,
      made_by: randomUUID(),
      deleted_at: '2020-01-01',
      content: '{}',
      name_key: 'x',
      'constructor[prototype][polluted]': '1',
      '__proto__[polluted]': '1',
      hasOwnProperty: '1',
    };
    const before = await ownedBy(bob);
    const form = new URLSearchParams({ ...others, ...route.fields() });
    expect(sound(await send(route, form.toString()))).toBe(route.status);
    expect(await ownedBy(bob)).toEqual(before);
    const after = (await ownedBy(alice)).map((row) => row as { deleted_at: unknown; made_by: string });
    expect(after.filter(({ deleted_at }) => deleted_at !== null)).toHaveLength(2);
    expect(after.map(({ made_by }) => made_by)).not.toContain(others.made_by);
    expect('polluted' in {}).toBe(false);
  });
});

/** The same as long as nothing that anybody keeps is another. */
function digestKept(): Promise<unknown[]> {
  return app.database.query(
    `SELECT md5(concat((SELECT string_agg(users::text, '' ORDER BY id) FROM users),
       (SELECT string_agg(presets::text, '' ORDER BY id) FROM presets),
       (SELECT string_agg(custom_sizes::text, '' ORDER BY id) FROM custom_sizes))) AS digest`,
  );
}

/** Of the row that the route changes, as it is now. */
async function versionOf(route: AttackedRoute): Promise<string> {
  const id = addressOf(route, alice).slice(-36);
  const rows = await app.database.query(
    'SELECT version FROM presets WHERE id = $1 UNION SELECT version FROM custom_sizes WHERE id = $1',
    [id],
  );
  return String((rows[0] as { version: number }).version);
}

async function ownedBy({ person }: Furnished): Promise<unknown[]> {
  const tables = ['presets', 'custom_sizes'].map((table) =>
    app.database.query(`SELECT * FROM ${table} WHERE user_id = $1 ORDER BY id`, [person.id]),
  );
  return (await Promise.all(tables)).flat();
}
