import http from 'node:http';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { type Listener, listen } from '../../../server/http/listener.ts';
import { until } from '../runApp.ts';

const here = { host: '127.0.0.1', port: 0 };
let listener: Listener;

afterEach(() => listener.stop(0, 100));

test('a request that runs when the stop begins is answered in full', async () => {
  let started = false;
  listener = await listen(async (_req, res) => {
    started = true;
    await sleep(300);
    res.end('all of it');
  }, here);
  const answer = fetch(listener.url).then((response) => response.text());
  await until('the request has arrived', () => started);
  const stoppingAt = performance.now();
  await listener.stop(0, 5000);
  expect(performance.now() - stoppingAt).toBeLessThan(2000);
  expect(await answer).toBe('all of it');
  await expect(fetch(listener.url)).rejects.toThrow();
});

test('while it drains it goes on answering and asks every client to close', async () => {
  listener = await listen((_req, res) => res.end('still here'), here);
  const stopping = listener.stop(400, 1000);
  const response = await fetch(listener.url);
  expect(await response.text()).toBe('still here');
  expect(response.headers.get('connection')).toBe('close');
  await stopping;
  await expect(fetch(listener.url)).rejects.toThrow();
});

test('idle connections that browsers keep open do not hold up the stop', async () => {
  listener = await listen((_req, res) => res.end(), here);
  const agent = new http.Agent({ keepAlive: true });
  await new Promise((resolve) => http.get(listener.url, { agent }, (res) => res.resume().on('end', resolve)));
  const startedAt = performance.now();
  await listener.stop(0, 5000);
  expect(performance.now() - startedAt).toBeLessThan(1000);
  agent.destroy();
});

test('a client that never finishes is cut off at the limit', async () => {
  listener = await listen(() => {}, here);
  const answer = fetch(listener.url);
  answer.catch(() => {});
  await sleep(50);
  const startedAt = performance.now();
  await listener.stop(0, 300);
  expect(performance.now() - startedAt).toBeLessThan(2000);
  await expect(answer).rejects.toThrow();
});

test('a client that sends its headers drop by drop is answered with 408 and cut off', {
  timeout: 25_000,
}, async () => {
  listener = await listen((_req, res) => res.end(), here);
  const { port } = new URL(listener.url);
  const socket = net.connect(Number(port), '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n');
  const drops = setInterval(() => socket.write('X-Drop: 1\r\n'), 500);
  const startedAt = performance.now();
  let received = '';
  socket.on('data', (chunk) => {
    received += chunk;
  });
  socket.on('error', () => {});
  await new Promise((resolve) => socket.once('close', resolve));
  clearInterval(drops);
  expect(performance.now() - startedAt).toBeLessThan(14_000);
  expect(received).toMatch(/^HTTP\/1\.1 408 /);
});
