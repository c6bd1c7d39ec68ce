/** A file of presets that is chosen goes into the field where its text can be pasted, so that there is one form for both. */

/** More is no file of presets; the server takes less still, and says so. */
const mostBytes = 4_000_000;

export function readFiles(within: ParentNode): void {
  for (const input of within.querySelectorAll<HTMLInputElement>('input[type="file"]')) {
    if (input.dataset.reads === 'yes') continue;
    input.dataset.reads = 'yes';
    input.addEventListener('change', () => void read(input));
    void read(input); // chosen before the script was there
  }
}

async function read(input: HTMLInputElement): Promise<void> {
  const [file] = input.files ?? [];
  const field = input.form?.querySelector<HTMLTextAreaElement>('textarea[name="json"]');
  const error = input.form?.querySelector<HTMLElement>('[data-file-error]');
  if (!file || !field) return;
  const isTooLarge = file.size > mostBytes;
  const text = isTooLarge ? null : await file.text().catch(() => null);
  if (error) {
    error.hidden = text !== null;
    error.textContent = isTooLarge
      ? `${file.name} is too large to be a file of presets.`
      : `${file.name} could not be read. Choose it again, or paste its text.`;
  }
  if (text === null) return;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
