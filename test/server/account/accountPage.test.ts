/** Each form of the account page: plain, by htmx, with bad input, by nobody and by somebody else. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noExtras } from '../../../server/presets/exportExtras.shared.ts';
import { type AccountsApp, addPerson, type Person, serveAccounts, signIn } from '../security/accountsApp.ts';
import { newEmail } from '../security/registration.ts';
import { createVisitor, readForm, readToken, type Visitor } from '../security/visitor.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts();
});

afterAll(() => app.stop());

interface Endpoint {
  action: string;
  /** What a valid form holds beside its hidden fields. */
  fields: (person: Person) => Record<string, string>;
  /** Where it leads. */
  next: string;
  /** One field of the valid form changed, and what the page says then. */
  bad: [field: string, value: string, sentence: string][];
}

const current = ({ password }: Person) => ({ current_password: password });
const wrongCurrent: Endpoint['bad'] = [
  ['current_password', '', 'Your current password is missing.'],
  ['current_password', 'not my password', 'This is not your current password.'],
];

const endpoints: Endpoint[] = [
  {
    action: '/account/email',
    fields: (person) => ({ ...current(person), email: newEmail() }),
    next: '/account?done=email',
    bad: [
      ['email', '', 'The e-mail address is missing.'],
      ['email', 'nobody', 'This is not an e-mail address.'],
      ['email', `${'a'.repeat(250)}@b.de`, 'may have at most 254 characters'],
      ['email', 'a\u202eb@example.org', 'holds a character that can’t be used'],
      ['email', 'a\0b@example.org', 'holds a character that can’t be used'],
      ...wrongCurrent,
    ],
  },
  {
    action: '/account/password',
    fields: (person) => ({ ...current(person), new_password: 'nine pears on a plate' }),
    next: '/account?done=password',
    bad: [
      ['new_password', '', 'Choose a new password.'],
      ['new_password', 'short', 'Use at least 12 characters.'],
      ['new_password', 'password1234', 'common passwords'],
      ...wrongCurrent,
    ],
  },
  {
    action: '/account/preferences',
    fields: () => ({
      theme: 'dark',
      format: 'webp',
      quality: '71',
      detection: 'centre',
      units: 'mm',
      template: '{spec}',
    }),
    next: '/account?done=preferences',
    bad: [
      ['quality', '0', 'Quality is a whole number from 1 to 100.'],
      ['quality', '1e2', 'Quality is a whole number from 1 to 100.'],
      ['theme', 'pink', 'Choose one of the list.'],
      ['format', 'gif', 'Choose one of the list.'],
      ['detection', '__proto__', 'Choose one of the list.'],
      ['units', 'ell', 'Choose one of the list.'],
      ['template', '', 'Write a name for the files'],
      ['template', '{who}', '{who} is not a placeholder.'],
      ['template', 'a\u202eb', 'The file name holds a character that can’t be used'],
    ],
  },
  {
    action: '/account/delete',
    fields: current,
    next: '/sign-in?done=deleted',
    bad: wrongCurrent,
  },
];

async function openForm(visitor: Visitor, action: string): Promise<Record<string, string>> {
  return readForm((await visitor.get('/account')).body.toString(), action);
}

describe.each(endpoints)('POST $action', ({ action, fields, next, bad }) => {
  test('plain: is carried out and leads on', async () => {
    const alice = await addPerson(app.database);
    const visitor = await signIn(app, alice);
    const answer = await visitor.post(action, { ...(await openForm(visitor, action)), ...fields(alice) });
    expect([answer.status, answer.headers.location]).toEqual([303, next]);
    const page = await visitor.get(next);
    expect(page.status).toBe(200);
    expect(page.body.toString()).toContain('class="notice"');
  });

  test('by htmx: the page that comes next is named in a header', async () => {
    const alice = await addPerson(app.database);
    const visitor = await signIn(app, alice);
    const form = await openForm(visitor, action);
    const answer = await visitor.post(action, { ...form, ...fields(alice) }, { 'HX-Request': 'true' });
    expect([answer.status, answer.headers['hx-redirect'], answer.body.length]).toEqual([200, next, 0]);
  });

  test.each(bad)(
    'bad input: %s = %j is refused in words, with what was typed but no password',
    async (field, value, sentence) => {
      const alice = await addPerson(app.database);
      const visitor = await signIn(app, alice);
      const before = await app.database.query('SELECT * FROM users WHERE id = $1', [alice.id]);
      const form = { ...(await openForm(visitor, action)), ...fields(alice), [field]: value };
      for (const headers of [{}, { 'HX-Request': 'true' }]) {
        const answer = await visitor.post(action, form, headers as Record<string, string>);
        const page = answer.body.toString();
        expect(answer.status).toBe(422);
        expect(page).toContain('<main id="main" class="account">');
        expect(page.split(sentence).length - 1).toBe(2); // beside the field, and in the summary that links to it
        expect(page).toMatch(
          new RegExp(`<a href="#(\\w+-${field})">[\\s\\S]*id="\\1"[^>]*aria-invalid="true"`),
        );
        if (form.email !== undefined && field !== 'email') expect(page).toContain(`value="${form.email}"`);
        for (const secret of [form.current_password, form.new_password, alice.password]) {
          if (secret) expect(page).not.toContain(secret);
        }
      }
      expect(await app.database.query('SELECT * FROM users WHERE id = $1', [alice.id])).toEqual(before);
    },
  );

  test('sent twice, a field is refused and nothing fails', async () => {
    const alice = await addPerson(app.database);
    const visitor = await signIn(app, alice);
    const form = new URLSearchParams({ ...(await openForm(visitor, action)), ...fields(alice) });
    for (const name of Object.keys(fields(alice))) {
      const doubled = new URLSearchParams([...form, [name, 'again']]);
      expect((await visitor.post(action, doubled.toString())).status).toBe(422);
    }
  });

  test('signed out: leads to signing in', async () => {
    const visitor = createVisitor(app.url);
    const token = readToken((await visitor.get('/sign-in')).body.toString());
    const answer = await visitor.post(action, { _csrf: token, current_password: 'x' });
    expect([answer.status, answer.headers.location]).toEqual([303, '/sign-in']);
  });

  test('what a form may not say is not listened to: another owner, another id', async () => {
    const [alice, bob] = [await addPerson(app.database), await addPerson(app.database, 'bob')];
    const visitor = await signIn(app, alice);
    const of = (id: string) => app.database.query('SELECT * FROM users WHERE id = $1', [id]);
    const before = await of(bob.id);
    const extra = {
      id: bob.id,
      user_id: bob.id,
      userId: bob.id,
      created_at: '2000-01-01',
      password_hash: 'x',
    };
    await visitor.post(action, { ...(await openForm(visitor, action)), ...fields(alice), ...extra });
    expect(await of(bob.id)).toEqual(before);
  });
});

