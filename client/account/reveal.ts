/** A button beside a password field that shows what was typed. */

/** @returns stops it */
export function startReveal(field: HTMLElement): () => void {
  const input = field.querySelector('input');
  const button = field.querySelector('button');
  if (!input || !button) return () => {};
  const stopper = new AbortController();
  const { signal } = stopper;
  const show = (isShown: boolean): void => {
    input.type = isShown ? 'text' : 'password';
    button.textContent = isShown ? 'Hide' : 'Show';
    button.setAttribute('aria-pressed', String(isShown));
  };
  button.hidden = false;
  button.addEventListener('click', () => show(input.type === 'password'), { signal });
  // A browser offers to keep a password only from a field that is one again when the form goes.
  input.form?.addEventListener('submit', () => show(false), { signal });
  return () => stopper.abort();
}
