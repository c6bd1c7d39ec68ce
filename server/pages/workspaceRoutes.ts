import { Router } from 'express';
import type { RenderPage } from '../http/render.ts';

export function workspaceRoutes(render: RenderPage): Router {
  const routes = Router();
  routes.get('/generate', (_req, res) =>
    render(res, 'plain', {
      title: 'Workspace',
      pageScripts: ['workspace.js'],
      pageStyles: ['workspace.css'],
    }),
  );
  return routes;
}
