/** The socket: listening with limits on slow clients, and stopping without breaking a request. */
import http, { type RequestListener, type Server } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { reasonOf, StartError } from '../startError.ts';

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
  const server = http.createServer(limits, (req, res) => {
    if (isStopping) res.setHeader('Connection', 'close');
    app(req, res);
  });
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
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cutOff = setTimeout(() => server.closeAllConnections(), limitMs);
      await closed;
      clearTimeout(cutOff);
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
