/** The public catalogue: no session, no database. */
import { Router } from 'express';
import { HttpError } from '../http/errors.ts';
import type { RenderPage } from '../http/render.ts';
import type { Catalogue } from './catalogue.ts';
import { describeSpec, listSpecs } from './specPages.ts';

const longestQuery = 100;

export function specRoutes(render: RenderPage, catalogue: Catalogue): Router {
  const routes = Router();

  routes.get('/specs', (req, res) => {
    const list = listSpecs(catalogue, readQuery(req.query.q));
    render(res, 'specs', {
      title: list.query === '' ? 'Specs · All Img Fit' : `Specs: ${list.query} · All Img Fit`,
      description:
        `Image sizes, formats, byte limits and safe areas of ${list.total} placements in ` +
        `${list.groupCount} groups, each with its source and the date it was checked.`,
      list,
    });
  });

  routes.get('/specs/:id', (req, res) => {
    const found = catalogue.find(req.params.id);
    if (found === null) throw new HttpError(404, 'The catalogue has no spec at this address.');
    const spec = describeSpec(catalogue, found);
    render(res, 'spec', {
      title: `${spec.group}: ${spec.name}, ${spec.size} · All Img Fit`,
      description:
        `${spec.group}, ${spec.name}: ${spec.size} pixels, ${spec.formats}, ${spec.bytes}. ` +
        `With safe area, sources and the date they were checked (${spec.checked}).`,
      spec,
    });
  });

  return routes;
}

function readQuery(value: unknown): string {
  return typeof value === 'string' ? value.trim().slice(0, longestQuery) : '';
}
