import { Router } from 'express';
import type { RenderPage } from '../http/render.ts';

export function homeRoutes(render: RenderPage): Router {
  const routes = Router();
  routes.get('/', (_req, res) => render(res, 'plain', { title: 'All Img Fit' }));
  return routes;
}
