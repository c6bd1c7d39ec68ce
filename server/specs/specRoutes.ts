/** The public catalogue: no session, no database, and the same page for everybody. */
import { type Response, Router } from 'express';
import { HttpError } from '../http/errors.ts';
import type { RenderPage } from '../http/render.ts';
import type { Catalogue } from './catalogue.ts';
import { addressOf, noFilters, readFilters } from './specFilters.ts';
import { listSpecs } from './specList.ts';
import { descriptionOf, titleOf } from './specMeta.ts';
import { describeSpec } from './specPage.ts';

/**
 * Anybody may keep the pages, but has to ask each time whether they are still so (the answer is 304 by ETag): they name
 * assets that a newer build does not have.
 */
function keepButAsk(res: Response): void {
  res.set('Cache-Control', 'public, no-cache');
}

/** @param publicUrl where the site is reached; null: not known, and pages name no canonical address */
export function specRoutes(render: RenderPage, catalogue: Catalogue, publicUrl: URL | null): Router {
  const routes = Router();
  const canonical = (path: string) => (publicUrl === null ? '' : new URL(path, publicUrl).href);

  routes.get('/specs', (req, res) => {
    keepButAsk(res);
    const filters = readFilters(req.query, catalogue.groups);
    const list = listSpecs(catalogue, filters);
    const isWhole = addressOf(filters) === addressOf(noFilters);
    const chosen = list.chosen.map(({ label }) => label).join(', ');
    render(res, 'specs', {
      title: isWhole ? 'Specs: image sizes by place · All Img Fit' : `Specs: ${chosen} · All Img Fit`,
      description:
        `Image sizes, formats, byte limits and safe areas of ${list.total} placements in ` +
        `${list.groupCount} groups, each with its source and the date it was checked.`,
      canonical: canonical('/specs'),
      list,
    });
  });

  routes.get('/specs/:id', (req, res) => {
    const found = catalogue.find(req.params.id);
    if (found === null) throw new HttpError(404, 'The catalogue has no spec at this address.');
    keepButAsk(res);
    render(res, 'spec', {
      title: titleOf(found),
      description: descriptionOf(found),
      canonical: canonical(`/specs/${found.id}`),
      spec: describeSpec(catalogue, found),
    });
  });

  return routes;
}
