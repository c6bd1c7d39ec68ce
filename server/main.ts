/** Starts and stops the server. The only file that reads process.env or exits. */
import { createServer } from 'node:http';
import path from 'node:path';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { loadAssets } from './http/assets.ts';
import { createRenderPage } from './http/render.ts';
import { createLog } from './log.ts';

const root = path.resolve(import.meta.dirname, '../..');
const config = readConfig(process.env, process.cwd());
const log = createLog(config.logLevel);
const assets = loadAssets(path.join(root, 'dist'));
const render = createRenderPage({ viewsDir: path.join(root, 'views'), assetUrl: assets.url });
const server = createServer(createApp({ config, assets, render, log }));
server.listen(config.port, config.host, () => {
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : config.port;
  console.log(`All Img Fit is listening on http://${config.host}:${port}`);
});
