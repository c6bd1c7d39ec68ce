/** The check against robots: the browser works it out by itself; picture and question stay beside it. */
import { solve, type Work } from './proofOfWork.ts';

const words = {
  working: 'Your browser is doing it …',
  done: 'Done by your browser.',
  failed: 'Your browser can’t do it here. Answer the picture or the question.',
};

/** The server takes an answer for five minutes. */
const freshMs = 4.5 * 60_000;

/**
 * @param restart brings the page to life again, when the check has been replaced because it had grown old
 * @returns stops it
 */
export function startCheck(check: HTMLFieldSetElement, restart: () => void): () => void {
  const answer = check.querySelector<HTMLInputElement>('input[name="work"]');
  const state = check.querySelector<HTMLElement>('.check__state');
  const { form } = check;
  if (!answer || !state || !form) return () => {};
  const stopper = new AbortController();
  const { signal } = stopper;
  const startedAt = Date.now();
  const say = (name: keyof typeof words): void => {
    state.dataset.state = name;
    state.textContent = words[name];
  };

  say('working');
  const solved = solve(readWork(check), signal).then(
    (number) => {
      answer.value = String(number);
      say('done');
    },
    () => {
      if (signal.aborted) return;
      say('failed');
      check.querySelector('details')?.setAttribute('open', '');
    },
  );

  /** What a form that is sent has to wait for; null when it may go. */
  const waitsFor = (): Promise<void> | null => {
    if (state.dataset.state === 'failed' || isAnswered(check)) return null;
    if (Date.now() - startedAt > freshMs) return renewCheck(check, form).then(restart);
    return answer.value === '' ? solved : null;
  };
  const hold = (event: SubmitEvent): void => {
    const wait = waitsFor();
    if (wait === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    void wait.then(() => form.isConnected && form.requestSubmit(submitter));
  };
  form.addEventListener('submit', hold, { capture: true, signal });
  renewPicture(check, signal);
  return () => stopper.abort();
}

/** Whether the picture or the question was answered: then nothing needs to be waited for. */
function isAnswered(check: HTMLFieldSetElement): boolean {
  const texts = [...check.querySelectorAll<HTMLInputElement>('.check__text')];
  return texts.some(({ value }) => value.trim() !== '');
}

/** Takes a new check out of a new copy of the page, so that what was typed need not be typed again. */
async function renewCheck(check: HTMLFieldSetElement, form: HTMLFormElement): Promise<void> {
  const answer = await fetch(form.action).catch(() => null);
  const page = new DOMParser().parseFromString((await answer?.text()) ?? '', 'text/html');
  const renewed = page.querySelector('.check');
  if (renewed) check.replaceWith(renewed);
  else check.querySelector('details')?.setAttribute('open', ''); // the server will say what is the matter
}

function renewPicture(check: HTMLFieldSetElement, signal: AbortSignal): void {
  const picture = check.querySelector('img');
  const button = check.querySelector<HTMLButtonElement>('.check__renew');
  const input = check.querySelector<HTMLInputElement>('input[name="picture"]');
  if (!picture || !button || !input) return;
  const address = picture.src;
  let count = 0;
  button.hidden = false;
  const renew = (): void => {
    count += 1;
    picture.src = `${address}?${count}`;
    input.value = '';
    input.focus();
  };
  button.addEventListener('click', renew, { signal });
}

function readWork({ dataset }: HTMLElement): Work {
  return { salt: dataset.salt ?? '', challenge: dataset.challenge ?? '', limit: Number(dataset.limit) };
}
