/**
 * Row 80 of the security study: texts made to become markup, as names and templates, on every page that the server makes of
 * them. A page that holds one is built of the same elements and attributes as one with a harmless name in its place.
 */
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { checkText } from '../../server/http/text.shared.ts';
import { writeCustomSizeForm } from '../../server/presets/customSizes/customSizeForm.shared.ts';
import { checkTemplate } from '../../server/presets/nameTemplate.shared.ts';
import { furnish, itemOf, rules, settings } from '../server/presets/attackedRoutes.ts';
import { xssCorpus } from '../server/security/xssCorpus.ts';
import { openAccountsStage } from './accountsStage.ts';

const stage = openAccountsStage();
let page: Page;

beforeAll(async () => {
  page = await stage.browser.newPage();
});

/** A name that the forms take, of each text that can be one. */
const read = (text: string) => checkText(text, { label: 'The name', min: 1, max: 60 });
const accepted = xssCorpus.map(read).flatMap(({ text, fault }) => (fault === null ? text : []));
const refused = xssCorpus.filter((text) => read(text).fault !== null);

type Pages = Record<string, string>;
type Fields = Record<string, string> | [string, string][];

async function enter() {
  const { visitor, token, ids } = await furnish(stage.app, 'x');
  const answers: Pages = {};
  const open = async (kind: string, address: string) => {
    const { status, body } = await visitor.get(address);
    expect([kind, status]).toEqual([kind, 200]);
    answers[kind] = body.toString();
  };
  /** @param status what the answer has to be; the page that comes next is kept too */
  const send = async (kind: string, address: string, fields: Fields, status: number, sent = token) => {
    const form = new URLSearchParams(fields);
    form.set('_csrf', sent);
    const answer = await visitor.post(address, form.toString());
    expect([kind, answer.status]).toEqual([kind, status]);
    if (status === 303) await open(kind, answer.headers.location ?? '');
    else answers[kind] = answer.body.toString();
  };
  const preset = `/presets/${ids.preset}`;
  const size = `/presets/sizes/${ids.size}`;
  return { visitor, answers, open, send, preset, size, sizeId: ids.size };
}

const sizeForm = { ...writeCustomSizeForm(null), width: '70', height: '90' };

function presetForm(name: string, others: Record<string, string> = {}, ownItems: object[] = []): Fields {
  const template = checkTemplate(name).ok ? name : '{photo}';
  const fields = {
    mode: 'cover',
    background: 'blur',
    colour: '#204060',
    format: 'auto',
    quality: '90',
    q: '',
  };
  const items = [itemOf('x-post'), ...ownItems].map((item): [string, string] => [
    'item',
    JSON.stringify(item),
  ]);
  return [...Object.entries({ ...fields, name, template, do: 'save', ...others }), ...items];
}

const fileOf = (name: string, more: object = {}) =>
  JSON.stringify({
    schema: 'all-img-fit-presets/1',
    presets: [
      {
        name,
        fit: { mode: 'cover', enlarge: false, background: { kind: 'blur' } },
        settings,
        items: [{ customSize: name }],
        ...more,
      },
    ],
    customSizes: [{ name, size: rules.size, formats: ['png'] }],
  });

/** Every page on which the name stands. */
async function walk(name: string): Promise<Pages> {
  const { visitor, answers, open, send, preset, size, sizeId } = await enter();
  const own = [itemOf(sizeId)];
  const mine = name.length <= 58 ? `${name} 2` : `${name.slice(0, -2)} 2`;
  await send('size saved', size, { ...sizeForm, name, version: '1' }, 303);
  await send('size changed elsewhere', size, { ...sizeForm, name: mine, width: '71', version: '1' }, 409);
  await send('size to mend', size, { ...sizeForm, name, width: name, version: '2' }, 422);
  await send('preset saved', preset, presetForm(name, { version: '1' }, own), 303);
  await open('editor', preset);
  await open('size and its presets', size);
  await send('search', preset, presetForm(name, { version: '2', do: 'find', q: name }, own), 200);
  await send('moved', preset, presetForm(name, { version: '2', do: 'up:1' }, own), 200);
  await send('to mend', preset, presetForm(name, { version: '2', quality: name }, own), 422);
  await send('changed elsewhere', preset, presetForm(mine, { version: '1' }, own), 409);
  await send('copied', `${preset}/duplicate`, { formKey: randomUUID() }, 303);
  await send('size deleted', `${size}/delete`, {}, 303);
  await send('size back', `${size}/restore`, {}, 303);
  await send('deleted', `${preset}/delete`, {}, 303);
  await send('changed what is deleted', preset, presetForm(name, { version: '2' }, own), 409);
  const formKey = randomUUID();
  await send('made', '/presets', presetForm(name, { formKey }), 303);
  await send('sent twice', '/presets', presetForm(mine, { formKey, quality: '7' }), 409);
  await send('name taken', '/presets', presetForm(name, { formKey: randomUUID() }), 422);
  await send('back under another name', `${preset}/restore`, {}, 303);
  const withSize = { formKey: randomUUID(), json: fileOf(name) };
  await send('imported', '/presets/import', withSize, 200);
  await send('size reused', '/presets/import', { ...withSize, formKey: randomUUID() }, 200);
  await send('file refused', '/presets/import', { ...withSize, json: fileOf(name, { [name]: name }) }, 422);
  await send('file broken', '/presets/import', { ...withSize, json: name }, 422);
  await send('out of date', preset, presetForm(name, { version: '2' }), 403, 'another token');
  const { headers, body } = await visitor.get(`${preset}/export`);
  expect(JSON.parse(body.toString()).presets[0].settings.template).toBe(
    checkTemplate(name).ok ? name : '{photo}',
  );
  expect(headers['content-disposition']).toMatch(
    /^attachment; filename="?all-img-fit-[\w?-]*\.json"?(; filename\*=UTF-8''all-img-fit-[\w%-]*\.json)?$/,
  );
  return answers;
}

