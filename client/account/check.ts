/** The check against robots: the browser works it out by itself; picture and question stay beside it. */
import { solve, type Work } from './proofOfWork.ts';

const words = {
  working: 'Your browser is doing it …',
  done: 'Done by your browser.',
  failed: 'Your browser can’t do it here. Answer the picture or the question.',
};

/** @returns stops it */
export function startCheck(check: HTMLFieldSetElement): () => void {
  const answer = check.querySelector<HTMLInputElement>('input[name="work"]');
  const state = check.querySelector<HTMLElement>('.check__state');
  const { form } = check;
  if (!answer || !state || !form) return () => {};
  const stopper = new AbortController();
  const { signal } = stopper;
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
  holdUntil(
    solved,
    form,
    () => answer.value !== '' || state.dataset.state === 'failed' || isAnswered(check),
    signal,
  );
  renewPicture(check, signal);
  return () => stopper.abort();
}

/** A form that is sent too early waits for the work, then goes by itself. */
function holdUntil(
  solved: Promise<void>,
  form: HTMLFormElement,
  isReady: () => boolean,
  signal: AbortSignal,
): void {
  const hold = (event: SubmitEvent): void => {
    if (isReady()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { submitter } = event;
    void solved.then(() => signal.aborted || form.requestSubmit(submitter));
  };
  form.addEventListener('submit', hold, { capture: true, signal });
}

/** Whether the picture or the question was answered: then nothing needs to be waited for. */
function isAnswered(check: HTMLFieldSetElement): boolean {
  return [...check.querySelectorAll<HTMLInputElement>('.check__text')].some(
    ({ value }) => value.trim() !== '',
  );
}

function renewPicture(check: HTMLFieldSetElement, signal: AbortSignal): void {
  const picture = check.querySelector('img');
  const button = check.querySelector<HTMLButtonElement>('.check__renew');
  const input = check.querySelector<HTMLInputElement>('input[name="picture"]');
  if (!picture || !button || !input) return;
  const address = picture.src;
  let count = 0;
  button.hidden = false;
  button.addEventListener(
    'click',
    () => {
      count += 1;
      picture.src = `${address}?${count}`;
      input.value = '';
      input.focus();
    },
    { signal },
  );
}

function readWork({ dataset }: HTMLElement): Work {
  return { salt: dataset.salt ?? '', challenge: dataset.challenge ?? '', limit: Number(dataset.limit) };
}
