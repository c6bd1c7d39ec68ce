/** The real app with its real views and built assets, without a database, for supertest. */
import path from 'node:path';
import type { Express } from 'express';
import { createApp } from '../../server/app.ts';
import { type Assets, loadAssets } from '../../server/http/assets.ts';
import { createRenderPage } from '../../server/http/render.ts';
import { createLog } from '../../server/log.ts';
import type { Catalogue } from '../../server/specs/catalogue.ts';
import { noDatabase, testConfig, testSecrets } from './appParts.ts';

const root = path.resolve(import.meta.dirname, '../..');

interface PagesApp {
  app: Express;
  assets: Assets;
  /** The log's lines so far, parsed. */
  logLines: Record<string, unknown>[];
}

/** Made by `node server/build.mjs`, which `npm test` runs first. */
const distDir = path.join(root, 'dist');

/**
 * @param variables of the environment, beside those that every test has
 * @param catalogue another than the built-in one
 */
export function createPagesApp(variables: Record<string, string> = {}, catalogue?: Catalogue): PagesApp {
  const logLines: PagesApp['logLines'] = [];
  const assets = loadAssets(distDir);
  const app = createApp({
    config: testConfig(variables),
    assets,
    render: createRenderPage({ viewsDir: path.join(root, 'views'), assetUrl: assets.url }),
    log: createLog('info', { write: (line: string) => void logLines.push(JSON.parse(line)) }),
    checkReadiness: () => Promise.reject(new Error('A page asked for the database')),
    database: noDatabase,
    secrets: testSecrets,
    ...(catalogue && { catalogue }),
  });
  return { app, assets, logLines };
}
