/** How much the workspace weighs before any photo, as it comes over the wire: the page, styles, scripts, font, icons, sheet. */
import { expect, test } from 'vitest';
import { openStage } from './stage.ts';

const stage = openStage();

test('the first load of the workspace stays below 150 KB', async () => {
  const context = await stage.browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  const addresses = new Map<string, string>();
  const weights: [string, number][] = [];
  session.on('Network.responseReceived', ({ requestId, response }) => addresses.set(requestId, response.url));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    weights.push([addresses.get(requestId) ?? requestId, encodedDataLength]);
  });
  await page.goto(`${stage.app.url}/generate`, { waitUntil: 'networkidle' });
  await context.close();
  const heaviest = weights.sort(([, a], [, b]) => b - a).map(([address, bytes]) => `${bytes} ${address}`);
  const total = weights.reduce((sum, [, bytes]) => sum + bytes, 0);
  expect(weights.length).toBeGreaterThan(5);
  expect(total, heaviest.join('\n')).toBeLessThan(150_000);
});
