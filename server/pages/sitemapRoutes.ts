/** /sitemap.xml and /robots.txt (https://www.sitemaps.org/protocol.html, RFC 9309): the public pages, for search engines. */
import { Router } from 'express';
import { originOf } from '../http/origin.ts';
import type { Catalogue } from '../specs/catalogue.ts';
import { lastChangedOn } from '../specs/specChanges.shared.ts';
import { legalVersions } from './legalFacts.ts';

/** Beginnings of addresses that say nothing new: filters of the catalogue, the workspace with a choice, pages behind signing in. */
const notForRobots = ['/specs?', '/generate?', '/presets/', '/account'];

interface PublicPage {
  path: string;
  /** ISO date; null where no date is true. */
  changedOn: string | null;
}

/** @param publicUrl where the site is reached; null: the host that was asked for */
export function sitemapRoutes(catalogue: Catalogue, publicUrl: URL | null): Router {
  const routes = Router();
  const pages = listPublicPages(catalogue);

  routes.get('/sitemap.xml', (req, res) => {
    const origin = originOf(req, publicUrl);
    res.type('xml').set('Cache-Control', 'public, no-cache').send(writeSitemap(pages, origin));
  });

  routes.get('/robots.txt', (req, res) => {
    const lines = [
      'User-agent: *',
      ...notForRobots.map((path) => `Disallow: ${path}`),
      '',
      `Sitemap: ${originOf(req, publicUrl)}/sitemap.xml`,
      '',
    ];
    res.type('text/plain').set('Cache-Control', 'public, no-cache').send(lines.join('\n'));
  });

  return routes;
}

function listPublicPages(catalogue: Catalogue): PublicPage[] {
  const specs = catalogue.specs.map((spec) => ({
    path: `/specs/${spec.id}`,
    changedOn: lastChangedOn(spec),
  }));
  const days = specs.map(({ changedOn }) => changedOn).sort();
  const legalOn = legalVersions.at(-1)?.on ?? null;
  return [
    { path: '/', changedOn: null },
    { path: '/generate', changedOn: null },
    { path: '/specs', changedOn: days.at(-1) ?? null },
    ...specs,
    { path: '/privacy', changedOn: legalOn },
    { path: '/terms', changedOn: legalOn },
    { path: '/credits', changedOn: null },
  ];
}

function writeSitemap(pages: readonly PublicPage[], origin: string): string {
  const urls = pages.map(({ path, changedOn }) => {
    const changed = changedOn === null ? '' : `<lastmod>${escapeXml(changedOn)}</lastmod>`;
    return `<url><loc>${escapeXml(origin + path)}</loc>${changed}</url>`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...urls,
    '</urlset>',
    '',
  ].join('\n');
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