test('preferences are kept, shown again, and nothing but them', async () => {
  const alice = await addPerson(app.database);
  const visitor = await signIn(app, alice);
  const chosen = {
    theme: 'dark',
    format: 'webp',
    quality: '71',
    detection: 'centre',
    units: 'cm',
    template: '{photo}',
    keepCopyright: 'yes',
  };
  await visitor.submit('/account', '/account/preferences', { ...chosen, colour: 'pink', keepPlace: 'no' });
  const [row] = await app.database.query('SELECT preferences FROM users WHERE id = $1', [alice.id]);
  expect(row).toEqual({ preferences: { ...chosen, quality: 71, ...noExtras, keepCopyright: true } });
  expect(await openForm(visitor, '/account/preferences')).toMatchObject(chosen);
});

test('what the database holds beyond the known falls back to the defaults', async () => {
  const alice = await addPerson(app.database);
  await app.database.query('UPDATE users SET preferences = $2 WHERE id = $1', [
    alice.id,
    '{"theme":7,"quality":900,"x":1}',
  ]);
  const visitor = await signIn(app, alice);
  expect(await openForm(visitor, '/account/preferences')).toMatchObject({
    theme: 'automatic',
    quality: '90',
  });
});

describe('sessions', () => {
  test('all others end at once, and this one stays', async () => {
    const alice = await addPerson(app.database);
    const [here, there, elsewhere] = [
      await signIn(app, alice),
      await signIn(app, alice),
      await signIn(app, alice),
    ];
    const answer = await here.submit('/account', '/account/sessions/end-others', {});
    expect([answer.status, answer.headers.location]).toEqual([303, '/account?done=sessions']);
    expect((await here.get('/account')).status).toBe(200);
    for (const ended of [there, elsewhere])
      expect((await ended.get('/account')).headers.location).toBe('/sign-in');
  });

  test.each([
    'abc',
    '10000000000000000000000000000000',
    '-1',
    '0x1',
    "' OR 1=1",
    '00000000-0000-4000-8000-000000000000',
  ])('an id that is none of one’s own (%s) is 404, like that of somebody else', async (id) => {
    const [alice, bob] = [await addPerson(app.database), await addPerson(app.database, 'bob')];
    const [visitor, other] = [await signIn(app, alice), await signIn(app, bob)];
    const token = readToken((await visitor.get('/account')).body.toString());
    const [row] = (await app.database.query('SELECT public_id FROM sessions WHERE user_id = $1', [
      bob.id,
    ])) as [{ public_id: string }];
    const end = (publicId: string) =>
      visitor.post(`/account/sessions/${encodeURIComponent(publicId)}/end`, { _csrf: token });
    const [foreign, unknown] = [await end(row.public_id), await end(id)];
    const text = ({ body }: typeof foreign) => body.toString().replace(/<code>[^<]*/, '');
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    expect(text(foreign)).toBe(text(unknown));
    expect((await other.get('/account')).status).toBe(200);
  });
});

test('the address of a form that was refused leads back to its part of the page when it is loaded anew', async () => {
  const visitor = await signIn(app, await addPerson(app.database));
  for (const section of ['email', 'password', 'sessions', 'preferences', 'export', 'delete']) {
    const answer = await visitor.get(`/account/${section}`);
    expect([answer.status, answer.headers.location]).toEqual([303, `/account#${section}`]);
  }
});

test('who is signed in is led from the forms for strangers to the account; a notice is only ever one of ours', async () => {
  const visitor = await signIn(app, await addPerson(app.database));
  for (const address of ['/sign-in', '/register']) {
    expect((await visitor.get(address)).headers.location).toBe('/account');
  }
  for (const done of ['<b>', '__proto__', 'constructor', 'x&done=y']) {
    const page = (await visitor.get(`/account?done=${encodeURIComponent(done)}`)).body.toString();
    expect(page).not.toContain('class="notice"');
  }
});
