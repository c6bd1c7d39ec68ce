/** A button beside the link of a preset that copies it. */

export function copyLinks(): void {
  const field = document.querySelector<HTMLInputElement>('#preset-link');
  if (!field || field.dataset.copies === 'yes') return;
  field.dataset.copies = 'yes';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button';
  button.textContent = 'Copy the link';
  const words = document.createElement('span');
  words.setAttribute('role', 'status');
  const line = document.createElement('p');
  line.className = 'copy-link';
  line.append(button, ' ', words);
  field.after(line);
  button.addEventListener('click', async () => {
    words.textContent = (await copyText(field.value)) ? 'Copied.' : 'Copy it from the field, please.';
    field.select();
  });
}

/** @returns false where the browser keeps us from its clipboard: it does on plain http */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
