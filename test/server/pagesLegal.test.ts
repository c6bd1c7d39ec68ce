import fs from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { describe, expect, test } from 'vitest';
import { photoCredits, softwareCredits } from '../../server/pages/credits.ts';
import { legalUpdatedOn, requestLogFields, storageKeys } from '../../server/pages/legalFacts.ts';
import { createPagesApp } from './pagesApp.ts';

const root = path.resolve(import.meta.dirname, '../..');
const { app, logLines } = createPagesApp();
const read = (file: string) => fs.readFileSync(path.join(root, file), 'utf8');

/** Text of every script that is sent to a browser. */
function clientSources(): string {
  const files = fs.readdirSync(path.join(root, 'client'), { recursive: true, encoding: 'utf8' });
  const scripts = files.filter((file) => file.endsWith('.ts'));
  expect(scripts.length).toBeGreaterThan(5);
  return scripts.map((file) => read(path.join('client', file))).join('\n');
}

describe('the privacy page', () => {
  test('names exactly the storage keys that our scripts use', async () => {
    const { text } = await request(app).get('/privacy').expect(200);
    const named = new Set(text.match(/allimgfit\.[a-z.]+[a-z]/g));
    const used = new Set(clientSources().match(/allimgfit\.[a-z.]+[a-z]/g));
    expect([...named].sort()).toEqual([...used].sort());
    expect([...named].sort()).toEqual(storageKeys.map(({ name }) => name).sort());
  });

  test('is right that our scripts keep nothing elsewhere', () => {
    expect(clientSources()).not.toMatch(
      /document\.cookie|sessionStorage|indexedDB|caches\.open|navigator\.storage/,
    );
  });

  test('is right that no page sets a cookie', async () => {
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

describe.each(['/privacy', '/terms'])('%s', (page) => {
  test('says when it was last changed', async () => {
    const { text } = await request(app).get(page).expect(200);
    expect(text).toContain(`<time datetime="${legalUpdatedOn}">`);
  });
});

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
