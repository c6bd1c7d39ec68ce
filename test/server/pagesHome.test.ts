import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import request from 'supertest';
import { afterAll, describe, expect, test } from 'vitest';
import { coverCrop } from '../../client/engine/geometry.ts';
import { exampleSpecIds } from '../../server/pages/homeRoutes.ts';
import { builtIn } from '../../server/specs/catalogue.ts';
import { createPagesApp } from './pagesApp.ts';

const { app, assets } = createPagesApp();
const photo = { width: 2400, height: 1624 };
const focal = { x: 0.59, y: 0.56 };

const server = app.listen(0, '127.0.0.1');
afterAll(() => server.close());

/** Bytes of one answer's body as they cross the wire. */
function transferred(url: string): Promise<number> {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const headers = { 'Accept-Encoding': 'br, gzip' };
  return new Promise((resolve, reject) => {
    const asked = http.get({ host: '127.0.0.1', port, path: url, headers, agent: false }, (answer) => {
      let bytes = 0;
      answer.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      answer.on('end', () => resolve(answer.statusCode === 200 ? bytes : Number.NaN));
    });
    asked.on('error', reject);
  });
}

describe('home', () => {
  test('says what it is and leads to the workspace and the catalogue', async () => {
    const { text, headers } = await request(app).get('/').expect(200);
    expect(text).toContain('<h1>One photo, every size it has to fit</h1>');
    expect(text).toContain('href="/generate"');
    expect(text).toContain(
      `<a href="/specs">${builtIn.specs.length} specs in ${builtIn.groups.length} groups</a>`,
    );
    expect(headers['set-cookie']).toBeUndefined();
  });

  test('needs no inline style and no script of its own', async () => {
    const { text } = await request(app).get('/').expect(200);
    expect(text).not.toMatch(/\sstyle=|<style|\son[a-z]+=/);
    const main = text.slice(text.indexOf('<main'), text.indexOf('</main>'));
    expect(main).not.toContain('<script');
  });

  test('shows each example spec with its caption from the catalogue', async () => {
    const { text } = await request(app).get('/').expect(200);
    for (const id of exampleSpecIds) {
      expect(text).toContain(
        `<a href="/specs/${id}">${builtIn.find(id)?.group} ${builtIn.find(id)?.name}</a>`,
      );
    }
  });

  test('is under 60 KB with everything it loads', async () => {
    const { text } = await request(app).get('/').expect(200);
    const linked = [...text.matchAll(/<(?:link|script|source|use)\b[^>]*? (?:href|src|srcset)="([^"#]+)/g)];
    const loaded = new Set(linked.map(([, url = '']) => url));
    for (const name of ['site.css', 'site.js', 'archivo.woff2', 'example/hero.avif']) {
      expect(loaded).toContain(assets.url(name));
    }
    const sizes = await Promise.all(
      ['/', ...loaded].map(async (url) => [url, await transferred(url)] as const),
    );
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    expect(total, JSON.stringify(Object.fromEntries(sizes))).toBeLessThan(60_000);
    expect(total).toBeGreaterThan(20_000);
  });
});

describe('the example sheet', () => {
  const styles = path.join(import.meta.dirname, '../../client/styles/pages');
  const [sheet, home] = ['sheet.css', 'home.css'].map((file) =>
    fs.readFileSync(path.join(styles, file), 'utf8'),
  );
  const rule = (id: string) => new RegExp(`\\.sheet__tile--${id} \\{([^}]*)\\}`).exec(sheet ?? '')?.[1] ?? '';

  test.each(exampleSpecIds)('cuts %s as the engine would', (id) => {
    const spec = builtIn.find(id);
    expect(spec).not.toBeNull();
    const target = { width: spec?.widthPx ?? 0, height: spec?.heightPx ?? 0 };
    expect(rule(id)).toContain(`--ratio: ${target.width} / ${target.height};`);
    const crop = coverCrop(photo, target, focal);
    const [, x, y] = /--crop: ([\d.]+)% ([\d.]+)%/.exec(rule(id)) ?? [];
    const spareX = photo.width - crop.width;
    const spareY = photo.height - crop.height;
    expect(Math.abs((Number(x) / 100) * spareX - crop.x)).toBeLessThan(2);
    expect(Math.abs((Number(y) / 100) * spareY - crop.y)).toBeLessThan(2);
  });

  test('marks the focal point where the crops have it', () => {
    const point = /\.source__point \{[^}]*inset: (\d+)% auto auto (\d+)%;/.exec(home ?? '') ?? [];
    expect([Number(point[2]) / 100, Number(point[1]) / 100]).toEqual([focal.x, focal.y]);
  });
});

describe('files at the root', () => {
  test.each([
    ['/favicon.ico', 'image/x-icon'],
    ['/favicon.svg', 'image/svg+xml'],
    ['/apple-touch-icon.png', 'image/png'],
    ['/robots.txt', 'text/plain'],
  ])('%s is served as %s', async (url, type) => {
    const { headers } = await request(app).get(url).expect(200);
    expect(headers['content-type']).toContain(type);
  });
});
