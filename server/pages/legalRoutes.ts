/** Privacy, terms and credits: the words stand in the views, the facts come from here. */
import { Router } from 'express';
import type { RenderPage } from '../http/render.ts';
import { dateWords } from '../specs/words.shared.ts';
import { photoCredits, softwareCredits } from './credits.ts';
import { legalUpdatedOn, requestLogFields, storageKeys } from './legalFacts.ts';

export function legalRoutes(render: RenderPage): Router {
  const routes = Router();
  const updated = { on: legalUpdatedOn, words: dateWords(legalUpdatedOn) };

  routes.get('/privacy', (_req, res) =>
    render(res, 'privacy', {
      title: 'Privacy · All Img Fit',
      description: 'What All Img Fit stores and sends: your photos stay in the browser, no cookie is set.',
      updated,
      storageKeys,
      logWords: requestLogFields.map(({ words }) => words),
    }),
  );

  routes.get('/terms', (_req, res) =>
    render(res, 'terms', {
      title: 'Terms · All Img Fit',
      description: 'The terms for using All Img Fit: your photos stay yours, and there is no warranty.',
      updated,
    }),
  );

  routes.get('/credits', (_req, res) =>
    render(res, 'credits', {
      title: 'Credits · All Img Fit',
      description:
        'The photos, the typeface, the icons and the libraries of All Img Fit, with their licences.',
      photoCredits,
      softwareCredits,
    }),
  );

  return routes;
}
