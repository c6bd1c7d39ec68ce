import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { legalVersions } from '../../server/pages/legalFacts.ts';
import { createCatalogue } from '../../server/specs/catalogue.shared.ts';
import { builtIn } from '../../server/specs/catalogue.ts';
import { createPagesApp } from './pagesApp.ts';
import { aSpec } from './specsFixture.ts';

const { app } = createPagesApp();
const atHome = createPagesApp({ PUBLIC_URL: 'https://fit.example', TRUST_PROXY: '1' }).app;

/** Address -> lastmod, null where it has none. */
async function readSitemap(site: typeof app, host: string): Promise<Map<string, string | null>> {
  const { text } = await request(site).get('/sitemap.xml').set('Host', host).expect(200);
  expect(text).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<urlset xmlns="http:\/\/www.sitemaps.org\/schemas\/sitemap\/0.9">/,
  );
  const urls = [...text.matchAll(/<url><loc>([^<]+)<\/loc>(?:<lastmod>([^<]+)<\/lastmod>)?<\/url>/g)];
  expect(urls).toHaveLength(text.split('<url>').length - 1);
  return new Map(urls.map(([, address = '', day]) => [address, day ?? null]));
}

describe('/sitemap.xml', () => {
  test('names every public page once, with the address of the site', async () => {
    const pages = await readSitemap(atHome, 'fit.example');
    const paths = ['/', '/generate', '/specs', '/privacy', '/terms', '/credits'];
    const wanted = [...paths, ...builtIn.specs.map(({ id }) => `/specs/${id}`)];
    expect([...pages.keys()].sort()).toEqual(wanted.map((path) => `https://fit.example${path}`).sort());
  });

  test('names pages that are there', async () => {
    const pages = await readSitemap(app, '127.0.0.1:3000');
    for (const address of pages.keys()) await request(app).get(new URL(address).pathname).expect(200);
  });

  test('says when a page changed where that is known', async () => {
    const changed = aSpec({
      version: 2,
      checkedOn: '2026-11-21',
      earlier: [{ version: 1, until: '2026-12-24', rules: { maxBytes: 1 } }],
      proofs: { size: { sources: [], confidence: 'A', checkedOn: '2026-11-30' } },
    });
    const catalogue = createCatalogue([...builtIn.specs, changed], builtIn.popularIds);
    const pages = await readSitemap(createPagesApp({}, catalogue).app, 'localhost');
    expect(pages.get('http://localhost/specs/place-post')).toBe('2026-12-24');
    expect(pages.get('http://localhost/specs')).toBe('2026-12-24');
    expect(pages.get('http://localhost/privacy')).toBe(legalVersions.at(-1)?.on);
    expect(pages.get('http://localhost/')).toBeNull();
    const story = builtIn.find('instagram-story');
    expect(pages.get('http://localhost/specs/instagram-story')).toBe(story?.checkedOn);
  });

  test('is XML whatever an id says', async () => {
    const catalogue = createCatalogue([...builtIn.specs, aSpec({ id: `a&b<c>"'` })], builtIn.popularIds);
    const pages = await readSitemap(createPagesApp({}, catalogue).app, 'localhost');
    expect([...pages.keys()]).toContain('http://localhost/specs/a&#38;b&#60;c&#62;&#34;&#39;');
  });

  test.each(['evil.example"><x', 'a b', 'a/b', 'a@b', ''])('refuses the host %j', async (host) => {
    const answer = await request(app).get('/sitemap.xml').set('Host', host);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain('<urlset');
  });

  test('answers for no other host than that of PUBLIC_URL', async () => {
    await request(atHome).get('/sitemap.xml').set('Host', 'evil.example').expect(421);
    await request(atHome).get('/robots.txt').set('Host', 'evil.example').expect(421);
  });
});

describe('/robots.txt', () => {
  test('names the sitemap by its whole address', async () => {
    const { text } = await request(atHome).get('/robots.txt').set('Host', 'fit.example').expect(200);
    expect(text).toContain('\nSitemap: https://fit.example/sitemap.xml\n');
    expect(text).toMatch(/^User-agent: \*\n/);
    const own = await request(app).get('/robots.txt').set('Host', 'localhost:3000').expect(200);
    expect(own.text).toContain('Sitemap: http://localhost:3000/sitemap.xml');
  });

  test('leaves every page of the sitemap to robots', async () => {
    const { text } = await request(app).get('/robots.txt').set('Host', 'localhost').expect(200);
    const forbidden = [...text.matchAll(/^Disallow: (.+)$/gm)].map(([, path = '']) => path);
    expect(forbidden).toContain('/specs?');
    const pages = await readSitemap(app, 'localhost');
    for (const address of pages.keys()) {
      const path = address.replace('http://localhost', '');
      expect(forbidden.filter((start) => path.startsWith(start))).toEqual([]);
    }
  });
});

test.each([
  ['/sitemap.xml', /^application\/xml; charset=utf-8$/],
  ['/robots.txt', /^text\/plain; charset=utf-8$/],
])('%s has its type, no cookie, and is 304 as long as it is the same', async (path, type) => {
  const { headers } = await request(app)
    .get(path)
    .set('Host', 'localhost')
    .expect(200)
    .expect('Content-Type', type);
  expect(headers['set-cookie']).toBeUndefined();
  expect(headers['cache-control']).toBe('public, no-cache');
  await request(app)
    .get(path)
    .set('Host', 'localhost')
    .set('If-None-Match', headers.etag ?? '')
    .expect(304);
});
