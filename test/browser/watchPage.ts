/** Watches all that a page must never do, from its first byte to the end of the test. */
import type { BrowserContext, Page } from 'playwright-core';

export interface Watch {
  /** Errors and warnings of the console, thrown errors, crashes, and violations of the content security policy. */
  complaints: string[];
  /** Requests to anybody but the app. */
  foreignRequests: string[];
  /** Requests that carry a body or are not a plain read: a photo could leave by them. */
  sendingRequests: string[];
  /** Every request to the app, as `GET /path`. */
  requests: string[];
  /** Throws with the evidence unless all lists of misdeeds are empty. */
  expectClean(): void;
}

/** Starts watching; call it before the first `goto`. `allow` names complaints that the test itself causes. */
export async function watchPage(page: Page, origin: string, allow: RegExp[] = []): Promise<Watch> {
  const watch: Watch = {
    complaints: [],
    foreignRequests: [],
    sendingRequests: [],
    requests: [],
    expectClean() {
      const { complaints, foreignRequests, sendingRequests } = watch;
      const misdeeds = Object.entries({ complaints, foreignRequests, sendingRequests })
        .filter(([, list]) => list.length > 0)
        .map(([name, list]) => `${name}:\n  ${list.join('\n  ')}`);
      if (misdeeds.length > 0) throw new Error(`The page was not clean.\n${misdeeds.join('\n')}`);
    },
  };
  const complain = (text: string): void => {
    if (!allow.some((pattern) => pattern.test(text))) watch.complaints.push(text);
  };
  await reportPolicyViolations(page);
  page.on('console', (message) => {
    const isComplaint = message.type() === 'error' || message.type() === 'warning';
    if (isComplaint) complain(`${message.type()}: ${message.text()} (${message.location().url})`);
  });
  page.on('pageerror', (error) => complain(`thrown: ${error.stack ?? error.message}`));
  page.on('crash', () => complain('The page crashed'));
  page.on('websocket', (socket) => watch.foreignRequests.push(`WebSocket ${socket.url()}`));
  watchRequests(page.context(), origin, watch);
  return watch;
}

/** The context sees the requests of workers too. */
function watchRequests(context: BrowserContext, origin: string, watch: Watch): void {
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.protocol === 'data:' || url.protocol === 'blob:') return;
    const line = `${request.method()} ${url.origin === origin ? url.pathname : url.href}`;
    if (url.origin !== origin) watch.foreignRequests.push(line);
    else watch.requests.push(line);
    const isPlainRead = ['GET', 'HEAD'].includes(request.method()) && request.postDataBuffer() === null;
    if (!isPlainRead) watch.sendingRequests.push(line);
  });
}

/** Chromium prints most violations itself; the event names them all, with the directive. */
async function reportPolicyViolations(page: Page): Promise<void> {
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
}
