import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { createCatalogue } from '../../server/specs/catalogue.shared.ts';
import { builtIn } from '../../server/specs/catalogue.ts';
import { isConfirmed, proofOf, ruleNames, type Spec } from '../../server/specs/spec.shared.ts';
import { descriptionOf, titleOf } from '../../server/specs/specMeta.ts';
import { provenRules } from '../../server/specs/specRules.ts';
import { bytesWindowWords, sizeWords } from '../../server/specs/words.shared.ts';
import { createPagesApp } from './pagesApp.ts';
import { aSpec } from './specsFixture.ts';

const { app, logLines } = createPagesApp();
const get = (path: string) => request(app).get(path);

/** What EJS makes of text. */
const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&#34;')
    .replaceAll("'", '&#39;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

/** The page of one spec that the catalogue has beside the built-in ones. */
async function pageOf(change: Partial<Spec>): Promise<string> {
  const catalogue = createCatalogue([...builtIn.specs, aSpec(change)], builtIn.popularIds);
  const { text } = await request(createPagesApp({}, catalogue).app).get('/specs/place-post').expect(200);
  return text.replaceAll('\u00a0', ' ');
}

/** The text of the row of rules with that term, without tags. */
function ruleIn(page: string, term: string): string {
  const row = new RegExp(`<dt>${term}</dt>(.*?)</div>\\s*(?=<div>\\s*<dt>|</dl>)`, 's').exec(page)?.[1] ?? '';
  return row
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

describe('/specs', () => {
  test('lists every spec once under its group, with a link to its page', async () => {
    const { text } = await get('/specs').expect(200).expect('Content-Type', /html/);
    for (const spec of builtIn.specs) expect(text.split(`href="/specs/${spec.id}"`)).toHaveLength(2);
    for (const group of builtIn.groups) expect(text).toContain(`>${escaped(group)}</h2>`);
    expect(text).toContain(`${builtIn.specs.length} placements in ${builtIn.groups.length} groups`);
  });

  test('marks each unconfirmed spec with that word, and no other', async () => {
    const { text } = await get('/specs').expect(200);
    const rows = text.split('<li class="spec-row">').slice(1);
    expect(rows).toHaveLength(builtIn.specs.length);
    for (const [index, spec] of builtIn.specs.entries()) {
      expect([spec.id, rows[index]?.includes('>unconfirmed</span>')]).toEqual([spec.id, !isConfirmed(spec)]);
    }
  });

  test('explains the four letters of confidence', async () => {
    const { text } = await get('/specs').expect(200);
    for (const words of [
      'primary source read',
      'quote the official page',
      'sources that disagree',
      'not looked up',
    ]) {
      expect(text).toContain(words);
    }
  });

  test('keeps the query out of the log', async () => {
    await get('/specs?q=private-words').expect(200);
    expect(JSON.stringify(logLines)).not.toContain('private-words');
  });
});

describe.each(['/specs', '/specs?shape=tall&q=story', '/specs/instagram-story'])('%s', (path) => {
  test('answers without session and cookie, and asks no database', async () => {
    const { headers } = await get(path).expect(200);
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('may be kept by anybody, and is 304 as long as it is the same', async () => {
    const first = await get(path).expect(200).expect('Cache-Control', 'public, no-cache');
    const etag = first.headers.etag ?? '';
    expect(etag).toMatch(/^(W\/)?".+"$/);
    const again = await get(path).set('If-None-Match', etag).expect(304).expect('ETag', etag);
    expect(again.text).toBe('');
    expect(again.headers['cache-control']).toBe('public, no-cache');
    await get(path).set('If-None-Match', 'W/"another"').expect(200);
  });
});

describe('/specs/:id', () => {
  test.each(builtIn.specs.map((spec) => [spec.id, spec] as const))(
    '%s says its numbers, its sources and how each rule is known',
    async (id, spec) => {
      const { text } = await get(`/specs/${id}`).expect(200);
      expect(text).toContain(`<h1>${escaped(spec.name)}</h1>`);
      expect(text).toContain(`${sizeWords(spec.widthPx, spec.heightPx)}\u00a0px`);
      expect(text.toLowerCase()).toContain(bytesWindowWords(spec.minBytes, spec.maxBytes).toLowerCase());
      expect(text).toContain(`href="/generate?specs=${id}"`);
      expect(text).toContain(`href="/presets/new?specs=${id}"`);
      if (spec.note !== '') expect(text).toContain(escaped(spec.note));
      for (const [index, source] of spec.sources.entries()) {
        const item = text.split(`<li id="source-${index + 1}">`)[1]?.split('</li>')[0] ?? '';
        expect(item).toContain(escaped(source.text));
        if (source.url !== null)
          expect(item).toContain(`href="${escaped(source.url)}" rel="noreferrer nofollow"`);
      }
      for (const { rule, term } of provenRules(spec)) {
        const { confidence, checkedOn } = proofOf(spec, rule);
        const row = text.split(`<dt>${term}</dt>`)[1]?.split('<dt>')[0] ?? '';
        expect(row).toMatch(new RegExp(`class="confidence[^"]*">${confidence}<`));
        expect(row).toContain(`datetime="${checkedOn}"`);
      }
      expect(text.includes('<strong class="unconfirmed">Unconfirmed:')).toBe(!isConfirmed(spec));
      expect(text).not.toMatch(/>[^<]*(undefined|NaN|\[object)[^<]*</);
      expect(text).not.toMatch(/\sstyle=|<style/);
    },
  );

  test('shows every rule that the spec has', () => {
    const full = aSpec({
      minPx: { widthPx: 1, heightPx: 1, longestPx: null },
      dpi: 300,
      safeArea: { kind: 'circle', x: 0.5, y: 0.5, radius: 0.4 },
      mask: 'rounded',
      derived: [{ name: 'Grid', area: { x: 0, y: 0, width: 1, height: 1 }, mask: null, shownPx: null }],
      background: { words: 'white', colour: '#ffffff' },
      head: { height: null, eyes: null, above: null, width: null, words: 'whole', mayCrop: true },
    });
    expect(provenRules(full).map(({ rule }) => rule)).toEqual(ruleNames);
  });

  test('gives each rule its own sources, confidence and day', async () => {
    const page = await pageOf({
      maxBytes: 8_000_000,
      confidence: 'C',
      sources: [
        { text: 'Help', url: 'https://help.example/a' },
        { text: 'Guide', url: null },
      ],
      proofs: {
        size: { sources: [0], confidence: 'A', checkedOn: '2026-11-20' },
        bytes: { sources: [1], confidence: 'C', checkedOn: '2026-11-19' },
        formats: { sources: [], confidence: 'K', checkedOn: '2026-11-18' },
      },
    });
    expect(ruleIn(page, 'Size')).toBe('1080 × 1350 px Ratio 4:5 Confidence A 1 20 Nov 2026');
    expect(ruleIn(page, 'File size')).toMatch(
      /^Up to 8 MB \(8 000 000 bytes\) Confidence C unconfirmed 2 19 Nov 2026$/,
    );
    expect(ruleIn(page, 'Formats')).toBe('JPEG, PNG Confidence K unconfirmed 18 Nov 2026');
    expect(page).toContain('help.example</span>');
    expect(page).toMatch(/Unconfirmed:<\/strong> formats and file size\. Confidence C: one secondary source/);
    expect(page).toContain('CONTRIBUTING.md');
  });

  test('says both where sources differ, and which value counts', async () => {
    const says = [
      { words: '2 MB in older guides', source: 0 },
      { words: '5 MB in <newer> ones', source: null },
    ];
    const page = await pageOf({ maxBytes: 2_000_000, differ: [{ rule: 'bytes', says }] });
    expect(ruleIn(page, 'File size')).toContain('Sources differ; the stricter value counts here.');
    expect(ruleIn(page, 'File size')).toContain('2 MB in older guides 1 5 MB in &lt;newer&gt; ones');
    expect(ruleIn(page, 'Formats')).not.toContain('Sources differ');
    const sizes = await pageOf({ differ: [{ rule: 'size', says }] });
    expect(ruleIn(sizes, 'Size')).toContain('Sources differ; what stands above counts here.');
  });

  test('says what pixels and formats are taken too, and the size on paper', async () => {
    const page = await pageOf({
      widthPx: 1200,
      heightPx: 1800,
      dpi: 300,
      alsoTaken: ['GIF', 'TIFF'],
      minPx: { widthPx: 640, heightPx: null, longestPx: null },
      maxPx: { widthPx: null, heightPx: null, longestPx: 4096 },
    });
    expect(ruleIn(page, 'Formats')).toContain('GIF and TIFF are taken too; All Img Fit does not write them.');
    expect(ruleIn(page, 'Pixels taken')).toMatch(/^At least 640 px wide At most longest side 4096 px/);
    expect(ruleIn(page, 'Size')).toContain('On paper 101.6 × 152.4 mm (4 × 6 in)');
    expect(ruleIn(page, 'Resolution')).toContain('300 dpi');
  });

  test('shows the colour of a background as a swatch', async () => {
    const page = await pageOf({ background: { words: 'white', colour: '#fefefe' } });
    expect(page).toMatch(/class="swatch"[^>]*><rect [^>]*fill="#fefefe"/);
    expect(await pageOf({ background: { words: 'plain', colour: null } })).not.toContain('class="swatch"');
  });

  test('says the head rule in the units of paper and file, and that a crop is not wanted', async () => {
    const head = {
      height: { min: 25 / 50.8, max: 35 / 50.8 },
      eyes: null,
      above: null,
      width: null,
      words: '25 to 35 mm from chin to crown',
      mayCrop: false,
    };
    const page = await pageOf({ widthPx: 600, heightPx: 600, dpi: 300, head });
    expect(ruleIn(page, 'Head')).toContain(
      '25 to 35 mm from chin to crown Chin to crown: 25 to 35 mm, 49.2 to 68.9 %, 296 to 413 px',
    );
    expect(page).toContain('Do not crop');
    expect(await pageOf({ head: { ...head, mayCrop: true } })).not.toContain('Do not crop');
  });

  test('tells its history, newest first', async () => {
    const page = await pageOf({
      version: 3,
      maxBytes: 2_000_000,
      earlier: [
        { version: 2, until: '2026-12-02', rules: { maxBytes: 3_000_000 } },
        { version: 1, until: '2026-12-01', rules: { maxBytes: 5_000_000 } },
      ],
    });
    const history = page.split('id="history"')[1] ?? '';
    expect(history.indexOf('Max 2 MB, was 3 MB')).toBeGreaterThan(0);
    expect(history.indexOf('Max 3 MB, was 5 MB')).toBeGreaterThan(history.indexOf('Max 2 MB, was 3 MB'));
    expect(history).toContain('<time datetime="2026-12-02">2 Dec 2026</time> version 3');
    expect(await pageOf({})).toContain('Version 1. Nothing has changed since it was first checked.');
  });

  test('links the specs of the same size', async () => {
    const { text } = await get('/specs/linkedin-post-portrait').expect(200);
    expect(text).toContain('href="/specs/instagram-portrait-4x5"');
  });

  test('escapes whatever a row says', async () => {
    const nasty = '"><script>alert(1)</script>';
    const page = await pageOf({
      name: nasty,
      group: nasty,
      note: nasty,
      alsoTaken: [nasty],
      background: { words: nasty, colour: null },
      derived: [{ name: nasty, area: { x: 0, y: 0, width: 1, height: 0.5 }, mask: null, shownPx: 9 }],
      sources: [{ text: nasty, url: null }],
    });
    expect(page).not.toContain('<script>alert');
  });

  test.each(['no-such-spec', 'Instagram-Story', '__proto__', '%3Cscript%3E', 'x-post/more'])(
    'answers 404 for %s',
    async (id) => {
      const { text, headers } = await get(`/specs/${id}`).expect(404);
      expect(text).not.toContain('<script>');
      expect(text).toContain('<h1');
      expect(headers['cache-control']).toBe('no-store');
    },
  );
});

describe('what search results show', () => {
  const titles = builtIn.specs.map(titleOf);
  const descriptions = builtIn.specs.map(descriptionOf);

  test.each(builtIn.specs.map((spec) => [spec.id, spec] as const))(
    'of %s fits and says what it is',
    (_id, spec) => {
      expect(titleOf(spec).length).toBeLessThanOrEqual(65);
      expect(titleOf(spec)).toContain(`${spec.group}: ${spec.name}`);
      expect(descriptionOf(spec).length).toBeLessThanOrEqual(160);
      expect(descriptionOf(spec)).toContain(sizeWords(spec.widthPx, spec.heightPx));
      expect(descriptionOf(spec)).toContain(isConfirmed(spec) ? 'Checked' : 'Unconfirmed');
    },
  );

  test('is different for every spec', () => {
    expect(new Set(titles).size).toBe(titles.length);
    expect(new Set(descriptions).size).toBe(descriptions.length);
  });

  test('names the one address of the page where PUBLIC_URL tells it', async () => {
    const site = createPagesApp({ PUBLIC_URL: 'https://fit.example', TRUST_PROXY: '1' });
    const canonicalOf = async (path: string) => {
      const { text } = await request(site.app).get(path).set('Host', 'fit.example').expect(200);
      return /<link rel="canonical" href="([^"]*)">/.exec(text)?.[1];
    };
    expect(await canonicalOf('/specs/x-post')).toBe('https://fit.example/specs/x-post');
    expect(await canonicalOf('/specs?shape=tall')).toBe('https://fit.example/specs');
    expect((await get('/specs/x-post')).text).not.toContain('rel="canonical"');
  });
});
