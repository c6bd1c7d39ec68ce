/** Copying, deleting and bringing back custom sizes over HTTP, and who may do anything with them at all. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountsApp, addPerson, noLimits, serveAccounts, signIn } from '../security/accountsApp.ts';
import { createVisitor, readForm, readToken, type Visitor } from '../security/visitor.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts({ ...noLimits, LIMIT_CUSTOM_SIZES: '3' });
});

afterAll(() => app.stop());

const script = { Accept: 'application/json' };

async function enter(name = 'alice'): Promise<Visitor & { id: string }> {
  const person = await addPerson(app.database, name);
  return { ...(await signIn(app, person)), id: person.id };
}

async function make(visitor: Visitor, name = 'Banner'): Promise<string> {
  const fields = { name, width: '1500', height: '500' };
  const answer = await visitor.submit('/presets/sizes/new', '/presets/sizes', fields);
  const [address = ''] = (answer.headers.location ?? '').split('?');
  expect(address).toMatch(/^\/presets\/sizes\/my-/);
  return address;
}

const idOf = (address: string) => address.replace('/presets/sizes/', '');
const act = (visitor: Visitor, address: string, name: string, headers = {}) =>
  visitor
    .get(address)
    .then(({ body }) =>
      visitor.post(`${address}/${name}`, readForm(body.toString(), `${address}/${name}`), headers),
    );

async function addPreset(ownerId: string, name: string, specIds: string[]): Promise<void> {
  const items = specIds.map((specId) => ({ specId, version: 1, fit: null }));
  const fit = { mode: 'cover', enlarge: false, background: { kind: 'blur' } };
  const content = { items, fit, settings: { format: 'auto', quality: 90, template: '{photo}' } };
  await app.database.query(
    'INSERT INTO presets (user_id, made_by, name, name_key, content) VALUES ($1, $2, $3, lower($3), $4)',
    [ownerId, randomUUID(), name, JSON.stringify(content)],
  );
}

test('a copy has the next number, once per form, and room is asked for', async () => {
  const alice = await enter();
  const address = await make(alice);
  const page = (await alice.get(address)).body.toString();
  const form = readForm(page, `${address}/duplicate`);
  const [one, two] = [
    await alice.post(`${address}/duplicate`, form),
    await alice.post(`${address}/duplicate`, form),
  ];
  expect([one.status, one.headers.location]).toEqual([303, two.headers.location]);
  const copy = (await alice.get(one.headers.location ?? '')).body.toString();
  expect(copy).toContain('This is the copy.');
  expect(copy).toContain('value="Banner 2"');
  const byScript = await act(alice, address, 'duplicate', script);
  expect([byScript.status, JSON.parse(byScript.body.toString()).customSize.name]).toEqual([201, 'Banner 3']);
  const full = await act(alice, address, 'duplicate');
  expect(full.status).toBe(422);
  expect(full.body.toString()).toContain('You keep 3 custom sizes');
});

describe('deleting', () => {
  test('says which presets skip it, and can be undone', async () => {
    const alice = await enter();
    const address = await make(alice);
    await addPreset(alice.id, 'Shop', ['x-post', idOf(address)]);
    await addPreset(alice.id, 'Blog <b>', [idOf(address)]);
    await addPreset(alice.id, 'Other', ['x-post']);
    const before = (await alice.get(address)).body.toString();
    expect(before).toContain('2 presets use it: Blog &lt;b&gt;, Shop.');
    const deleted = await act(alice, address, 'delete');
    expect([deleted.status, deleted.headers.location]).toEqual([303, address]);
    const page = (await alice.get(address)).body.toString();
    expect(page).toContain('“Banner” is deleted');
    expect(page).toContain('2 presets use it: Blog &lt;b&gt;, Shop. They will skip it; undo brings it back.');
    const list = (await alice.get('/presets')).body.toString();
    expect([list.includes(`href="${address}"`), list.includes(`action="${address}/restore"`)]).toEqual([
      false,
      true,
    ]);
    const restored = await act(alice, address, 'restore');
    expect([restored.status, restored.headers.location]).toEqual([303, `${address}?done=restored`]);
    expect((await alice.get(`${address}?done=restored`)).body.toString()).toContain(
      'The custom size is back.',
    );
  });

  test('by script, and twice, it is the same', async () => {
    const alice = await enter();
    const address = await make(alice);
    const _csrf = readToken((await alice.get(address)).body.toString());
    for (const _time of [1, 2]) {
      const { status, body } = await alice.post(`${address}/delete`, { _csrf }, script);
      expect([status, body.toString()]).toEqual([200, '{}']);
    }
    for (const _time of [1, 2]) {
      const { status, body } = await alice.post(`${address}/restore`, { _csrf }, script);
      expect([status, JSON.parse(body.toString()).customSize.id]).toEqual([200, idOf(address)]);
    }
  });

  test('when its name was given away meanwhile, it comes back under the next one and says so', async () => {
    const alice = await enter();
    const address = await make(alice);
    await act(alice, address, 'delete');
    await make(alice, 'banner');
    const answer = await act(alice, address, 'restore');
    expect(answer.headers.location).toBe(`${address}?done=renamed`);
    const page = (await alice.get(`${address}?done=renamed`)).body.toString();
    expect(page).toContain('under another name');
    expect(page).toContain('value="Banner 2"');
  });

  test('when there is no room any more, it says so and stays to be brought back', async () => {
    const alice = await enter();
    const address = await make(alice);
    await act(alice, address, 'delete');
    for (const name of ['A', 'B', 'C']) await make(alice, name);
    const answer = await act(alice, address, 'restore');
    expect(answer.status).toBe(422);
    expect(answer.body.toString()).toContain('You keep 3 custom sizes');
    expect((await act(alice, address, 'restore', script)).status).toBe(422);
    expect((await alice.get(address)).body.toString()).toContain('“Banner” is deleted');
  });

  test('the form that had made it makes it anew only when it is sent once more', async () => {
    const alice = await enter();
    const fields = {
      ...readForm((await alice.get('/presets/sizes/new')).body.toString(), '/presets/sizes'),
      name: 'Card',
      width: '10',
      height: '10',
    };
    const address = String((await alice.post('/presets/sizes', fields)).headers.location).split('?')[0] ?? '';
    await act(alice, address, 'delete');
    const again = await alice.post('/presets/sizes', fields);
    expect(again.status).toBe(422);
    expect(again.body.toString()).toContain('that you deleted');
    const form = readForm(again.body.toString(), '/presets/sizes');
    expect((await alice.post('/presets/sizes', form)).status).toBe(303);
  });
});

describe('who may', () => {
  const pages = (address: string) => ['/presets/sizes/new', address];
  const forms = (address: string) => [
    '/presets/sizes',
    address,
    `${address}/duplicate`,
    `${address}/delete`,
    `${address}/restore`,
  ];
  const rowsOf = () => app.database.query('SELECT * FROM custom_sizes ORDER BY id');
  const fields = {
    name: 'Theirs',
    kind: 'size',
    width: '1',
    height: '1',
    unit: 'px',
    version: '1',
    jpeg: 'yes',
    preferred: 'jpeg',
  };

  test('signed out: pages and forms lead to signing in, a script gets 401, and nothing changes', async () => {
    const address = await make(await enter());
    const before = await rowsOf();
    const nobody = createVisitor(app.url);
    for (const page of pages(address)) {
      const { status, headers } = await nobody.get(page);
      expect([status, headers.location]).toEqual([303, `/sign-in?next=${encodeURIComponent(page)}`]);
      expect((await nobody.get(page, script)).status).toBe(401);
    }
    const _csrf = readToken((await nobody.get('/sign-in')).body.toString());
    for (const form of forms(address)) {
      const sent = { ...fields, _csrf, formKey: randomUUID() };
      expect((await nobody.post(form, sent)).headers.location).toBe('/sign-in');
      const byScript = await nobody.post(form, sent, script);
      expect([byScript.status, byScript.body.toString()]).toEqual([401, '{}']);
    }
    expect(await rowsOf()).toEqual(before);
  });

  test('somebody else: 404, the same as for what never was, and nothing changes', async () => {
    const address = await make(await enter());
    const bob = await enter('bob');
    const before = await rowsOf();
    const _csrf = readToken((await bob.get('/presets/sizes/new')).body.toString());
    const never = `/presets/sizes/my-${randomUUID()}`;
    const text = (body: Buffer) => body.toString().replace(/<code>[^<]*/, '');
    const strange = ['/presets/sizes/x', `/presets/sizes/${idOf(address).slice(3)}`, '/presets/sizes/my-%00'];
    for (const place of strange) expect((await bob.get(place)).status).toBe(404);
    const [page, noPage] = [await bob.get(address), await bob.get(never)];
    expect([page.status, text(page.body)]).toEqual([404, text(noPage.body)]);
    for (const [at, form] of forms(address).entries()) {
      if (form === '/presets/sizes') continue;
      const sent = { ...fields, _csrf, formKey: randomUUID() };
      const answer = await bob.post(form, sent);
      const other = await bob.post(forms(never)[at] ?? '', sent);
      expect([answer.status, text(answer.body)]).toEqual([404, text(other.body)]);
      const byScript = await bob.post(form, sent, script);
      expect([byScript.status, JSON.parse(byScript.body.toString())]).toEqual([
        404,
        { reason: expect.any(String) },
      ]);
    }
    expect(await rowsOf()).toEqual(before);
  });

  test('a bad token: 403, and nothing changes', async () => {
    const alice = await enter();
    const address = await make(alice);
    const before = await rowsOf();
    for (const form of forms(address)) {
      for (const _csrf of ['', 'x'.repeat(40)]) {
        expect((await alice.post(form, { ...fields, _csrf, formKey: randomUUID() })).status).toBe(403);
      }
    }
    expect(await rowsOf()).toEqual(before);
  });

  test('loading the address of an act anew leads to the page', async () => {
    const alice = await enter();
    const address = await make(alice);
    for (const name of ['duplicate', 'delete', 'restore']) {
      expect((await alice.get(`${address}/${name}`)).headers.location).toBe(address);
    }
    expect((await alice.get('/presets/sizes')).headers.location).toBe('/presets#sizes');
  });
});
