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
  /** Logical names of the page's own assets, beside site.js and site.css. */
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
 * `csrfToken`, which every form must send as `_csrf` (an empty string on pages without a session). The model must be built by our code: never pass a
 * request's data as the model itself.
 */
export function createRenderPage({ viewsDir, assetUrl }: RenderSettings): RenderPage {
  const templates = new Map<string, ejs.TemplateFunction>();
  const render = (view: string, model: Record<string, unknown>): string => {
    const template = templates.get(view) ?? compileView(viewsDir, view);
    templates.set(view, template);
    // EJS's own `include` looks for the file and copies its options each time: a third of the time of a page with 600 rows.
    const include = (fragment: string, own?: Record<string, unknown>) =>
      render(fragment, { ...model, ...own });
    return template({ ...model, include });
  };
  return (res, view, model) => {
    const full = {
      description: '',
      canonical: '',
      pageScripts: [],
      pageStyles: [],
      bodyClass: '',
      ...model,
      path: res.req.path,
      csrfToken: res.req.csrfToken?.() ?? '',
      signedIn: res.locals.signedIn === true,
      asset: assetUrl,
      embedJson,
    };
    const body = render(view, full);
    if (!res.hasHeader('Cache-Control')) res.set('Cache-Control', 'no-cache');
    res.type('html').send(render('layout', { ...full, body }));
  };
}

/** Answers a form that was carried out: the page at `path` is loaded next, by htmx (https://htmx.org/headers/hx-redirect/) too. */
export function goTo(res: Response, path: string): void {
  if (res.req.get('HX-Request') === undefined) res.redirect(303, path);
  else res.set('HX-Redirect', path).end();
}

function compileView(viewsDir: string, view: string): ejs.TemplateFunction {
  const filename = path.join(viewsDir, `${view}.ejs`);
  return ejs.compile(fs.readFileSync(filename, 'utf8'), { filename });
}

/** JSON that can stand inside a <script type="application/json"> whatever the value holds. */
function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(/</g, '\\u003c');
}
