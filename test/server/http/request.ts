/** Requests that fetch() can't make: any method, any path, any header, and the body as it came over the wire. */
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

interface Wanted {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** @param address a path exactly as it goes on the wire: nothing is normalised */
export function request(
  origin: string,
  address: string,
  { method = 'GET', headers = {}, body }: Wanted = {},
): Promise<Answer> {
  const { protocol, hostname, port } = new URL(origin);
  const send = protocol === 'https:' ? https.request : http.request;
  return new Promise((resolve, reject) => {
    const sent = send(
      { hostname, port, path: address, method, headers, agent: false, rejectUnauthorized: false }, // a test's own certificate
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
        response.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Sends the text as it is over one connection and resolves with everything that came back. */
export function sendRaw(origin: string, text: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = net.connect(Number(port), hostname, () => socket.write(text));
    socket.setEncoding('latin1').on('data', (chunk) => {
      received += chunk;
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
  });
}