/** What each page is built of, whether the text stands in it, and what should not be there. */
function look(pages: Pages, text: string) {
  return page.evaluate(
    ([given, wanted]) => {
      const flat = (words: string) => words.replace(/\s+/g, ' ');
      return Object.entries(given).map(([kind, html]) => {
        const parsed = new DOMParser().parseFromString(html, 'text/html');
        const elements = [...parsed.querySelectorAll('*')];
        const values = [...parsed.querySelectorAll<HTMLInputElement>('input, textarea')].map(
          ({ value }) => value,
        );
        const words = [parsed.documentElement.textContent ?? '', ...values].map(flat);
        return {
          kind,
          structure: elements
            .map(({ tagName, attributes }) => [tagName, ...[...attributes].map(({ name }) => name)].join(' '))
            .sort() // the order of rows is that of their names
            .join('\n'),
          isThere: words.some((shown) => shown.includes(flat(wanted))),
          traces: parsed.querySelectorAll('#xss, [href*="xss" i], [src*="xss" i], [data-xss]').length,
        };
      });
    },
    [pages, text] as const,
  );
}

test('every text that can be a name is shown as it was typed, on every page, and changes no element and no attribute', async () => {
  expect(accepted.length).toBeGreaterThanOrEqual(50);
  const [plain, withSlash] = ['A plain name', 'A plain/name']; // no template has a slash
  const harmless = {
    plain: await look(await walk(plain), plain),
    withSlash: await look(await walk(withSlash), withSlash),
  };
  expect(harmless.plain.length).toBeGreaterThanOrEqual(24);
  expect(harmless.plain.filter(({ isThere }) => !isThere)).toEqual([]);
  for (const name of accepted) {
    for (const [at, { kind, structure, isThere, traces }] of (await look(await walk(name), name)).entries()) {
      const isShown = isThere || kind === 'file refused'; // there with the backslashes of JSON, and cut in the path
      expect({ name, kind, traces, isShown }).toEqual({ name, kind, traces: 0, isShown: true });
      const same = checkTemplate(name).ok ? harmless.plain : harmless.withSlash;
      expect([name, kind, structure]).toEqual([name, kind, same[at]?.structure]);
    }
  }
}, 400_000);

test('every other text is refused in words, and comes back as text in the form, the file and the search', async () => {
  const walkRefused = async (text: string): Promise<Pages> => {
    const { answers, send, preset, size } = await enter();
    await send('preset', preset, presetForm(text, { version: '1', template: text }), 422);
    await send('size', size, { ...sizeForm, name: text, width: text, version: '1' }, 422);
    await send('file', '/presets/import', { formKey: randomUUID(), json: fileOf(text) }, 422);
    await send('search', preset, presetForm('x', { version: '1', do: 'find', q: text }), 200);
    return answers;
  };
  const tooLong = 'x'.repeat(150);
  const [harmless, noSlash] = [
    await look(await walkRefused(`/${tooLong}`), 'x'),
    await look(await walkRefused(tooLong), 'x'),
  ];
  for (const text of [...refused, `${'x'.repeat(60)}"><img id=xss src=x onerror=xssRan()>`]) {
    for (const [at, { kind, structure, traces }] of (await look(await walkRefused(text), 'xss')).entries()) {
      expect({ text, kind, traces }).toEqual({ text, kind, traces: 0 });
      expect([harmless[at]?.structure, noSlash[at]?.structure]).toContain(structure);
    }
  }
}, 120_000);
