/** The drawer with the form of a custom size. */
import {
  readCustomSizeForm,
  writeCustomSizeForm,
} from '../../server/presets/customSizes/customSizeForm.shared.ts';
import type { CustomSize, CustomSizeContent } from '../../server/presets/preset.shared.ts';
import type { Keeper, Outcome } from '../kept/keeper.ts';
import { makeUuid } from '../kept/randomId.ts';
import { announce } from './announce.ts';
import { whileSaving } from './busyButton.ts';
import { addSpecs } from './changes.ts';
import { byId, setText } from './elements.ts';
import { failureWords } from './outcomeWords.ts';
import { fillFields, readFields, showErrors } from './sizeFields.ts';
import { showPreview } from './sizePreview.ts';
import { currentPhoto } from './state.ts';
import type { Store } from './store.ts';

export interface SizeDialogParts {
  store: Store;
  keeper: Keeper;
  /** null: a new one. */
  size: CustomSize | null;
  /** Gets the focus back. */
  at: HTMLElement;
}

export function openSizeDialog({ store, keeper, size, at }: SizeDialogParts): void {
  const dialog = byId('size-dialog', HTMLDialogElement);
  const form = byId('size-form', HTMLFormElement);
  const clash = byId('size-clash', HTMLElement);
  const stop = new AbortController();
  const listen = { signal: stop.signal };
  const formKey = makeUuid();
  let base = size;
  let isSaving = false;
  let complaints: Record<string, string> = {};

  setText(byId('size-dialog-title', HTMLElement), size ? `Edit ${size.name}` : 'New custom size');
  fill(size);
  form.addEventListener('input', preview, listen);
  form.addEventListener('input', ({ target }) => clearMended(target), listen);
  form.addEventListener(
    'submit',
    (event) => {
      event.preventDefault();
      void save();
    },
    listen,
  );
  byId('close-size', HTMLButtonElement).addEventListener('click', () => dialog.close(), listen);
  dialog.addEventListener(
    'close',
    () => {
      stop.abort();
      if (at.isConnected) at.focus();
      else byId('spec-search', HTMLInputElement).focus();
    },
    listen,
  );
  dialog.showModal();
  byId('size-name', HTMLInputElement).focus();

  function fill(content: CustomSizeContent | null): void {
    const fields = writeCustomSizeForm(content);
    const { units } = store.get().settings;
    const onPaper = units === 'px' ? {} : { unit: units, dpi: '300' };
    fillFields(form, content ? fields : { ...fields, ...onPaper });
    complain({});
    clash.hidden = true;
    preview();
  }

  /** Without a name it is no custom size yet, but its shape can be seen. */
  function preview(): void {
    showPreview(readFields(form), currentPhoto(store.get())?.size ?? null);
  }

  function complain(errors: Record<string, string>): void {
    complaints = errors;
    showErrors(form, errors);
  }

  /** What was said of a field goes when it is right; nothing new is said while somebody types. */
  function clearMended(target: EventTarget | null): void {
    const typed = target instanceof Element ? target.getAttribute('name') : null;
    const { errors } = readCustomSizeForm(readFields(form));
    const left = Object.entries(complaints).flatMap(([name, words]) => {
      if (errors[name]) return [[name, errors[name]]];
      return name === typed || isOurs(name) ? [] : [[name, words]];
    });
    complaints = Object.fromEntries(left);
    showErrors(form, complaints, true);
  }

  /** That a name is taken, or that something failed, only saving can tell. */
  function isOurs(name: string): boolean {
    return name !== 'name' && name !== '';
  }

  async function save(): Promise<void> {
    if (isSaving) return;
    const { content, errors } = readCustomSizeForm(readFields(form));
    complain(errors);
    clash.hidden = true;
    if (!content) return;
    isSaving = true;
    try {
      const known = base && { id: base.id, version: base.version };
      const saving = keeper.saveCustomSize(content, known, formKey);
      finish(await whileSaving(byId('save-size', HTMLButtonElement), saving));
    } finally {
      isSaving = false;
    }
  }

  function finish(outcome: Outcome<CustomSize>): void {
    switch (outcome.kind) {
      case 'saved': {
        const { id, name } = outcome.value;
        if (!size) store.change((state) => addSpecs(state, [id]));
        dialog.close();
        announce(size ? `${name} saved` : `${name} saved and put on the wall`);
        return;
      }
      case 'refused':
        complain(outcome.errors);
        return;
      case 'changed':
        showClash(outcome.now);
        return;
      default:
        if (outcome.kind === 'gone') base = null;
        complain({ '': failureWords(outcome) });
    }
  }

  function showClash(now: CustomSize): void {
    setText(
      byId('size-clash-words', HTMLElement),
      `“${now.name}” was changed in another tab or on another device since you opened it. Nothing was overwritten.`,
    );
    clash.hidden = false;
    clash.focus();
    byId('size-keep-mine', HTMLButtonElement).onclick = () => {
      base = now;
      void save();
    };
    byId('size-take-theirs', HTMLButtonElement).onclick = () => {
      base = now;
      fill(now);
      byId('size-name', HTMLInputElement).focus();
    };
  }
}
