import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { photoCredits, softwareCredits } from '../../server/pages/credits.ts';
import {
  browserDatabases,
  legalVersions,
  requestLogFields,
  storageKeys,
} from '../../server/pages/legalFacts.ts';
import { createPagesApp } from './pagesApp.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { app, logLines } = createPagesApp();
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

/** Text of every script that is sent to a browser. */
function clientSources(): string {
  return clientFiles()
    .map((file) => read(path.join('client', file)))
    .join('\n');
}

function clientFiles(): string[] {
  const files = fs.readdirSync(path.join(root, 'client'), { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((file) => file.endsWith('.ts'));
  expect(scripts.length).toBeGreaterThan(5);
  return scripts;
}

describe('the privacy page', () => {
  test('names exactly the storage keys and databases that our scripts use', async () => {
    const { text } = await request(app).get('/privacy').expect(200);
    const named = new Set(text.match(/allimgfit\.[a-z.]+[a-z]/g));
    const used = new Set(clientSources().match(/allimgfit\.[a-z.]+[a-z]/g));
    expect([...named].sort()).toEqual([...used].sort());
    expect([...named].sort()).toEqual([...storageKeys, ...browserDatabases].map(({ name }) => name).sort());
  });

  test('is right that our scripts keep nothing elsewhere', () => {
    expect(clientSources()).not.toMatch(/document\.cookie|sessionStorage|caches\.open|storage\.getDirectory/);
    const users = clientFiles().filter((file) => /\bindexedDB\b/.test(read(path.join('client', file))));
    expect(users.sort()).toEqual([
      'kept/exportDatabase.ts',
      'workspace/resume/exportStore.ts',
      'workspace/resume/resume.ts',
    ]);
  });

  test('is right that nothing outside the account pages sets a cookie', async () => {
    for (const page of ['/', '/generate', '/specs', '/privacy', '/terms', '/credits', '/no-such-page']) {
      const { headers } = await request(app).get(page);
      expect(headers['set-cookie'], page).toBeUndefined();
    }
  });

  test('names exactly what the request log holds', async () => {
    await request(app)
      .get('/terms?secret=1')
      .set('User-Agent', 'Reader/1.0')
      .set('Cookie', 'a=b')
      .expect(200);
    const line = logLines.findLast(({ path: logged }) => logged === '/terms') ?? {};
    const named = requestLogFields.map(({ name }) => name).filter((name) => name !== 'aborted');
    expect(
      Object.keys(line)
        .filter((name) => !['level', 'msg'].includes(name))
        .sort(),
    ).toEqual(named.sort());
    expect(JSON.stringify(line)).not.toMatch(/127\.0\.0\.1|::1|secret|Reader|a=b/);
  });

  test('is right that no part of a page comes from another host', async () => {
    for (const page of ['/', '/generate', '/specs', '/specs/x-post', '/privacy', '/terms', '/credits']) {
      const { text, headers } = await request(app).get(page).expect(200);
      expect(text).not.toMatch(
        /<(?:script|link|img|source|iframe|use)[^>]*(?:src|href|srcset)="(?:https?:)?\/\//,
      );
      expect(headers['content-security-policy']).toContain("connect-src 'self'");
    }
  });
});

describe('the text of privacy and terms', () => {
  test('has the date of its last change, and a change of the text needs a new one', async () => {
    const texts = await Promise.all(['/privacy', '/terms'].map((page) => textOf(app, page)));
    const sha256 = createHash('sha256').update(texts.join('\n')).digest('hex');
    const newest = legalVersions.at(-1);
    expect(newest?.sha256, 'The text changed: add a row with the day and this hash to legalVersions').toBe(
      sha256,
    );
    for (const page of ['/privacy', '/terms']) {
      const { text } = await request(app).get(page).expect(200);
      expect(text).toContain(`<time datetime="${newest?.on}">`);
    }
  });

  test('has had one row for each day of change, in order', () => {
    const days = legalVersions.map(({ on }) => on);
    expect(days).toEqual([...new Set(days)].sort());
    for (const day of days) expect(day).toMatch(/^20\d\d-[01]\d-[0-3]\d$/);
  });

  test('leaves no blank where nothing is configured', async () => {
    for (const page of ['/privacy', '/terms']) {
      const text = await textOf(app, page);
      expect(text).toContain('run by the person or organisation that runs this server');
      expect(text).toContain('no contact is given here'.slice(3));
      expect(text).not.toMatch(
        /undefined|null|NaN|\[object|TODO|TBD|example\.(org|com)|\[[A-Z]|\{\{| {2}| ,| \./,
      );
    }
  });

  test.each([
    ['privacy@fit.example', 'href="mailto:privacy@fit.example"'],
    ['https://fit.example/contact', 'href="https://fit.example/contact"'],
    ['Fit Ltd, 1 High Street, Leeds', 'Fit Ltd, 1 High Street, Leeds'],
    ['javascript:alert(1)', ' javascript:alert(1).'],
  ])('names the configured operator, law and contact: %s', async (contact, shown) => {
    const configured = createPagesApp({
      OPERATOR_NAME: 'Fig & Sons <Ltd>',
      OPERATOR_CONTACT: contact,
      JURISDICTION: 'Utopia',
    });
    for (const page of ['/privacy', '/terms']) {
      const { text } = await request(configured.app).get(page).expect(200);
      expect(text).toContain('run by Fig &amp; Sons &lt;Ltd&gt;,');
      expect(text).toContain(shown);
      expect(text).not.toContain('href="javascript');
      expect(text).toContain('law of Utopia');
      expect(text).not.toContain('contact is given here');
    }
  });

  test.each([
    ['SESSION_IDLE_HOURS', '101', '101 hours'],
    ['SESSION_IDLE_HOURS', '240', '10 days'],
    ['SESSION_MAX_DAYS', '11', '11 days'],
    ['RETENTION_SESSION_HOURS', '17', '17 hours'],
    ['RETENTION_CAPTCHA_HOURS', '19', '19 hours'],
    ['RETENTION_LIMIT_HOURS', '72', '3 days'],
    ['RETENTION_PURGE_MINUTES', '25', '25 minutes'],
    ['PUBLIC_URL', 'https://fit.example', '__Host-sid'],
  ])('prints the configured %s=%s', async (name, value, words) => {
    const configured = createPagesApp({ [name]: value, TRUST_PROXY: '1' });
    const host = name === 'PUBLIC_URL' ? 'fit.example' : '127.0.0.1';
    const { text } = await request(configured.app).get('/privacy').set('Host', host).expect(200);
    expect(text).toContain(words);
    expect(await textOf(app, '/privacy')).not.toContain(words);
  });
});

/** What a reader sees of the page's own text, without its date. */
async function textOf(pages: typeof app, page: string): Promise<string> {
  const { text } = await request(pages).get(page).expect(200);
  const main = text.slice(text.indexOf('<h1>'), text.indexOf('<p class="updated">'));
  return main
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(/ ([.,;:])/g, '$1')
    .trim();
}

describe('the credits', () => {
  test('name every example photo, with author and licence, on the page and in docs/credits.md', async () => {
    const { text } = await request(app).get('/credits').expect(200);
    const shipped = fs.readdirSync(path.join(root, 'public/example')).filter((file) => file.endsWith('.jpg'));
    expect(photoCredits.map(({ file }) => file).sort()).toEqual(shipped.sort());
    for (const { title, author, file, licence } of photoCredits) {
      for (const place of [text, read('docs/credits.md')]) {
        for (const words of [title, author, file, licence.name, licence.url]) expect(place).toContain(words);
      }
    }
  });

  test('name the libraries with the licences that their packages state', async () => {
    const { text } = await request(app).get('/credits').expect(200);
    for (const part of softwareCredits) {
      const { license } = JSON.parse(read(`node_modules/${part.package}/package.json`));
      expect(part.licence).toBe(license);
      for (const place of [text, read('docs/credits.md')]) {
        expect(place).toContain(part.name);
        expect(place).toContain(part.licence);
      }
    }
  });
});
