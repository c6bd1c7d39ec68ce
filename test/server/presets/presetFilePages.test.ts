/** Exporting and importing presets over HTTP. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountsApp, addPerson, noLimits, serveAccounts, signIn } from '../security/accountsApp.ts';
import { createVisitor, readForm, readToken, type Visitor } from '../security/visitor.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts({
    ...noLimits,
    LIMIT_CUSTOM_SIZES: '4',
    LIMIT_PRESETS_KEPT: '5',
    LIMIT_PRESET_SPECS: '9',
  });
});

afterAll(() => app.stop());

const script = { Accept: 'application/json' };

async function enter(name = 'alice'): Promise<Visitor & { id: string }> {
  const person = await addPerson(app.database, name);
  return { ...(await signIn(app, person)), id: person.id };
}

const fit = { mode: 'cover', background: { kind: 'blur' } };
const settings = { format: 'auto', quality: 90, template: '{photo}-{spec}' };
const passport = {
  name: 'Passport',
  size: { kind: 'size', width: 35, height: 45, unit: 'mm' },
  formats: ['jpeg'],
  dpi: 300,
};
const shop = {
  name: 'Shop',
  fit,
  settings,
  items: [
    { spec: 'x-post', version: 1 },
    { customSize: 'Passport', fit: { mode: 'cover', background: { kind: 'blur' } } },
    { spec: 'a-spec-of-tomorrow', version: 4 },
  ],
};
const fileWith = (customSizes: object[], ...presets: object[]) =>
  JSON.stringify({ schema: 'all-img-fit-presets/1', presets, customSizes });
const fileOf = (...presets: object[]) => fileWith([passport], ...presets);

async function send(visitor: Visitor, json: string, headers: Record<string, string> = {}, formKey?: string) {
  const form = readForm((await visitor.get('/presets/import')).body.toString(), '/presets/import');
  return visitor.post('/presets/import', { ...form, json, ...(formKey && { formKey }) }, headers);
}

const jsonOf = ({ body }: { body: Buffer }) => JSON.parse(body.toString());

async function countRows({ id }: { id: string }): Promise<number[]> {
  const counts = ['presets', 'custom_sizes'].map((table) =>
    app.database.query(`SELECT 1 FROM ${table} WHERE user_id = $1 AND deleted_at IS NULL`, [id]),
  );
  return (await Promise.all(counts)).map((rows) => rows.length);
}

describe('importing', () => {
  test('plain: each preset and custom size that was made is named with a link that works, and what is not known here', async () => {
    const alice = await enter();
    const answer = await send(alice, fileOf(shop, { ...shop, name: 'Blog' }));
    const page = answer.body.toString();
    expect(answer.status).toBe(200);
    expect(page).toContain('2 presets and 1 custom size made.');
    expect(page).toContain('<code>a-spec-of-tomorrow</code>');
    const links = [...page.matchAll(/href="(\/presets\/(?:sizes\/my-)?[0-9a-f-]{36})">([^<]*)</g)];
    expect(links.map(([, , name]) => name)).toEqual(['Shop', 'Blog', 'Passport']);
    for (const [, href = '', name] of links) {
      const { status, body } = await alice.get(href);
      expect([status, body.toString().includes(`value="${name}"`)]).toEqual([200, true]);
    }
    expect(await countRows(alice)).toEqual([2, 1]);
  });

  test('by htmx it is the same page; by script what was made', async () => {
    const alice = await enter();
    const byHtmx = await send(alice, fileOf(shop), { 'HX-Request': 'true' });
    expect([byHtmx.status, byHtmx.body.toString().includes('<main id="main"')]).toEqual([200, true]);
    const byScript = await send(alice, fileOf(shop), script);
    expect(byScript.status).toBe(201);
    expect(jsonOf(byScript)).toEqual({
      presets: [{ id: expect.any(String), name: 'Shop 2', was: 'Shop' }],
      customSizes: [],
      reused: ['Passport'],
      unknown: ['a-spec-of-tomorrow'],
    });
  });

  test('names that are taken get a number, and the page says which', async () => {
    const alice = await enter();
    await send(alice, fileOf(shop));
    const page = (
      await send(
        alice,
        fileWith([passport, { ...passport, name: 'passport', dpi: 600 }], shop, {
          ...shop,
          items: [{ spec: 'x-post', version: 1 }],
        }),
      )
    ).body.toString();
    expect(page).toMatch(/>Shop 2<\/a> <span[^>]*>was “Shop”/);
    expect(page).toMatch(/>Shop 3<\/a> <span[^>]*>was “Shop”/);
    expect(page).toMatch(/>passport 2<\/a> <span[^>]*>was “passport”/);
    expect(page).toContain('You have these custom sizes already, and the presets use them: Passport.');
  });

  test('sent twice, also at the same time, it is imported once; another text in the same form is another import', async () => {
    const alice = await enter();
    const formKey = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => send(alice, fileOf(shop), script, formKey)));
    const made = answers.map((answer) => jsonOf(answer));
    expect(made.map(({ presets }) => presets[0].id)).toEqual(Array(3).fill(made[0].presets[0].id));
    expect(await countRows(alice)).toEqual([1, 1]);
    const again = await send(alice, fileOf(shop), {}, formKey);
    expect(again.body.toString()).toContain('This file was imported before');
    await send(alice, fileOf({ ...shop, name: 'Blog' }), {}, formKey);
    expect(await countRows(alice)).toEqual([2, 1]);
  });

  test('a file with faults: nothing is imported, each fault has its path, and the text stays', async () => {
    const alice = await enter();
    const json = fileWith([{ ...passport, maxBytes: 5 }], shop, { ...shop, name: '</textarea><b>' });
    for (const headers of [{}, { 'HX-Request': 'true' }]) {
      const answer = await send(alice, json, headers as Record<string, string>);
      const page = answer.body.toString();
      expect(answer.status).toBe(422);
      expect(page).toContain('<code class="brought__path">customSizes[0].maxBytes</code> The largest size');
      expect(page).toContain('&lt;/textarea&gt;&lt;b&gt;');
      expect(page).not.toContain('<b>');
    }
    const byScript = await send(alice, json, script);
    expect(byScript.status).toBe(422);
    expect(jsonOf(byScript)).toMatchObject({
      count: 1,
      errors: [{ path: 'customSizes[0].maxBytes' }],
    });
    expect((await send(alice, '')).body.toString()).toContain('There is nothing in it.');
    expect(
      (
        await send(
          alice,
          fileOf({
            ...shop,
            items: Array.from({ length: 10 }, (_, at) => ({ spec: `s-${at}`, version: 1 })),
          }),
        )
      ).status,
    ).toBe(422);
    expect(await countRows(alice)).toEqual([0, 0]);
  });

  test('more than there is room for: nothing is imported, and it says how many are free', async () => {
    const alice = await enter();
    const named = (count: number) => Array.from({ length: count }, (_, at) => ({ ...shop, name: `P ${at}` }));
    await send(alice, fileOf(...named(3)));
    const full = await send(alice, fileOf(...named(3)));
    expect(full.status).toBe(422);
    expect(full.body.toString()).toContain(
      'The file brings 3 presets, and there is room for 2 more. Nothing was imported.',
    );
    const sizes = Array.from({ length: 4 }, (_, at) => ({ ...passport, name: `S ${at}` }));
    const items = sizes.map(({ name }) => ({ customSize: name }));
    const noRoom = await send(alice, fileWith(sizes, { ...shop, items }));
    expect(noRoom.body.toString()).toContain(
      'The file brings 4 new custom sizes, and there is room for 3 more.',
    );
    expect(await countRows(alice)).toEqual([3, 1]);
  });

  test('a name in the form twice, no form key, or far too much: refused, and nothing fails', async () => {
    const alice = await enter();
    const form = readForm((await alice.get('/presets/import')).body.toString(), '/presets/import');
    const twice = new URLSearchParams([...Object.entries(form), ['json', 'a'], ['json', 'b']]);
    expect((await alice.post('/presets/import', twice.toString())).status).toBe(422);
    expect((await alice.post('/presets/import', { ...form, formKey: 'x', json: fileOf(shop) })).status).toBe(
      422,
    );
    expect((await alice.post('/presets/import', { ...form, json: 'x'.repeat(4_300_000) })).status).toBe(413);
    const long = await alice.post('/presets/import', { ...form, json: `"${'x'.repeat(2_600_000)}"` });
    expect([long.status, long.body.toString().includes('at most 2500000 can be read at once')]).toEqual([
      422,
      true,
    ]);
  });
});

describe('exporting', () => {
  test('one: a file that imports as the same, with its own custom sizes alone', async () => {
    const alice = await enter();
    const { presets } = jsonOf(await send(alice, fileOf({ ...shop, name: 'Größe / “A”: 商店.' }), script));
    await send(
      alice,
      fileWith([{ ...passport, name: 'Visa' }], { ...shop, name: 'Other', items: [{ customSize: 'Visa' }] }),
    );
    const answer = await alice.get(`/presets/${presets[0].id}/export`);
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(
      `attachment; filename="all-img-fit-Gr??e-A-??.json"; filename*=UTF-8''all-img-fit-Gr%C3%B6%C3%9Fe-A-%E5%95%86%E5%BA%97.json`,
    );
    expect(jsonOf(answer)).toEqual(JSON.parse(fileOf({ ...shop, name: 'Größe / “A”: 商店.' })));
    expect(answer.body.toString()).toMatch(/\}\n$/);
    const bob = await enter('bob');
    const [made] = jsonOf(await send(bob, answer.body.toString(), script)).presets;
    expect((await bob.get(`/presets/${made.id}/export`)).body.toString()).toBe(answer.body.toString());
  });

  test('all: the presets by their names, and the custom sizes that none has', async () => {
    const alice = await enter();
    const visa = { ...passport, name: 'Visa' };
    const sent = { ...JSON.parse(fileOf({ ...shop, name: 'Zoo' }, shop)), customSizes: [passport, visa] };
    await send(alice, JSON.stringify(sent));
    const answer = await alice.get('/presets/export');
    expect(answer.headers['content-disposition']).toMatch(
      /^attachment; filename=all-img-fit-presets-\d{4}-\d\d-\d\d\.json$/,
    );
    expect(jsonOf(answer)).toEqual({ ...sent, presets: [...sent.presets].reverse() });
    expect((await (await enter('carol')).get('/presets/export')).body.toString()).toContain('"presets": []');
  });

  test.each(['..', 'CON', '"; x=y', '\\', 'a\u0301', '🍇', '-', 'x'.repeat(60)])(
    'the preset %j has a safe file name',
    async (name) => {
      const alice = await enter();
      const [made] = jsonOf(await send(alice, fileOf({ ...shop, name }), script)).presets;
      const { headers } = await alice.get(`/presets/${made.id}/export`);
      expect(headers['content-disposition']).toMatch(
        /^attachment; filename="?all-img-fit-[\w?-]+\.json"?(; filename\*=UTF-8''[\w%.-]+)?$/,
      );
    },
  );
});

describe('who may', () => {
  test('signed out: pages lead to signing in and back, the form to signing in, a script gets 401', async () => {
    const nobody = createVisitor(app.url);
    for (const page of ['/presets/import', '/presets/export', `/presets/${randomUUID()}/export`]) {
      expect((await nobody.get(page)).headers.location).toBe(`/sign-in?next=${encodeURIComponent(page)}`);
      expect((await nobody.get(page, script)).status).toBe(401);
    }
    const _csrf = readToken((await nobody.get('/sign-in')).body.toString());
    const sent = { _csrf, formKey: randomUUID(), json: fileOf(shop) };
    expect((await nobody.post('/presets/import', sent)).headers.location).toBe('/sign-in');
    expect((await nobody.post('/presets/import', sent, script)).status).toBe(401);
  });

  test('somebody else’s preset is 404, the same as one that never was', async () => {
    const { presets } = jsonOf(await send(await enter(), fileOf(shop), script));
    const bob = await enter('bob');
    const text = ({ body }: { body: Buffer }) => body.toString().replace(/<code>[^<]*/, '');
    const [theirs, never] = [
      await bob.get(`/presets/${presets[0].id}/export`),
      await bob.get(`/presets/${randomUUID()}/export`),
    ];
    expect([theirs.status, text(theirs)]).toEqual([404, text(never)]);
    expect((await bob.get('/presets/x/export')).status).toBe(404);
    expect((await bob.get('/presets/export')).body.toString()).not.toContain('Shop');
  });

  test('a form key that another person has used is a form key like any other', async () => {
    const formKey = randomUUID();
    const [alice, bob] = [await enter(), await enter('bob')];
    const first = jsonOf(await send(alice, fileOf(shop), script, formKey));
    const second = jsonOf(await send(bob, fileOf(shop), script, formKey));
    expect(second.presets[0].id).not.toBe(first.presets[0].id);
    expect([await countRows(alice), await countRows(bob)]).toEqual([
      [1, 1],
      [1, 1],
    ]);
  });

  test('a bad token: 403, and nothing is imported', async () => {
    const alice = await enter();
    for (const _csrf of ['', 'x'.repeat(40)]) {
      const sent = { _csrf, formKey: randomUUID(), json: fileOf(shop) };
      expect((await alice.post('/presets/import', sent)).status).toBe(403);
    }
    expect(await countRows(alice)).toEqual([0, 0]);
  });
});
