/** Turns a view and its model into a page. The only file that knows EJS. */
import fs from 'node:fs';
import path from 'node:path';
import ejs from 'ejs';
import type { Response } from 'express';

/** What the layout needs of every page; the rest of the model is for the page's own view. */
export interface PageModel {
  title: string;
  description?: string;
  /** The one address of this page that search engines should know; left out where it is not known. */
  canonical?: string;
  /** Logical name of the sheet with everything common; the workspace has one of its own. `site.css` when left out. */
  styles?: string;
  /** Logical names of the page's own assets, beside site.js and the sheet. */
  pageScripts?: string[];
  pageStyles?: string[];
  bodyClass?: string;
  [own: string]: unknown;
}

/** Renders views/<view>.ejs into views/layout.ejs and sends it with the status that `res` already has. */
export type RenderPage = (res: Response, view: string, model: PageModel) => void;

interface RenderSettings {
  viewsDir: string;
  assetUrl: (name: string) => string;
}

/**
 * Views get the model plus `asset(name)`, `embedJson(value)`, `signedIn` (on account pages; false elsewhere) and
 * `csrfToken`, which every form must send as `_csrf` (an empty string on pages without a session). A fragment gets what the view
 * around it has, and what is given to `include`. The model must be built by our code: never pass a request's data as the model itself.
 */
export function createRenderPage({ viewsDir, assetUrl }: RenderSettings): RenderPage {
  const pages: Templates = new Map();
  const renderView = (templates: Templates, view: string, model: Model): string => {
    const names = Object.keys(model);
    const key = `${view} ${names}`;
    let template = templates.get(key);
    if (template === undefined) {
      template = { run: compileView(viewsDir, view, names), fragments: new Map() };
      templates.set(key, template);
    }
    const { run, fragments } = template;
    return run({
      ...model,
      include: (name: string, own?: Model) => renderView(fragments, name, { ...model, ...own }),
    });
  };
  return (res, view, model) => {
    const full = {
      description: '',
      canonical: '',
      pageScripts: [],
      styles: 'site.css',
      pageStyles: [],
      bodyClass: '',
      ...model,
      path: res.req.path,
      csrfToken: res.req.csrfToken?.() ?? '',
      signedIn: res.locals.signedIn === true,
      asset: assetUrl,
      embedJson,
    };
    const body = renderView(pages, view, full);
    const html = renderView(pages, 'layout', { ...full, body });
    if (!res.hasHeader('Cache-Control')) res.set('Cache-Control', 'no-cache');
    res.type('html');
    if (res.get('Cache-Control') !== 'no-store') return void res.send(html);
    const bytes = Buffer.from(html); // Express would name it by a hash, which nobody will ever ask for
    res.set('Content-Length', String(bytes.length)).end(bytes);
  };
}

/** Answers a form that was carried out: the page at `path` is loaded next, by htmx (https://htmx.org/headers/hx-redirect/) too. */
export function goTo(res: Response, path: string): void {
  if (res.req.get('HX-Request') === undefined) res.redirect(303, path);
  else res.set('HX-Redirect', path).end();
}

type Model = Record<string, unknown>;

/** By the view's name and the names in its model, which are variables in it. */
type Templates = Map<string, { run: ejs.TemplateFunction; fragments: Templates }>;

/**
 * With the names known beforehand a view is ordinary code; EJS would wrap it in `with`, where every variable is searched for:
 * a third of the time of a long page. The model is an object of ours and needs no copy.
 */
function compileView(viewsDir: string, view: string, names: readonly string[]): ejs.TemplateFunction {
  const filename = path.join(viewsDir, `${view}.ejs`);
  // In a block of its own, so that a view may name a constant as its model has it: `const hint = locals.hint ?? ''`.
  return ejs.compile(`<% { -%>${fs.readFileSync(filename, 'utf8')}<% } -%>`, {
    filename,
    strict: true,
    destructuredLocals: [...names, 'include'],
    escape: escapeHtml,
    ...{ unsafePrototypeLocals: true },
  });
}

const special = /[&<>'"]/;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
};

/** As EJS does it; nearly everything has nothing to escape, and is only looked at. */
function escapeHtml(value: unknown): string {
  const text = String(value ?? '');
  return special.test(text) ? text.replace(/[&<>'"]/g, (sign) => entities[sign] ?? sign) : text;
}

/** JSON that can stand inside a <script type="application/json"> whatever the value holds. */
function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
