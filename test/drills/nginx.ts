/** Debian's nginx with the very configuration of docs/deploy.md, on a port and with a certificate of its own. */
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { temporaryFolder, until } from '../server/runApp.ts';

export interface Nginx {
  /** By its number: `https://127.0.0.1:PORT`. It answers for the host name in docs/deploy.md. */
  url: string;
  /** What it complained about, without names and numbers of requests. */
  complaints(): string[];
  stop(): Promise<void>;
}

export const documentedHost = 'fit.example.org';

/** @param ports of the servers behind it */
export async function startNginx(ports: readonly number[]): Promise<Nginx> {
  const folder = temporaryFolder();
  const port = await findFreePort();
  const name = (file: string) => path.join(folder, file);
  const made = spawnSync('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
    ...['-subj', `/CN=${documentedHost}`, '-keyout', name('key.pem'), '-out', name('cert.pem')],
  ]);
  if (made.status !== 0) throw new Error(`openssl is needed for a certificate: ${made.stderr ?? made.error}`);

  const blocks = [...fs.readFileSync('docs/deploy.md', 'utf8').matchAll(/```nginx\n([\s\S]*?)```/g)].map(
    ([, text = '']) => text,
  );
  const [server = '', upstream = ''] = blocks;
  const [https = ''] = server.split(/^(?=server \{)/m);
  const documented = https
    .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
    .replace(/ssl_certificate {5}\S+/, `ssl_certificate ${name('cert.pem')};`)
    .replace(/ssl_certificate_key \S+/, `ssl_certificate_key ${name('key.pem')};`)
    .replace('http://127.0.0.1:3000', 'http://fit');
  const [first = '', ...rest] = upstream.split('\n').filter((line) => line.includes('server 127'));
  const servers = ports.map((own, i) => (i === 0 ? first : (rest[0] ?? first)).replace(/:\d+/, `:${own}`));
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${name(kind)};`,
  );
  fs.writeFileSync(
    name('nginx.conf'),
    `${process.getuid?.() === 0 ? 'user root;' : ''} worker_processes 1; pid ${name('pid')}; daemon off;
     error_log ${name('error.log')} warn; events { worker_connections 512; }
     http { access_log off; ${temporary.join(' ')}\nupstream fit {\n${servers.join('\n')}\n}\n${documented} }`,
  );
  const process_ = spawn('nginx', ['-p', folder, '-c', name('nginx.conf')], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => process_.once('exit', () => resolve()));
  process_.once('error', () => {});
  await until('nginx listens', () => canConnect(port)).catch((error: Error) => {
    const reason = fs.existsSync(name('error.log'))
      ? fs.readFileSync(name('error.log'), 'utf8')
      : 'it is not installed';
    throw new Error(`nginx did not start: ${reason}\n${error.message}`);
  });
  return {
    url: `https://127.0.0.1:${port}`,
    complaints() {
      const lines = fs.readFileSync(name('error.log'), 'utf8').split('\n');
      return lines.flatMap((line) => /\[(?:warn|error|crit)\] \d+#\d+: \*\d+ ([^,]*)/.exec(line)?.[1] ?? []);
    },
    async stop() {
      process_.kill('SIGQUIT');
      await ended;
      fs.rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function canConnect(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
