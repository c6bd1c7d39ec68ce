import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { bytesWindowWords, sizeWords } from '../../server/specs/words.shared.ts';
import { createPagesApp } from './pagesApp.ts';

const { app, logLines } = createPagesApp();
const get = (path: string) => request(app).get(path);

/** What EJS makes of text. */
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('"', '&#34;').replaceAll("'", '&#39;').replaceAll('>', '&gt;');

describe('/specs', () => {
  test('lists every spec once under its group, with a link to its page', async () => {
    const { text } = await get('/specs').expect(200).expect('Content-Type', /html/);
    for (const spec of builtIn.specs) expect(text.split(`href="/specs/${spec.id}"`)).toHaveLength(2);
    for (const group of builtIn.groups) expect(text).toContain(`>${group}</h2>`);
    expect(text).toContain(`${builtIn.specs.length} placements in ${builtIn.groups.length} groups`);
  });

  test('answers without session and cookie', async () => {
    const { headers } = await get('/specs').expect(200);
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('finds by words, keeps them in the field and leaves groups without a match out', async () => {
    const { text } = await get('/specs?q=twitch+banner').expect(200);
    expect(text).toContain('/specs/twitch-banner');
    expect(text).not.toContain('/specs/twitch-profile');
    expect(text).not.toContain('>Instagram</h2>');
    expect(text).toContain('value="twitch banner"');
    expect(text).toContain('1 spec for <q>twitch banner</q>');
  });

  test('says that nothing was found and offers a way on', async () => {
    const { text } = await get('/specs?q=zeppelin').expect(200);
    expect(text).toContain('No spec for <q>zeppelin</q>');
    expect(text).toContain('<a href="/specs">Show all');
  });

  test('shows a query as text, never as markup', async () => {
    const { text } = await get(`/specs?q=${encodeURIComponent('"><script>alert(1)</script>')}`).expect(200);
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&#34;&gt;&lt;script&gt;alert(1)');
  });

  test.each(['?q=a&q=b', '?q[x]=a', '?q=', '?q=%00', '?other=1'])(
    'takes %s without failing',
    async (query) => {
      await get(`/specs${query}`).expect(200);
    },
  );

  test('cuts a query of 10 000 characters to 100', async () => {
    const { text } = await get(`/specs?q=${'a'.repeat(10_000)}`).expect(200);
    expect(text).toContain(`value="${'a'.repeat(100)}"`);
  });

  test('keeps the query out of the log', async () => {
    await get('/specs?q=private-words').expect(200);
    expect(JSON.stringify(logLines)).not.toContain('private-words');
  });
});

describe('/specs/:id', () => {
  test.each(builtIn.specs.map((spec) => [spec.id, spec] as const))(
    '%s says its numbers and sources',
    async (id, spec) => {
      const { text } = await get(`/specs/${id}`).expect(200);
      expect(text).toContain(`<h1>${spec.name}</h1>`);
      expect(text).toContain(`${sizeWords(spec.widthPx, spec.heightPx)}\u00a0px`);
      expect(text.toLowerCase()).toContain(bytesWindowWords(spec.minBytes, spec.maxBytes).toLowerCase());
      expect(text).toContain(`href="/generate?specs=${id}"`);
      expect(text).toContain(`datetime="${spec.checkedOn}"`);
      if (spec.note !== '') expect(text).toContain(escaped(spec.note));
      for (const source of spec.sources) {
        expect(text).toContain(escaped(source.text));
        if (source.url !== null)
          expect(text).toContain(`href="${escaped(source.url)}" rel="noreferrer nofollow"`);
      }
      const title = /<title>(.*?)<\/title>/.exec(text)?.[1] ?? '';
      expect(title).toContain(spec.group);
      expect(title).toContain(spec.name);
    },
  );

  test('draws the safe area to scale', async () => {
    const { text } = await get('/specs/youtube-banner').expect(200);
    const [, width, height] = /drawing__safe"[^>]* width="([\d.]+)" height="([\d.]+)"/.exec(text) ?? [];
    expect(Number(width) / 440).toBeCloseTo(1546 / 2560, 3);
    expect(Number(height) / 248).toBeCloseTo(423 / 1440, 2);
  });

  test('links the specs of the same size', async () => {
    const { text } = await get('/specs/linkedin-post-portrait').expect(200);
    expect(text).toContain('href="/specs/instagram-portrait-4x5"');
  });

  test.each(['no-such-spec', 'Instagram-Story', '__proto__', '%3Cscript%3E', 'x-post/more'])(
    'answers 404 for %s',
    async (id) => {
      const { text } = await get(`/specs/${id}`).expect(404);
      expect(text).not.toContain('<script>');
      expect(text).toContain('<h1');
    },
  );
});
