/** Custom sizes over HTTP: plain, by htmx, as JSON, with bad input, by nobody and by somebody else, twice, and in two tabs. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AccountsApp, addPerson, noLimits, serveAccounts, signIn } from '../security/accountsApp.ts';
import { readForm, type Visitor } from '../security/visitor.ts';

let app: AccountsApp;

beforeAll(async () => {
  app = await serveAccounts({ ...noLimits, LIMIT_CUSTOM_SIZES: '4' });
});

afterAll(() => app.stop());

const script = { Accept: 'application/json' };
const htmx = { 'HX-Request': 'true' };

async function enter(name = 'alice'): Promise<Visitor & { id: string }> {
  const person = await addPerson(app.database, name);
  return { ...(await signIn(app, person)), id: person.id };
}

const newPage = '/presets/sizes/new';
const passport = { name: 'Passport', width: '35', height: '45', unit: 'mm', dpi: '300' };

async function openNew(visitor: Visitor): Promise<Record<string, string>> {
  return { ...readForm((await visitor.get(newPage)).body.toString(), '/presets/sizes'), ...passport };
}

/** Makes one and gives its address. */
async function make(visitor: Visitor, changes: Record<string, string> = {}): Promise<string> {
  const answer = await visitor.post('/presets/sizes', { ...(await openNew(visitor)), ...changes });
  const address = /^(\/presets\/sizes\/my-[0-9a-f-]{36})\?done=made$/.exec(
    answer.headers.location ?? '',
  )?.[1];
  if (answer.status !== 303 || address === undefined) throw new Error(`${answer.status} ${answer.body}`);
  return address;
}

const open = async (visitor: Visitor, address: string) =>
  readForm((await visitor.get(address)).body.toString(), address);

async function namesOf(visitor: { id: string }): Promise<unknown[]> {
  const rows = await app.database.query(
    'SELECT name FROM custom_sizes WHERE user_id = $1 AND deleted_at IS NULL ORDER BY name_key',
    [visitor.id],
  );
  return rows.map((row) => (row as { name: string }).name);
}

describe('making one', () => {
  test('plain: its page comes next, says so, and shows what was typed', async () => {
    const alice = await enter();
    const address = await make(alice, { maxBytes: '240', mode: 'contain', colour: '#204060', webp: 'yes' });
    const page = (await alice.get(`${address}?done=made`)).body.toString();
    expect(page).toContain('class="notice"');
    expect(readForm(page, address)).toMatchObject({
      ...passport,
      maxBytes: '240',
      mode: 'contain',
      colour: '#204060',
      webp: 'yes',
      version: '1',
    });
    const list = (await alice.get('/presets')).body.toString();
    expect(list).toContain(`href="${address}"`);
  });

  test('by htmx: the page that comes next is named in a header', async () => {
    const alice = await enter();
    const answer = await alice.post('/presets/sizes', await openNew(alice), htmx);
    expect([answer.status, answer.body.length]).toEqual([200, 0]);
    expect(answer.headers['hx-redirect']).toMatch(/^\/presets\/sizes\/my-.*\?done=made$/);
  });

  test('by script: the custom size', async () => {
    const alice = await enter();
    const answer = await alice.post('/presets/sizes', await openNew(alice), script);
    expect(answer.status).toBe(201);
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      customSize: { id: expect.stringMatching(/^my-/), version: 1, name: 'Passport', dpi: 300, mask: null },
    });
  });

  test.each([
    ['name', '', 'The name is missing.'],
    ['width', '0', 'The width can’t be 0.'],
    ['dpi', '', 'mm become pixels by it'],
    ['maxBytes', 'much', 'such as 240 KB'],
    ['mask', '<script>', 'Choose one of the list.'],
  ])(
    'bad input: %s = %j is said at the field, with everything that was typed',
    async (field, value, sentence) => {
      const alice = await enter();
      const fields = { ...(await openNew(alice)), quality: '71', [field]: value };
      for (const headers of [{}, htmx]) {
        const answer = await alice.post('/presets/sizes', fields, headers as Record<string, string>);
        const page = answer.body.toString();
        expect(answer.status).toBe(422);
        expect(page.split(sentence).length - 1).toBe(2); // beside the field, and in the summary that links to it
        expect(page).toMatch(
          new RegExp(`<a href="#size-${field}">[\\s\\S]*id="size-${field}"[^>]*aria-invalid="true"`),
        );
        expect(readForm(page, '/presets/sizes')).toMatchObject({ quality: '71', formKey: fields.formKey });
        expect(page).not.toContain('<script>"');
      }
      const answer = await alice.post('/presets/sizes', fields, script);
      expect(answer.status).toBe(422);
      expect(JSON.parse(answer.body.toString()).errors[field]).toContain(sentence);
      expect(await namesOf(alice)).toEqual([]);
    },
  );

  test('a field or a form key that no form of ours sends is refused, and nothing fails', async () => {
    const alice = await enter();
    const fields = await openNew(alice);
    const doubled = new URLSearchParams([...Object.entries(fields), ['name', 'again']]);
    expect((await alice.post('/presets/sizes', doubled.toString())).status).toBe(422);
    for (const formKey of ['', 'x', `${randomUUID()} `]) {
      expect((await alice.post('/presets/sizes', { ...fields, formKey })).status).toBe(422);
    }
    expect(await namesOf(alice)).toEqual([]);
  });

  test('sent twice, also at the same time, it makes one', async () => {
    const alice = await enter();
    const fields = await openNew(alice);
    const answers = await Promise.all([1, 2, 3].map(() => alice.post('/presets/sizes', fields)));
    expect(new Set(answers.map(({ headers }) => headers.location)).size).toBe(1);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    expect(await namesOf(alice)).toEqual(['Passport']);
  });

  test('going back and sending something else says what was made, and the next try makes a second one', async () => {
    const alice = await enter();
    const fields = await openNew(alice);
    await alice.post('/presets/sizes', fields);
    const again = await alice.post('/presets/sizes', { ...fields, name: 'Visa', width: '50' });
    expect(again.status).toBe(409);
    const page = again.body.toString();
    expect(page).toContain('This form was sent before');
    const form = readForm(page, '/presets/sizes');
    expect(form).toMatchObject({ name: 'Visa', width: '50' });
    expect(form.formKey).not.toBe(fields.formKey);
    expect((await alice.post('/presets/sizes', form)).status).toBe(303);
    expect(await namesOf(alice)).toEqual(['Passport', 'Visa']);
    const byScript = await alice.post('/presets/sizes', { ...fields, name: 'Other' }, script);
    expect([byScript.status, JSON.parse(byScript.body.toString()).now.name]).toEqual([409, 'Passport']);
  });

  test('a name is taken whatever its case, and another person may have it', async () => {
    const alice = await enter();
    await make(alice);
    const answer = await alice.post('/presets/sizes', { ...(await openNew(alice)), name: ' PASSPORT' });
    expect(answer.status).toBe(422);
    expect(answer.body.toString()).toContain('You have a custom size of this name already.');
    expect(await make(await enter('bob'))).toMatch(/my-/);
  });

  test('as many as may be kept, and no more, also at the same time', async () => {
    const alice = await enter();
    const forms = await Promise.all([1, 2, 3, 4, 5, 6].map(() => openNew(alice)));
    const answers = await Promise.all(
      forms.map((form, at) => alice.post('/presets/sizes', { ...form, name: `Size ${at}` })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 303, 303, 303, 422, 422]);
    const refused = answers.find(({ status }) => status === 422)?.body.toString();
    expect(refused).toContain('You keep 4 custom sizes');
  });
});

