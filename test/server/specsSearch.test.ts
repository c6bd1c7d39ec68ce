import fc from 'fast-check';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { isConfirmed } from '../../server/specs/spec.shared.ts';
import {
  addressOf,
  groupAnchor,
  matchesFilters,
  noFilters,
  readFilters,
  type SpecFilters,
  shapes,
  writeFilters,
} from '../../server/specs/specFilters.ts';
import { listSpecs } from '../../server/specs/specList.ts';
import { createPagesApp } from './pagesApp.ts';
import { aSpec } from './specsFixture.ts';

const { app } = createPagesApp();
const get = (path: string) => request(app).get(path);
const idsOf = (filters: Partial<SpecFilters>) =>
  listSpecs(builtIn, { ...noFilters, ...filters }).groups.flatMap(({ rows }) => rows.map(({ id }) => id));

const filterSets: fc.Arbitrary<SpecFilters> = fc.record({
  words: fc.constantFrom('', 'story', 'profile', '1080', 'zeppelin', 'a b'),
  group: fc.option(fc.constantFrom(...builtIn.groups.map(groupAnchor))),
  shape: fc.option(fc.constantFrom(...shapes.map(({ name }) => name))),
  hasByteLimit: fc.boolean(),
  onlyConfirmed: fc.boolean(),
});

describe('a shape', () => {
  test.each<[number, number, string[]]>([
    [1000, 1000, ['square']],
    [1000, 1009, ['square']],
    [1000, 1011, ['portrait']],
    [1080, 1350, ['portrait']],
    [1080, 1900, ['portrait']],
    [1080, 1920, ['portrait', 'tall']],
    [160, 600, ['portrait', 'tall']],
    [1200, 630, ['landscape']],
    [1200, 600, ['landscape', 'wide']],
    [728, 90, ['landscape', 'wide']],
  ])('of %i by %i is found under %j', (widthPx, heightPx, names) => {
    const spec = aSpec({ widthPx, heightPx });
    const found = shapes.filter(({ name }) => matchesFilters(spec, { ...noFilters, shape: name }));
    expect(found.map(({ name }) => name)).toEqual(names);
  });
});

describe('filters', () => {
  test('of limits and of confidence say what the rows say', () => {
    const limited = builtIn.specs.filter(({ minBytes, maxBytes }) => minBytes !== null || maxBytes !== null);
    expect(idsOf({ hasByteLimit: true })).toEqual(limited.map(({ id }) => id));
    expect(idsOf({ onlyConfirmed: true })).toEqual(builtIn.specs.filter(isConfirmed).map(({ id }) => id));
    expect(limited.length).toBeLessThan(builtIn.specs.length);
  });

  test('combine with each other and with words: what is found passes each one alone', () => {
    fc.assert(
      fc.property(filterSets, (filters) => {
        const { words, group, shape, hasByteLimit, onlyConfirmed } = filters;
        const alone = [{ words }, { group }, { shape }, { hasByteLimit }, { onlyConfirmed }].map(idsOf);
        const inAll = builtIn.specs
          .map(({ id }) => id)
          .filter((id) => alone.every((ids) => ids.includes(id)));
        expect(idsOf(filters)).toEqual(inAll);
      }),
    );
  });

  test('survive being written into an address and read again', () => {
    fc.assert(
      fc.property(filterSets, (filters) => {
        const query = Object.fromEntries(new URL(addressOf(filters), 'http://fit.example').searchParams);
        expect(readFilters(query, builtIn.groups)).toEqual(filters);
        expect(Object.fromEntries(writeFilters(filters))).toEqual(query);
      }),
    );
  });

  test('say true counts: following any link shows so many specs', () => {
    fc.assert(
      fc.property(filterSets, (filters) => {
        const { groupOptions, shapeOptions, ruleOptions, chosen, found } = listSpecs(builtIn, filters);
        const follow = (href: string) =>
          listSpecs(
            builtIn,
            readFilters(Object.fromEntries(new URL(href, 'http://fit.example').searchParams), builtIn.groups),
          ).found;
        for (const { href, count, isChosen } of [...groupOptions, ...shapeOptions, ...ruleOptions]) {
          if (isChosen) expect(count).toBe(found);
          else if (href === null) expect(count).toBe(0);
          else expect(follow(href)).toBe(count);
        }
        for (const { href, countWithout } of chosen) expect(follow(href)).toBe(countWithout);
      }),
      { numRuns: 25 },
    );
  });

  test('of anything unknown are ignored', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('group', 'shape', 'limit', 'confirmed', 'x'), fc.anything()),
        (query) => {
          const filters = readFilters(query, builtIn.groups);
          expect(builtIn.groups.map(groupAnchor).concat('')).toContain(filters.group ?? '');
          expect(shapes.map(({ name }) => String(name)).concat('')).toContain(filters.shape ?? '');
          expect(filters.words).toBe('');
        },
      ),
    );
  });

  test('have one name for each group', () => {
    const anchors = builtIn.groups.map(groupAnchor);
    expect(new Set(anchors).size).toBe(anchors.length);
    for (const anchor of anchors) expect(anchor).toMatch(/^[\p{L}\p{N}]+(-[\p{L}\p{N}]+)*$/u);
  });
});

