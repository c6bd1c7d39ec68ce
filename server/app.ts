/** Every middleware and router in order, top to bottom: the floor plan of the server. */
import express, { type Express } from 'express';
import { accountRoutes } from './account/accountRoutes.ts';
import { createAuthParts } from './auth/authParts.ts';
import { authRoutes } from './auth/authRoutes.ts';
import type { RandomInt } from './auth/captchaText.ts';
import type { Config } from './config.ts';
import type { Database } from './database/pool.ts';
import type { Readiness } from './database/readiness.ts';
import { accountPaths, accountStack, createAccountParts } from './http/accountStack.ts';
import type { Assets } from './http/assets.ts';
import { compressPages } from './http/compressPages.ts';
import { errorPage, notFound } from './http/errorPage.ts';
import { healthRoutes } from './http/health.ts';
import { onlyHost, onlyMethods } from './http/refusals.ts';
import type { RenderPage } from './http/render.ts';
import { requestLog } from './http/requestLog.ts';
import { securityHeaders } from './http/securityHeaders.ts';
import type { Log } from './log.ts';
import { homeRoutes } from './pages/homeRoutes.ts';
import { legalRoutes } from './pages/legalRoutes.ts';
import { sitemapRoutes } from './pages/sitemapRoutes.ts';
import { workspaceRoutes } from './pages/workspaceRoutes.ts';
import { presetsRoutes } from './presets/presetsRoutes.ts';
import type { Secrets } from './secrets.ts';
import { builtIn, type Catalogue } from './specs/catalogue.ts';
import { specRoutes } from './specs/specRoutes.ts';

export interface AppParts {
  config: Config;
  assets: Assets;
  render: RenderPage;
  log: Log;
  checkReadiness: () => Promise<Readiness>;
  database: Database;
  secrets: Secrets;
  /** The built-in one, unless a test brings its own. */
  catalogue?: Catalogue;
  /** What captchas are drawn with; tests alone bring their own. */
  randomInt?: RandomInt;
}

export function createApp(parts: AppParts): Express {
  const { config, assets, render, log, catalogue = builtIn } = parts;
  const { publicUrl } = config;
  const isHttps = publicUrl?.protocol === 'https:';
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);

  app.use(requestLog(log));
  app.use(securityHeaders(isHttps));
  app.use(onlyMethods(accountPaths));
  app.use(healthRoutes(parts.checkReadiness)); // before the host is looked at: probes come by address
  app.use(onlyHost(publicUrl));
  app.use(assets.routes);

  app.use(compressPages());
  app.use(homeRoutes(render, catalogue));
  app.use(workspaceRoutes(render, catalogue));
  app.use(specRoutes(render, catalogue, publicUrl));
  app.use(legalRoutes(render, config));
  app.use(sitemapRoutes(catalogue, publicUrl));

  const accountParts = createAccountParts(parts, isHttps);
  app.use(accountPaths, accountStack(accountParts));
  const authParts = createAuthParts(accountParts, parts.randomInt);
  app.use(authRoutes(authParts));
  app.use(accountRoutes(authParts));
  app.use(presetsRoutes(accountParts, catalogue));

  app.use(notFound);
  app.use(errorPage(render, log, publicUrl));
  return app;
}
