/**
 * Counts what this page sends since the first photo was opened, and shows it. All ways by which a script can send a body
 * (fetch, XMLHttpRequest, sendBeacon) are counted here; the page's policy (connect-src 'self') closes the others.
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

  function show(): void {
    if (!label) return;
    setText(label, `${total.toLocaleString('en')} bytes sent`);
    label.dataset.state = total === 0 ? 'none' : 'some';
  }

  const { fetch } = window;
  window.fetch = (input, init) => {
    count(
      init?.body ?? (input instanceof Request && input.body ? input.headers.get('content-length') : null),
    );
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

function sizeOf(body: unknown): number {
  if (typeof body === 'string') return new TextEncoder().encode(body).length;
  if (body instanceof Blob) return body.size;
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return body.byteLength;
  if (body instanceof URLSearchParams) return body.toString().length;
  return 1; // A form or a stream: its size is unknown, but it was not nothing.
}
