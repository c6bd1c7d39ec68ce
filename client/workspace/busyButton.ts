/** A button that says that its work is still going on. */

/** What is done sooner needs no word. */
const patienceMs = 300;

/** Says "Saving…" after a moment and until the work ends. The button keeps the focus: who calls drops what is pressed meanwhile. */
export async function whileSaving<Value>(button: HTMLElement, work: Promise<Value>): Promise<Value> {
  const words = button.textContent;
  const timer = setTimeout(() => {
    button.setAttribute('aria-disabled', 'true');
    button.textContent = 'Saving…';
  }, patienceMs);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    button.removeAttribute('aria-disabled');
    button.textContent = words;
  }
}
