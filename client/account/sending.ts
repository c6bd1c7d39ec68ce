/** A form on its way: it is sent once, its button says so when that takes a while, and so does the page when no answer comes. */
import { hideUnanswered, showUnanswered } from './unanswered.ts';

/** An answer that is faster needs no word. */
const patienceMs = 300;

/** A plain form that is still here after this long was stopped by hand, or its answer was a file. */
const givenUpMs = 20_000;

const releases = new Map<HTMLFormElement, () => void>();

/** Call it once for each page. */
export function followSending(): void {
  const status = document.createElement('p');
  status.className = 'spoken';
  status.setAttribute('aria-live', 'polite');
  document.body.append(status);

  document.addEventListener('submit', dropSecond, { capture: true });
  // Whoever holds a form back (see check) stops the event on its way here.
  document.addEventListener('submit', (event) => {
    const { target, submitter, defaultPrevented } = event;
    if (!(target instanceof HTMLFormElement)) return;
    const isSmooth = target.hasAttribute('hx-post');
    if (defaultPrevented !== isSmooth) return; // sent by nobody
    hideUnanswered();
    begin(target, submitter, status);
    if (!isSmooth) setTimeout(() => release(target), givenUpMs);
  });
  document.addEventListener('htmx:after:request', (event) => {
    const { status: code, text } = readRequest(event);
    if (code === null || code < 500 || text.includes('id="main"')) return;
    event.preventDefault(); // a proxy's own page, which would empty this one
    showUnanswered('unreachable');
  });
  document.addEventListener('htmx:error', (event) => {
    const { form, status: code } = readRequest(event);
    if (form !== null) showUnanswered(code === null ? 'unreachable' : 'broken');
  });
  document.addEventListener('htmx:finally:request', (event) => {
    const { form, isLeaving } = readRequest(event);
    if (form !== null && !isLeaving) release(form);
  });
  // Back from the next page, which the browser may have kept this one for.
  addEventListener('pageshow', () => {
    for (const form of [...releases.keys()]) release(form);
  });
}

function dropSecond(event: SubmitEvent): void {
  if (!(event.target instanceof HTMLFormElement) || !releases.has(event.target)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

function begin(form: HTMLFormElement, submitter: HTMLElement | null, status: HTMLElement): void {
  const timer = setTimeout(() => {
    const button = shownButton(form, submitter);
    const words = busyWords(button);
    const restore = button === null ? () => {} : makeBusy(button, words);
    status.textContent = words;
    releases.set(form, () => {
      status.textContent = '';
      restore();
    });
  }, patienceMs);
  releases.set(form, () => clearTimeout(timer));
}

function release(form: HTMLFormElement): void {
  releases.get(form)?.();
  releases.delete(form);
}

/** Return in a field presses a button that may be hidden: then the one that saves speaks for it. */
function shownButton(form: HTMLFormElement, submitter: HTMLElement | null): HTMLElement | null {
  if (submitter && !submitter.hidden) return submitter;
  return form.querySelector<HTMLElement>(':is(.button--go, .form__go):not([hidden])');
}

function makeBusy(button: HTMLElement, words: string): () => void {
  const before = button.getAttribute('aria-disabled');
  const content = [...button.childNodes];
  button.setAttribute('aria-disabled', 'true');
  if (!button.matches('.button--icon')) {
    button.style.minInlineSize = `${button.offsetWidth}px`; // so that nothing beside it moves
    button.replaceChildren(words);
  }
  return () => {
    if (before === null) button.removeAttribute('aria-disabled');
    else button.setAttribute('aria-disabled', before);
    button.style.minInlineSize = '';
    if (!button.matches('.button--icon')) button.replaceChildren(...content);
  };
}

function busyWords(button: HTMLElement | null): string {
  const saves = button === null || /^(save|keep|make)\b/i.test(button.textContent.trim());
  return saves ? 'Saving…' : 'Sending…';
}

interface SeenRequest {
  form: HTMLFormElement | null;
  /** Null before the head of an answer is there. */
  status: number | null;
  text: string;
  /** The browser is on its way to another page. */
  isLeaving: boolean;
}

/** What htmx tells with its events about a request. */
function readRequest(event: Event): SeenRequest {
  const ctx = event instanceof CustomEvent ? event.detail?.ctx : undefined;
  const form: unknown = ctx?.request?.form;
  return {
    form: form instanceof HTMLFormElement ? form : null,
    status: typeof ctx?.response?.status === 'number' ? ctx.response.status : null,
    text: typeof ctx?.text === 'string' ? ctx.text : '',
    isLeaving: ctx?.keepIndicators === true,
  };
}
