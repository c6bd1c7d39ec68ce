/** A TCP proxy that can be slow or silent, in front of a Unix socket or a port. */
import net, { type NetConnectOpts, type Socket } from 'node:net';

export interface TcpProxy {
  port: number;
  /** Every byte waits so long, each way. */
  delayMs: number;
  /** While true nothing passes and nothing closes, as when a cable is pulled. */
  isSilent: boolean;
  stop(): Promise<void>;
}

export async function startTcpProxy(target: NetConnectOpts): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  const server = net.createServer((near) => {
    const far = net.connect(target);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (chunk) => {
        if (proxy.isSilent) return;
        setTimeout(() => !to.destroyed && to.write(chunk), proxy.delayMs);
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        if (!proxy.isSilent) to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const proxy: TcpProxy = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    delayMs: 0,
    isSilent: false,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
  return proxy;
}
