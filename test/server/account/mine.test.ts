/** What a page asks once: whose browser it is, and what is kept for them. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import {
  type AccountsApp,
  addPerson,
  noLimits,
  type Person,
  serveAccounts,
  signIn,
} from '../security/accountsApp.ts';
import { createVisitor, type Visitor } from '../security/visitor.ts';

let app: AccountsApp;
let alice: Person;
let visitor: Visitor;

beforeAll(async () => {
  app = await serveAccounts();
  alice = await addPerson(app.database);
  visitor = await signIn(app, alice);
});

afterAll(() => app.stop());

const ask = async (who: Visitor) => {
  const answer = await who.get('/account/mine', { Accept: 'application/json' });
  return { ...answer, json: JSON.parse(answer.body.toString()) };
};

const fit = { mode: 'cover', enlarge: false, background: { kind: 'colour', colour: '#ffffff' } };
const settings = { format: 'auto', quality: 90, template: '{photo}', ...noExtras };
const preset = { items: [{ specId: 'x-post', version: 1, fit: null }], fit, settings };
const size = {
  size: { kind: 'size', width: 300, height: 200, unit: 'px' },
  fit: null,
  formats: ['jpeg'],
  quality: null,
  minBytes: null,
  maxBytes: null,
  dpi: null,
  safeArea: null,
  mask: null,
};

async function keep(owner: Person, table: 'presets' | 'custom_sizes', name: string, content: object) {
  const rows = await app.database.query(
    `INSERT INTO ${table} (user_id, made_by, name, name_key, content)
     VALUES ($1, gen_random_uuid(), $2, lower($2), $3) RETURNING id`,
    [owner.id, name, JSON.stringify(content)],
  );
  return (rows[0] as { id: string }).id;
}

test('a stranger is not signed in, and gets no cookie, no row and nothing that a cache may keep', async () => {
  const count = async () =>
    app.database.query('SELECT (SELECT count(*) FROM sessions), (SELECT count(*) FROM rate_limits)');
  const before = await count();
  const { status, headers, json } = await ask(createVisitor(app.url));
  expect([status, json]).toEqual([200, { signedIn: false }]);
  expect(headers['set-cookie']).toBeUndefined();
  expect(headers['cache-control']).toBe('no-store');
  expect(headers['content-type']).toBe('application/json; charset=utf-8');
  expect(await count()).toEqual(before);
});

test('somebody who only opened the sign-in page is not signed in either, nor is one with a cookie that ended', async () => {
  const reader = createVisitor(app.url);
  await reader.get('/sign-in');
  expect((await ask(reader)).json).toEqual({ signedIn: false });
  const leaver = await signIn(app, alice);
  const old = new Map(leaver.cookies);
  await leaver.submit('/account', '/sign-out', {});
  for (const [name, value] of old) leaver.cookies.set(name, value);
  const { json, headers } = await ask(leaver);
  expect([json, headers['set-cookie']]).toEqual([{ signedIn: false }, undefined]);
});

test('a page of another site may not ask', async () => {
  const { status } = await visitor.get('/account/mine', {
    'Sec-Fetch-Site': 'cross-site',
    'Sec-Fetch-Mode': 'cors',
  });
  expect(status).toBe(403);
});

test('the owner gets preferences, presets, custom sizes, limits, and a token that is good for a form', async () => {
  const presetId = await keep(alice, 'presets', 'Shop', preset);
  const sizeId = await keep(alice, 'custom_sizes', 'Tag', size);
  const bob = await addPerson(app.database, 'bob');
  await keep(bob, 'presets', 'Secret of Bob', preset);
  const { status, headers, json } = await ask(visitor);
  expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
  expect(json).toEqual({
    signedIn: true,
    tag: expect.stringMatching(/^[\w-]{22}$/),
    csrfToken: expect.any(String),
    preferences: expect.objectContaining({ theme: 'automatic', units: 'px' }),
    preferencesAge: null,
    presets: [{ id: presetId, version: 1, name: 'Shop', ...preset }],
    customSizes: [{ id: `my-${sizeId}`, version: 1, name: 'Tag', ...size }],
    limits: { presets: 200, specsPerPreset: 60, customSizes: 200 },
  });
  const form = { _csrf: json.csrfToken, theme: 'dark', detection: 'centre', units: 'px', format: 'auto' };
  const sent = await visitor.post('/account/preferences', { ...form, quality: '70', template: '{photo}' });
  expect(sent.status).toBe(303);
  const { preferencesAge } = (await ask(visitor)).json;
  expect(Number.isInteger(preferencesAge) && preferencesAge >= 0 && preferencesAge < 60_000).toBe(true);
});

test('the tag is that of the account: the same in every session, another one for another account, and tells nothing', async () => {
  const again = await signIn(app, alice);
  const bob = await addPerson(app.database, 'bob');
  const [one, same, other] = [await ask(visitor), await ask(again), await ask(await signIn(app, bob))];
  expect(same.json.tag).toBe(one.json.tag);
  expect(other.json.tag).not.toBe(one.json.tag);
  expect(other.json.presets).toEqual([]);
  expect(JSON.stringify(one.json)).not.toContain(alice.id);
  expect(JSON.stringify(one.json)).not.toContain(alice.email);
});

test('one account may ask so often, and neither others nor strangers are kept from it', async () => {
  const limited = await serveAccounts({ ...noLimits, LIMIT_PRESET_WRITES: '2' });
  try {
    const [own, other] = [
      await signIn(limited, await addPerson(limited.database)),
      await signIn(limited, await addPerson(limited.database, 'bob')),
    ];
    const statuses: number[] = [];
    for (const who of [own, own, own, other]) statuses.push((await ask(who)).status);
    expect(statuses).toEqual([200, 200, 429, 200]);
    const stranger = createVisitor(limited.url);
    for (let count = 0; count < 4; count += 1) expect((await ask(stranger)).status).toBe(200);
  } finally {
    await limited.stop();
  }
});

test('an account that has just been deleted is not signed in', async () => {
  const carol = await addPerson(app.database, 'carol');
  const late = await signIn(app, carol);
  await app.database.query('DELETE FROM users WHERE id = $1', [carol.id]);
  expect((await ask(late)).json).toEqual({ signedIn: false });
});
