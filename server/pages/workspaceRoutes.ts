/** `/generate`: the workspace. The page carries the whole catalogue; the rest happens in the browser. */
import { Router } from 'express';
import type { RenderPage } from '../http/render.ts';
import { writeCustomSizeForm } from '../presets/customSizes/customSizeForm.shared.ts';
import type { Catalogue } from '../specs/catalogue.ts';

export function workspaceRoutes(render: RenderPage, { specs, popularIds }: Catalogue): Router {
  const routes = Router();
  routes.get('/generate', (_req, res) =>
    render(res, 'workspace', {
      title: 'Workspace · All Img Fit',
      description:
        'Drop in a photo and see every size it has to fit at once. Move one point and all follow. Nothing is uploaded.',
      pageScripts: ['workspace.js'],
      styles: 'workspace.css',
      bodyClass: 'page-workspace',
      catalogue: { specs, popularIds },
      blankSize: writeCustomSizeForm(null),
    }),
  );
  return routes;
}
