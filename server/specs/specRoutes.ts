import { Router } from 'express';
import type { RenderPage } from '../http/render.ts';

export function specRoutes(render: RenderPage): Router {
  const routes = Router();
  routes.get('/specs', (_req, res) => render(res, 'plain', { title: 'Specs' }));
  return routes;
}
