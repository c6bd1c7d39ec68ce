/** The fields of a custom size's form in the page: reading them, filling them, and saying what is wrong beside each. */
import {
  type CustomSizeFields,
  customSizeFieldNames,
} from '../../server/presets/customSizes/customSizeFields.shared.ts';
import { byId, setText } from './elements.ts';

/** What is in the form; a box that is not ticked and a field that is not there are empty. */
export function readFields(form: HTMLFormElement): CustomSizeFields {
  const sent = new FormData(form);
  const fields = customSizeFieldNames.map((name) => {
    const value = sent.get(name);
    return [name, typeof value === 'string' ? value : ''];
  });
  return Object.fromEntries(fields) as CustomSizeFields;
}

export function fillFields(form: HTMLFormElement, fields: CustomSizeFields): void {
  for (const name of customSizeFieldNames) {
    for (const control of form.querySelectorAll(`[name="${name}"]`)) {
      if (control instanceof HTMLInputElement && ['radio', 'checkbox'].includes(control.type)) {
        control.checked = control.value === fields[name];
      } else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) {
        control.value = fields[name];
      }
    }
  }
}

/** `errors`: field -> sentence. Shows each beside its field and all in the summary; with any, the summary gets the focus unless `isQuiet`. */
export function showErrors(
  form: HTMLFormElement,
  errors: Readonly<Record<string, string>>,
  isQuiet = false,
): void {
  for (const place of form.querySelectorAll<HTMLElement>('[id$="-error"]')) {
    const text = errors[place.id.slice('size-'.length, -'-error'.length)] ?? '';
    setText(place, text);
    place.hidden = text === '';
  }
  for (const control of form.querySelectorAll('[name]')) {
    const name = control.getAttribute('name') ?? '';
    if (errors[name]) control.setAttribute('aria-invalid', 'true');
    else control.removeAttribute('aria-invalid');
  }
  const lines = Object.entries(errors);
  const summary = byId('size-errors', HTMLElement);
  setText(
    byId('size-errors-title', HTMLElement),
    lines.length === 1 ? 'There is a problem' : `There are ${lines.length} problems`,
  );
  byId('size-errors-list', HTMLElement).replaceChildren(...lines.map(([name, text]) => lineFor(name, text)));
  summary.hidden = lines.length === 0;
  if (lines.length > 0 && !isQuiet) summary.focus();
}

function lineFor(name: string, text: string): HTMLElement {
  const item = document.createElement('li');
  const place = document.getElementById(`size-${name}`);
  if (!place) {
    item.textContent = text;
    return item;
  }
  const link = document.createElement('a');
  link.href = `#size-${name}`;
  link.textContent = text;
  // The address bar is left alone: a fragment may be a preset.
  link.addEventListener('click', (event) => {
    event.preventDefault();
    const control = place.matches('input, select') ? place : place.querySelector('input, select');
    if (control instanceof HTMLElement) control.focus();
  });
  item.append(link);
  return item;
}
