import { Router } from 'express';
import type { RenderPage } from '../http/render.ts';

export function legalRoutes(render: RenderPage): Router {
  const routes = Router();
  routes.get(['/privacy', '/terms'], (_req, res) => render(res, 'plain', { title: 'Legal' }));
  return routes;
}