describe('/specs with filters', () => {
  test('finds by words, keeps them in the field and leaves groups without a match out', async () => {
    const { text } = await get('/specs?q=twitch+banner').expect(200);
    expect(text).toContain('/specs/twitch-banner');
    expect(text).not.toContain('/specs/twitch-profile');
    expect(text).not.toContain('>Instagram</h2>');
    expect(text).toContain('value="twitch banner"');
    expect(text).toContain(`<strong>1</strong> of ${builtIn.specs.length}`);
  });

  test('shows what is chosen, marks it, and offers to take each away', async () => {
    const { text } = await get('/specs?q=story&group=instagram&shape=tall&confirmed=1').expect(200);
    const chosen = text.split('class="chosen__list"')[1]?.split('</ul>')[0] ?? '';
    for (const href of [
      '/specs?group=instagram&amp;shape=tall&amp;confirmed=1',
      '/specs?q=story&amp;shape=tall&amp;confirmed=1',
      '/specs?q=story&amp;group=instagram&amp;confirmed=1',
      '/specs?q=story&amp;group=instagram&amp;shape=tall',
    ])
      expect(chosen).toContain(`href="${href}"`);
    expect(text.match(/aria-current="true"/g)).toHaveLength(3);
    expect(text).toContain('href="/specs">Show all');
  });

  test('keeps the filters when searching', async () => {
    const { text } = await get('/specs?shape=tall&limit=1').expect(200);
    const form = text.split('<form class="search"')[1]?.split('</form>')[0] ?? '';
    expect(form).toContain('<input type="hidden" name="shape" value="tall">');
    expect(form).toContain('<input type="hidden" name="limit" value="1">');
  });

  test('says what to loosen when nothing is found', async () => {
    const { text } = await get('/specs?q=zeppelin&shape=tall').expect(200);
    expect(text).toContain('No spec passes both filters');
    const tall = idsOf({ shape: 'tall' }).length;
    expect(text).toContain(`<a href="/specs?shape=tall">Without “zeppelin”</a>: ${tall} specs`);
    expect(text).toContain('Without Tall: still none');
    expect(text).not.toContain('class="spec-row"');
  });

  test('says that words alone found nothing, and offers others', async () => {
    const { text } = await get('/specs?q=zeppelin').expect(200);
    expect(text).toContain('No spec for “zeppelin”');
    expect(text).toContain('<a href="/specs?q=avatar">');
    expect(text).toContain('<a href="/specs">Show all');
  });

  test('shows a query as text, never as markup', async () => {
    const { text } = await get(`/specs?q=${encodeURIComponent('"><script>alert(1)</script>')}`).expect(200);
    expect(text).not.toContain('<script>alert');
    expect(text).toContain('&#34;&gt;&lt;script&gt;alert(1)');
  });

  test.each([
    '?q=a&q=b',
    '?q[x]=a',
    '?q=',
    '?q=%00',
    '?other=1',
    '?group=nowhere&shape=round&limit=yes&confirmed=2',
    '?group=instagram&group=facebook',
    '?shape=__proto__',
    '?shape[]=tall',
  ])('takes %s as if it were not there', async (query) => {
    const { text } = await get(`/specs${query}`).expect(200);
    if (!query.includes('%00')) expect(text).not.toContain('class="chosen"');
  });

  test('cuts a query of 10 000 characters to 100', async () => {
    const { text } = await get(`/specs?q=${'a'.repeat(10_000)}`).expect(200);
    expect(text).toContain(`value="${'a'.repeat(100)}"`);
  });
});
