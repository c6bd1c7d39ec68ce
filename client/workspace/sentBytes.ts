/**
 * Counts what this page sends since the first photo was opened, and shows it. What a person saves with their account is sent
 * too: it counts like everything else, and is said by name. The ways by which a script of the page can
 * send a body are counted: fetch, XMLHttpRequest and sendBeacon. Not counted are requests of a worker (ours makes none)
 * and forms (the workspace has none that sends); the page's policy lets neither reach anybody but this site.
 */

export interface SentBytes {
  /** Starts the count anew: called when the first photo is opened. */
  start(): void;
  /** Says what a body is that will be sent: `your preset`. */
  name(body: object, name: string): void;
}

export function countSentBytes(label: HTMLElement | null): SentBytes {
  let total = 0;
  let isCounting = false;
  const nameOf = new WeakMap<object, string>();
  /** What was sent; null stands for something that nobody named. */
  const sent = new Set<string | null>();

  function count(body: unknown): void {
    if (!isCounting || body === null || body === undefined) return;
    total += sizeOf(body);
    sent.add((typeof body === 'object' && nameOf.get(body)) || null);
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
    sent.add(null);
    show();
  }

  function show(): void {
    if (!label) return;
    const names = sentNames(sent);
    const words = document.createElement('span');
    words.className = 'sent__names'; // on a phone there is no room for it
    words.textContent = names;
    const line = document.createElement('span'); // one, so that no gap comes before the colon
    line.append(`${total.toLocaleString('en')} bytes sent`, words);
    label.replaceChildren(line);
    label.dataset.state = total === 0 ? 'none' : sent.has(null) ? 'some' : 'named';
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
    name: (body, name) => void nameOf.set(body, name),
  };
}

/** `: your preset`; nothing where something has no name. */
function sentNames(sent: ReadonlySet<string | null>): string {
  return sent.size === 0 || sent.has(null) ? '' : `: ${[...sent].join(', ')}`;
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
