/**
 * Counts what this page sends since the first photo was opened, and shows it. The ways by which a script of the page can
 * send a body are counted: fetch, XMLHttpRequest and sendBeacon. Not counted are requests of a worker (ours makes none)
 * and forms (the workspace has none that sends); the page's policy lets neither reach anybody but this site.
 */
import { setText } from './elements.ts';

export interface SentBytes {
  /** Starts the count anew: called when the first photo is opened. */
  start(): void;
  total(): number;
}

export function countSentBytes(label: HTMLElement | null): SentBytes {
  let total = 0;
  let isCounting = false;

  function count(body: unknown): void {
    if (!isCounting || body === null || body === undefined) return;
    total += sizeOf(body);
    show();
  }

  /** A Request does not tell the size of its body, and not every browser whether it has one: its copy is read. */
  async function countRequest(copy: Request): Promise<void> {
    if (!isCounting || copy.method === 'GET' || copy.method === 'HEAD') return;
    const size = await copy.arrayBuffer().then(
      ({ byteLength }) => byteLength,
      () => unknownSize,
    );
    total += size;
    show();
  }

  function show(): void {
    if (!label) return;
    setText(label, `${total.toLocaleString('en')} bytes sent`);
    label.dataset.state = total === 0 ? 'none' : 'some';
  }

  const { fetch } = window;
  window.fetch = (input, init) => {
    if (init?.body != null) count(init.body);
    else if (input instanceof Request) void countRequest(input.clone());
    return fetch(input, init);
  };
  const { sendBeacon } = navigator;
  navigator.sendBeacon = (url, body) => {
    count(body);
    return sendBeacon.call(navigator, url, body);
  };
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (body) {
    count(body);
    return send.call(this, body);
  };

  show();
  return {
    start() {
      isCounting = true;
    },
    total: () => total,
  };
}

/** Of a form or a stream: nobody can tell, but it was not nothing. */
const unknownSize = 1;

function sizeOf(body: unknown): number {
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (body instanceof URLSearchParams) return body.toString().length;
  return unknownSize;
}
