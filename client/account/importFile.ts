/** Importing presets: a file that is chosen fills the field, which is what is sent. */

/** More can’t be imported at once anyway: the server takes so much (see http/form). */
const largestBytes = 4_000_000;

/** @param field `.import-file` */
export function startImportFile(field: HTMLElement): () => void {
  const chooser = field.querySelector<HTMLInputElement>('input[type="file"]');
  const text = field.querySelector('textarea');
  const error = field.querySelector<HTMLElement>('[data-file-error]');
  if (chooser === null || text === null || error === null) return () => {};
  const stop = new AbortController();

  const read = async () => {
    const file = chooser.files?.[0];
    if (file === undefined) return;
    const fault = await fill(file, text);
    error.textContent = fault ?? '';
    error.hidden = fault === null;
  };

  chooser.addEventListener('change', () => void read(), { signal: stop.signal });
  return () => stop.abort();
}

/** @returns a sentence when the file can't be read */
async function fill(file: File, text: HTMLTextAreaElement): Promise<string | null> {
  if (file.size > largestBytes) return `${file.name} is too large for a file of presets.`;
  try {
    text.value = await file.text();
    return null;
  } catch {
    return `${file.name} could not be read. It may have been moved: choose it again.`;
  }
}
