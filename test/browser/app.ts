/** The real app for a test file: real routes, views, assets and headers on a free port of this machine. No database. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createApp } from '../../server/app.ts';
import { loadAssets } from '../../server/http/assets.ts';
import { createRenderPage } from '../../server/http/render.ts';
import { createLog } from '../../server/log.ts';
import type { Catalogue } from '../../server/specs/catalogue.ts';
import { noDatabase, testConfig, testSecrets } from '../server/appParts.ts';

export interface App {
  /** Its origin, without a slash at the end. */
  url: string;
  /** The requests that came with a body, as the server saw them: `POST /path`. There should be none. */
  bodiesReceived: string[];
  /** The url of an asset by its logical name. */
  assetUrl(name: string): string;
  stop(): Promise<void>;
}

/** Starts the app on what `npm run build` made in dist/. `catalogue`: another than the built-in one. */
export async function startApp(catalogue?: Catalogue): Promise<App> {
  const folder = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
  const assets = loadAssets(folder('dist'));
  const handle = createApp({
    config: testConfig(),
    assets,
    render: createRenderPage({ viewsDir: folder('views'), assetUrl: assets.url }),
    log: createLog('error'),
    checkReadiness: async () => 'ready',
    database: noDatabase,
    secrets: testSecrets,
    ...(catalogue && { catalogue }),
  });
  const bodiesReceived: string[] = [];
  const server = createServer((request, response) => {
    const { 'content-length': length = '0', 'transfer-encoding': encoding } = request.headers;
    if (length !== '0' || encoding) bodiesReceived.push(`${request.method} ${request.url}`);
    handle(request, response);
  });
  return { ...(await listenOnFreePort(server)), bodiesReceived, assetUrl: assets.url };
}

/** Starts the server for this machine only; `stop` also ends connections that are still open. */
export async function listenOnFreePort(server: Server): Promise<Pick<App, 'url' | 'stop'>> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
