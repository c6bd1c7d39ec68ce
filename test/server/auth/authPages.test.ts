/** Registering, signing in and out: plain, by htmx, with bad input, and when somebody is signed in already. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type AccountsApp,
  addPerson,
  noLimits,
  serveAccounts,
  signIn,
  solveCheck,
} from '../security/accountsApp.ts';
import { newEmail } from '../security/registration.ts';
import { createVisitor, readForm, type Visitor } from '../security/visitor.ts';

const contact = 'Write to the "owner" <owner@example.org>';
let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts({ ...noLimits, OPERATOR_CONTACT: contact });
});

afterAll(() => app.stop());

const password = 'seven plums in a bowl';

/** A form that would be accepted. */
async function openForm(path: string): Promise<{ visitor: Visitor; form: Record<string, string> }> {
  const visitor = createVisitor(app.url);
  const form = readForm((await visitor.get(path)).body.toString(), path);
  await solveCheck(app.database, form);
  const { email } = path === '/sign-in' ? await addPerson(app.database) : { email: newEmail() };
  return {
    visitor,
    form: { ...form, email, password: path === '/sign-in' ? 'alice keeps 17 plums in a bowl' : password },
  };
}

const countUsers = async () => (await app.database.query('SELECT id FROM users')).length;

describe.each([
  { path: '/register', next: '/account?done=registered' },
  { path: '/sign-in', next: '/account' },
])('$path', ({ path, next }) => {
  test('plain: signs in and leads to the account', async () => {
    const { visitor, form } = await openForm(path);
    const answer = await visitor.post(path, form);
    expect([answer.status, answer.headers.location]).toEqual([303, next]);
    expect((await visitor.get(next)).body.toString()).toContain(form.email);
  });

  test('by htmx: names the next page in a header', async () => {
    const { visitor, form } = await openForm(path);
    const answer = await visitor.post(path, form, { 'HX-Request': 'true' });
    expect([answer.status, answer.headers['hx-redirect']]).toEqual([200, next]);
    expect((await visitor.get('/account')).status).toBe(200);
  });

  test.each([
    ['email', '', 'The e-mail address is missing.'],
    ['email', 'nobody', 'This is not an e-mail address.'],
    ['email', 'a b@example.org', 'This is not an e-mail address.'],
    ['email', 'a@b@example.org', 'This is not an e-mail address.'],
    ['email', '"><b>x</b>@example.org', 'This is not an e-mail address.'],
    ['email', 'a@example..org', 'This is not an e-mail address.'],
    ['email', `${'\ufdfa'.repeat(200)}@example.org`, 'This is not an e-mail address.'],
    ['email', `${'x'.repeat(243)}@example.org`, 'may have at most 254 characters'],
    ['email', 'a\u0000@example.org', 'holds a character that can’t be used'],
    ['password', '', path === '/register' ? 'Choose a password.' : 'The password is missing.'],
  ])(
    'bad input: %s = %j is refused in words, with the address kept and no password',
    async (field, value, sentence) => {
      const before = await countUsers();
      const { visitor, form } = await openForm(path);
      const added = path === '/sign-in' ? 1 : 0;
      for (const headers of [{}, { 'HX-Request': 'true' }]) {
        const answer = await visitor.post(
          path,
          { ...form, [field]: value },
          headers as Record<string, string>,
        );
        const page = answer.body.toString();
        expect(answer.status).toBe(422);
        expect(page.split(sentence).length - 1).toBe(2);
        expect(page).toContain('<title>Error · ');
        expect(page).not.toContain(form.password);
        if (field === 'password') expect(page).toContain(`value="${form.email}"`);
      }
      expect(await countUsers()).toBe(before + added);
      expect((await visitor.get('/account')).headers.location).toBe('/sign-in');
    },
  );

  test.each([
    ['not answered', { work: '' }],
    ['answered wrongly', { work: '59999' }],
    ['answered by a picture that nobody has looked at', { picture: 'AAAAA' }],
    ['answered for a form that is not there', { work_id: '00000000-0000-4000-8000-000000000000' }],
  ])(
    'the check %s: a new one comes, opened, and nothing has been tried',
    async (_name, changed: Record<string, string>) => {
      const { visitor, form } = await openForm(path);
      const answer = await visitor.post(path, { ...form, ...changed });
      const page = answer.body.toString();
      expect(answer.status).toBe(422);
      expect(page).toContain('The check was not answered, not right, or older than five minutes.');
      expect(page).toContain('<details class="check__others unfolded" open>');
      expect(readForm(page, path).work_id).not.toBe(form.work_id);
      expect((await visitor.get('/account')).status).toBe(303);
    },
  );

  test('a mistake elsewhere does not use the check up', async () => {
    const { visitor, form } = await openForm(path);
    expect((await visitor.post(path, { ...form, email: 'nobody' })).status).toBe(422);
    expect((await visitor.post(path, form)).status).toBe(303);
  });

  test('who is signed in is led to the account, whatever the form says', async () => {
    const visitor = await signIn(app, await addPerson(app.database));
    const page = (await visitor.get('/account')).body.toString();
    const before = await countUsers();
    const answer = await visitor.post(path, { ...readForm(page, '/sign-out'), email: newEmail(), password });
    expect([answer.status, answer.headers.location]).toEqual([303, '/account']);
    expect(await countUsers()).toBe(before);
  });
});

test('an address of 254 characters can register', async () => {
  const { visitor, form } = await openForm('/register');
  const email = `${'x'.repeat(242)}@example.org`;
  expect(email).toHaveLength(254);
  expect((await visitor.post('/register', { ...form, email })).status).toBe(303);
});

describe('/sign-out', () => {
  test('plain and by htmx: leads to the sign-in page, which says so', async () => {
    for (const headers of [{}, { 'HX-Request': 'true' }]) {
      const visitor = await signIn(app, await addPerson(app.database));
      const form = readForm((await visitor.get('/account')).body.toString(), '/sign-out');
      const answer = await visitor.post('/sign-out', form, headers as Record<string, string>);
      const next = answer.headers.location ?? answer.headers['hx-redirect'];
      expect(next).toBe('/sign-in?done=signed-out');
      expect((await visitor.get('/sign-in?done=signed-out')).body.toString()).toContain(
        'You are signed out.',
      );
      expect((await visitor.get('/account')).headers.location).toBe('/sign-in');
    }
  });

  test('signed out already: the same, without an error', async () => {
    const visitor = createVisitor(app.url);
    const form = readForm((await visitor.get('/sign-in')).body.toString(), '/sign-in');
    expect((await visitor.post('/sign-out', form)).status).toBe(303);
  });
});

test('the sign-in page says whom to ask for a new password, as text', async () => {
  const page = (await createVisitor(app.url).get('/sign-in')).body.toString();
  expect(page).toContain('Write to the &#34;owner&#34; &lt;owner@example.org&gt;.');
});

test('a picture of somebody else, an old one and no picture are all 404', async () => {
  const { form } = await openForm('/register');
  const stranger = createVisitor(app.url);
  for (const name of [
    `${form.picture_id}.svg`,
    'x.svg',
    `${form.picture_id}`,
    '..%2f..%2fetc.svg',
    `${form.work_id}.svg`,
  ]) {
    expect([name, (await stranger.get(`/captcha/${name}`)).status]).toEqual([name, 404]);
  }
});