describe('changing one', () => {
  test('plain, by htmx and by script; the version counts up', async () => {
    const alice = await enter();
    const address = await make(alice);
    const plain = await alice.post(address, { ...(await open(alice, address)), width: '36' });
    expect([plain.status, plain.headers.location]).toEqual([303, `${address}?done=saved`]);
    const byHtmx = await alice.post(address, { ...(await open(alice, address)), width: '37' }, htmx);
    expect(byHtmx.headers['hx-redirect']).toBe(`${address}?done=saved`);
    const byScript = await alice.post(address, { ...(await open(alice, address)), width: '38' }, script);
    expect(byScript.status).toBe(200);
    expect(JSON.parse(byScript.body.toString()).customSize).toMatchObject({
      version: 4,
      size: { width: 38 },
    });
  });

  test('two tabs: the second is told what is there now, nothing is overwritten, and it may then be', async () => {
    const alice = await enter();
    const address = await make(alice);
    const [first, second] = [await open(alice, address), await open(alice, address)];
    await alice.post(address, { ...first, width: '40', quality: '70' });
    const late = { ...second, name: 'Visa', width: '50' };
    const byScript = await alice.post(address, late, script);
    expect([byScript.status, JSON.parse(byScript.body.toString()).now]).toMatchObject([
      409,
      { version: 2, quality: 70 },
    ]);
    const answer = await alice.post(address, late);
    expect(answer.status).toBe(409);
    const page = answer.body.toString().replaceAll('\u00a0', ' ');
    expect(page).toContain('It was changed elsewhere');
    for (const [label, now, yours] of [
      ['Name', 'Passport', 'Visa'],
      ['Size', '40 × 45 mm at 300 dpi', '50 × 45 mm at 300 dpi'],
      ['Quality', '70', 'as the export'],
    ]) {
      expect(page).toContain(`<tr><th scope="row">${label}</th><td>${now}</td><td>${yours}</td></tr>`);
    }
    expect(page).not.toContain('<th scope="row">Formats</th>');
    const form = readForm(page, address);
    expect(form).toMatchObject({ name: 'Visa', width: '50', version: '2' });
    expect((await alice.post(address, form)).status).toBe(303);
    expect(await namesOf(alice)).toEqual(['Visa']);
  });

  test('the same form sent twice is saved once, without a question', async () => {
    const alice = await enter();
    const address = await make(alice);
    const fields = { ...(await open(alice, address)), width: '41' };
    expect((await alice.post(address, fields)).status).toBe(303);
    expect((await alice.post(address, fields)).status).toBe(303);
    expect((await open(alice, address)).version).toBe('2');
  });

  test('bad input keeps the version of the form; a version that is no number is refused', async () => {
    const alice = await enter();
    const address = await make(alice);
    const fields = await open(alice, address);
    const refused = await alice.post(address, { ...fields, width: 'x' });
    expect(refused.status).toBe(422);
    expect(readForm(refused.body.toString(), address)).toMatchObject({ width: 'x', version: '1' });
    for (const version of ['', '0', '1.5', '-1', '99999999999', 'x']) {
      expect((await alice.post(address, { ...fields, version })).status).toBe(422);
    }
  });

  test('deleted meanwhile: what was typed can become a new one', async () => {
    const alice = await enter();
    const address = await make(alice);
    const fields = { ...(await open(alice, address)), width: '60' };
    await alice.submit(address, `${address}/delete`, {});
    expect((await alice.post(address, fields, script)).status).toBe(404);
    const answer = await alice.post(address, fields);
    expect(answer.status).toBe(409);
    expect(answer.body.toString()).toContain('It was deleted elsewhere');
    const form = readForm(answer.body.toString(), '/presets/sizes');
    expect(form.width).toBe('60');
    expect((await alice.post('/presets/sizes', form)).status).toBe(303);
  });
});
