/** Privacy, terms and credits: the words stand in the views, the facts come from here. */
import { Router } from 'express';
import type { RenderPage } from '../http/render.ts';
import { knownCookieName, sessionCookieName } from '../http/session.ts';
import { dateWords } from '../specs/words.shared.ts';
import { photoCredits, softwareCredits } from './credits.ts';
import {
  auditLogFields,
  browserDatabases,
  legalVersions,
  modules,
  requestLogFields,
  storageKeys,
} from './legalFacts.ts';
import {
  describeCookies,
  describeOperator,
  describeTables,
  type LegalSettings,
  listPeriods,
} from './legalWords.ts';

export function legalRoutes(render: RenderPage, settings: LegalSettings): Router {
  const routes = Router();
  const isHttps = settings.publicUrl?.protocol === 'https:';
  const updatedOn = legalVersions.at(-1)?.on ?? '';
  const updated = { on: updatedOn, words: dateWords(updatedOn) };
  const operator = describeOperator(settings);

  routes.get('/privacy', (_req, res) =>
    render(res, 'privacy', {
      title: 'Privacy · All Img Fit',
      description:
        'What All Img Fit stores about you, column by column, and for how long. Your photos stay in the browser.',
      updated,
      operator,
      isHttps,
      modules,
      tables: describeTables(settings),
      cookies: describeCookies(settings, {
        session: sessionCookieName(isHttps),
        known: knownCookieName(isHttps),
      }),
      periods: listPeriods(settings),
      storageKeys,
      browserDatabases,
      logWords: requestLogFields.map(({ words }) => words),
      auditWords: auditLogFields.map(({ words }) => words),
    }),
  );

  routes.get('/terms', (_req, res) =>
    render(res, 'terms', {
      title: 'Terms · All Img Fit',
      description: 'The terms for using All Img Fit: your photos stay yours, and there is no warranty.',
      updated,
      operator,
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
