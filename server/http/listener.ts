/** The socket: listening with limits on slow clients, and stopping without breaking a request. */
import http, { type RequestListener, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, reasonOf, StartError } from '../startError.ts';

/**
 * Limits on slow clients, in milliseconds. Kept-alive connections last longer than a proxy keeps them (nginx and Caddy: 60 s
 * or less), so that it is the proxy that closes first and no request meets a closing socket.
 */
const limits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 2000,
  keepAliveTimeout: 65_000,
};

export interface Listener {
  /** Where it listens, as people type it: `http://127.0.0.1:3000`. */
  url: string;
  /**
   * Goes on answering for `drainMs` with `Connection: close`, then takes no new connection and resolves when the last
   * request has ended, or after `limitMs`, when what still runs is cut off.
   */
  stop(drainMs: number, limitMs: number): Promise<void>;
}

/** @throws StartError when the address is taken or is not this machine's */
export async function listen(
  app: RequestListener,
  { host, port }: { host: string; port: number },
): Promise<Listener> {
  let isStopping = false;
  let isClosed = false;
  const server = http.createServer(limits, (req, res) => {
    if (isStopping) res.setHeader('Connection', 'close');
    // What began before the stop has promised to keep its connection: it is closed as soon as it is idle.
    res.once('close', () => isClosed && setImmediate(() => server.closeIdleConnections()));
    app(req, res);
  });
  server.on('clientError', refuseBroken);
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => {
      reject(new StartError(`Port ${port} on ${host} can't be used: ${reasonOf(error)}.`));
    });
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${portOf(server)}`,
    async stop(drainMs, limitMs) {
      isStopping = true;
      await sleep(drainMs);
      await quietMoment(server);
      isClosed = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cutOff = setTimeout(() => server.closeAllConnections(), limitMs);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

/**
 * Resolves right after a turn of the event loop that found no connection waiting and did nothing else: the kernel resets
 * what still waits when the socket closes, and a proxy can't send a form a second time. What arrives between that turn's look
 * and the closing is lost all the same, so the turn has to be a short one; an idle one takes ten microseconds.
 */
async function quietMoment(server: Server): Promise<void> {
  let accepted = 0;
  const count = () => {
    accepted += 1;
  };
  server.on('connection', count);
  for (let turn = 0; turn < 2000; turn++) {
    const [before, startedAt] = [accepted, performance.now()];
    await new Promise((resolve) => setImmediate(resolve));
    const longestMs = turn < 1500 ? 0.05 : 0.3;
    if (accepted === before && performance.now() - startedAt < longestMs) break;
  }
  server.off('connection', count);
}

/** What never became a request meets no middleware; it gets the status that Node would give, and our strictest headers. */
function refuseBroken(error: Error, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const status = brokenStatus[codeOf(error)] ?? 400;
  const headers = [
    `HTTP/1.1 ${status} ${http.STATUS_CODES[status]}`,
    "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy: same-origin',
    'X-Content-Type-Options: nosniff',
    'Content-Length: 0',
    'Connection: close',
  ];
  socket.end(`${headers.join('\r\n')}\r\n\r\n`, () => socket.destroy());
}

const brokenStatus: Record<string, number> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
};

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
