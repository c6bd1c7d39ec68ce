/** The rows of the spec picker: a spec to tick, and for a custom size of one's own, what can be done with it. */
import { isConfirmed, type Spec } from '../../server/specs/spec.shared.ts';
import { bytesWords, formatWords } from '../../server/specs/words.shared.ts';
import { specSizeWords } from './specWords.ts';

export interface Row {
  spec: Spec;
  element: HTMLElement;
  tick: HTMLInputElement;
}

export interface RowActs {
  edit(specId: string, at: HTMLElement): void;
  remove(specId: string): void;
}

export function buildRow(spec: Spec, onTick: (isTicked: boolean) => void): Row {
  const element = document.createElement('label');
  element.className = 'pick-row';
  const tick = document.createElement('input');
  tick.type = 'checkbox';
  tick.addEventListener('change', () => onTick(tick.checked));
  element.append(
    tick,
    shapeOf(spec),
    words('pick-row__name', spec.name),
    words('pick-row__size', specSizeWords(spec)),
    words('pick-row__rules', rulesOf(spec)),
  );
  return { spec, element, tick };
}

/** A row with "Edit" and "Delete" beside it: a label holds no buttons. */
export function buildOwnRow(spec: Spec, onTick: (isTicked: boolean) => void, acts: RowActs): Row {
  const row = buildRow(spec, onTick);
  const element = document.createElement('div');
  element.className = 'pick-own';
  const edit = button('Edit', `Edit ${spec.name}`);
  edit.addEventListener('click', () => acts.edit(spec.id, edit));
  const remove = button('Delete', `Delete ${spec.name}`);
  remove.addEventListener('click', () => acts.remove(spec.id));
  element.append(row.element, edit, remove);
  return { ...row, element };
}

function rulesOf(spec: Spec): string {
  const parts = [formatWords(spec.formats)];
  if (spec.maxBytes !== null) parts.push(`up to ${bytesWords(spec.maxBytes)}`);
  if (!isConfirmed(spec)) parts.push('unconfirmed');
  return parts.join(' · ');
}

function button(text: string, label: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.className = 'button button--plain';
  made.textContent = text;
  made.setAttribute('aria-label', label);
  return made;
}

function words(className: string, text: string): HTMLElement {
  const element = document.createElement('span');
  element.className = className;
  element.textContent = text;
  return element;
}

/** The spec's shape, small, at true aspect; a broken line where the photo decides it. */
function shapeOf({ widthPx, heightPx, mask, sizing }: Spec): HTMLElement {
  const frame = document.createElement('span');
  frame.className = 'pick-row__shape';
  frame.setAttribute('aria-hidden', 'true');
  const shape = document.createElement('span');
  const scale = 22 / Math.max(widthPx, heightPx);
  shape.style.width = `${Math.max(3, widthPx * scale)}px`;
  shape.style.height = `${Math.max(3, heightPx * scale)}px`;
  if (mask) shape.dataset.mask = mask;
  if (sizing.kind === 'longest' || sizing.kind === 'percent') shape.dataset.shape = 'photo';
  frame.append(shape);
  return frame;
}
