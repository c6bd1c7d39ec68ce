/** The app in this process: real routes, views, headers and built assets, without a database. */
import path from 'node:path';
import { createApp } from '../../../server/app.ts';
import type { Readiness } from '../../../server/database/readiness.ts';
import { type Assets, loadAssets } from '../../../server/http/assets.ts';
import { type Listener, listen } from '../../../server/http/listener.ts';
import { createRenderPage } from '../../../server/http/render.ts';
import { createLog } from '../../../server/log.ts';
import { noDatabase, testConfig, testSecrets } from '../appParts.ts';

export interface ServedApp {
  url: string;
  assets: Assets;
  /** The lines written so far, parsed. */
  logged(): Record<string, unknown>[];
  /** The same as text. */
  log(): string;
  stop(): Promise<void>;
}

interface Settings {
  publicUrl?: string;
  readiness?: Readiness;
  /** A folder of views instead of our own. */
  viewsDir?: string;
}

export async function serveApp({
  publicUrl,
  readiness = 'ready',
  viewsDir,
}: Settings = {}): Promise<ServedApp> {
  const lines: string[] = [];
  const assets = loadAssets(path.resolve('dist'));
  const app = createApp({
    config: testConfig(publicUrl === undefined ? {} : { PUBLIC_URL: publicUrl, TRUST_PROXY: '1' }),
    assets,
    render: createRenderPage({ viewsDir: viewsDir ?? path.resolve('views'), assetUrl: assets.url }),
    log: createLog('info', { write: (line: string) => void lines.push(line) }),
    checkReadiness: async () => readiness,
    database: noDatabase,
    secrets: testSecrets,
  });
  const listener: Listener = await listen(app, { host: '127.0.0.1', port: 0 });
  return {
    url: listener.url,
    assets,
    logged: () => lines.map((line) => JSON.parse(line)),
    log: () => lines.join(''),
    stop: () => listener.stop(0, 500),
  };
}
