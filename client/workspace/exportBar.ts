/** The bar at the foot: what an export would give, its settings, its progress and its result. */

import { formats } from '../../server/specs/spec.shared.ts';
import { bytesWords } from '../../server/specs/words.shared.ts';
import { checkTemplate } from '../engine/fileNames.ts';
import { timeLeft, timeWords } from '../engine/timeLeft.ts';
import { announce } from './announce.ts';
import type { Catalogue } from './catalogue.ts';
import { changeSettings } from './changes.ts';
import { byId, setText } from './elements.ts';
import { type ExportResult, type Job, planJobs, runExport } from './exporter.ts';
import type { PixelWorkers } from './pixelWorkers.ts';
import { currentPhoto, editsOf, type Photo, type State } from './state.ts';
import type { Store } from './store.ts';

export interface ExportBar {
  /** Saves the current photo at one spec. */
  saveOne(specId: string): void;
  /** Whether there is work that no export has delivered yet. */
  hasUnexported(): boolean;
}

export function showExportBar(store: Store, catalogue: Catalogue, workers: PixelWorkers): ExportBar {
  const all = byId('export-all', HTMLButtonElement);
  const selected = byId('export-selected', HTMLButtonElement);
  const format = byId('format', HTMLSelectElement);
  const quality = byId('quality', HTMLInputElement);
  const template = byId('template', HTMLInputElement);
  const message = byId('template-message', HTMLElement);
  const toggle = byId('toggle-settings', HTMLButtonElement);
  let running: AbortController | null = null;
  /** The photos and edits that the last complete export delivered. */
  let delivered: Pick<State, 'photos' | 'edits'> | null = null;

  all.addEventListener('click', () => void start(store.get().edits.specIds, store.get().photos));
  selected.addEventListener('click', () => void start(store.get().selected, store.get().photos));
  byId('cancel-export', HTMLButtonElement).addEventListener('click', () =>
    running?.abort(new Error('Cancelled.')),
  );
  byId('close-result', HTMLButtonElement).addEventListener('click', () => {
    byId('bar-result', HTMLElement).hidden = true;
    all.focus();
  });
  format.addEventListener('change', () => {
    const chosen = formats.find((known) => known === format.value) ?? 'auto';
    store.change((state) => changeSettings(state, { format: chosen }));
  });
  quality.addEventListener('input', () => {
    store.change((state) => changeSettings(state, { quality: Number(quality.value) }));
  });
  template.addEventListener('input', () => {
    store.change((state) => changeSettings(state, { template: template.value }));
  });
  toggle.addEventListener('click', () => {
    const isOpen = toggle.getAttribute('aria-expanded') === 'true';
    toggle.setAttribute('aria-expanded', String(!isOpen));
    byId('bar', HTMLElement).classList.toggle('bar--open', !isOpen);
  });

  async function start(specIds: readonly string[], photos: readonly Photo[]): Promise<void> {
    if (running) return;
    const check = checkTemplate(store.get().settings.template);
    if (!check.ok) {
      byId('bar', HTMLElement).classList.add('bar--open');
      toggle.setAttribute('aria-expanded', 'true');
      template.focus();
      return announce(check.reason);
    }
    const stop = new AbortController();
    running = stop;
    const wanted = new Set(photos.map(({ id }) => id));
    showBusy('Waiting for the last photos to be read', 0, 1);
    try {
      const state = await settled(wanted, stop.signal);
      const jobs = planJobs(
        state,
        catalogue,
        specIds,
        state.photos.filter(({ id }) => wanted.has(id)),
      );
      const startedAt = performance.now();
      const onProgress = (done: number): void => showProgress(done, jobs, performance.now() - startedAt);
      onProgress(0);
      announce(`Exporting ${countWords(jobs.length, 'file')}`);
      const result = await runExport(jobs, { workers, signal: stop.signal, onProgress });
      const isWhole = specIds === state.edits.specIds && wanted.size === state.photos.length;
      if (isWhole && result.failures.length === 0) delivered = state;
      showResult(result);
    } catch (error) {
      const words = stop.signal.aborted
        ? 'Export cancelled. Nothing was saved.'
        : `The export stopped: ${reasonOf(error)}`;
      showWords(words, []);
    } finally {
      running = null;
      showIdle();
    }
  }

  /** The state once each wanted photo is read (or refused) and its focal point is found or set by hand. */
  function settled(wanted: ReadonlySet<number>, signal: AbortSignal): Promise<State> {
    return new Promise((resolve, reject) => {
      let stopListening = (): void => {};
      const check = (state: State): void => {
        const open = state.photos.filter(
          ({ id, found }) => wanted.has(id) && !found && !editsOf(state, id).focal,
        );
        if (open.length > 0) return;
        // The first call comes before `stopListening` is known.
        queueMicrotask(() => stopListening());
        resolve(state);
      };
      signal.addEventListener('abort', () => {
        stopListening();
        reject(signal.reason);
      });
      stopListening = store.listen(check);
    });
  }

  function showBusy(words: string, done: number, total: number): void {
    byId('bar-ready', HTMLElement).hidden = true;
    byId('bar-result', HTMLElement).hidden = true;
    byId('bar-busy', HTMLElement).hidden = false;
    setText(byId('busy-words', HTMLElement), words);
    const progress = byId('busy-progress', HTMLProgressElement);
    progress.max = Math.max(1, total);
    progress.value = done;
  }

  function showProgress(done: number, jobs: readonly Job[], elapsedMs: number): void {
    const left = timeLeft(done, jobs.length, elapsedMs);
    const time = left === null || done === jobs.length ? '' : ` · ${timeWords(left)} left`;
    const words =
      done === jobs.length ? 'Writing the zip' : `${done} of ${countWords(jobs.length, 'file')}${time}`;
    showBusy(words, done, jobs.length);
  }

  function showIdle(): void {
    byId('bar-busy', HTMLElement).hidden = true;
    byId('bar-ready', HTMLElement).hidden = false;
    show(store.get());
    all.focus({ preventScroll: true });
  }

  function showResult(result: ExportResult): void {
    const { savedAs, files, bytes, failures, tooLarge } = result;
    const saved =
      savedAs === null
        ? 'No file could be made'
        : `${countWords(files, 'file')}, ${bytesWords(bytes)}, saved as ${savedAs}`;
    const parts = [saved];
    if (failures.length > 0) parts.push(`${failures.length} failed`);
    if (tooLarge.length > 0) parts.push(`${tooLarge.length} over the limit of the place`);
    showWords(`${parts.join(' · ')}.`, [
      ...failures.map(({ name, reason }) => `${name}: ${reason}`),
      ...tooLarge.map(
        (file) =>
          `${file.name}: ${bytesWords(file.bytes)}, the limit is ${bytesWords(file.maxBytes)}. Lower the quality.`,
      ),
    ]);
  }

  function showWords(words: string, items: readonly string[]): void {
    byId('bar-result', HTMLElement).hidden = false;
    setText(byId('result-words', HTMLElement), words);
    byId('result-failures', HTMLElement).replaceChildren(
      ...items.map((text) => {
        const item = document.createElement('li');
        item.textContent = text;
        return item;
      }),
    );
    announce(words);
  }

  function show(state: State): void {
    const { photos, edits, settings } = state;
    const perPhoto = edits.specIds.length;
    const total = photos.length * perPhoto;
    const sum =
      photos.length === 0
        ? `${countWords(perPhoto, 'spec')} on the wall`
        : `${countWords(perPhoto, 'spec')} × ${countWords(photos.length, 'photo')}`;
    setText(byId('bar-sum', HTMLElement), sum);
    setText(all, total === 0 ? 'Export' : `Export ${countWords(total, 'file')}`);
    all.disabled = total === 0;
    const ticked = state.selected.length * photos.length;
    selected.hidden = ticked === 0;
    setText(selected, `Export selected: ${countWords(ticked, 'file')}`);
    format.value = settings.format;
    quality.value = String(settings.quality);
    quality.disabled = settings.format === 'png';
    setText(byId('quality-number', HTMLElement), String(settings.quality));
    if (template.value !== settings.template) template.value = settings.template;
    const check = checkTemplate(settings.template);
    template.setAttribute('aria-invalid', String(!check.ok));
    setText(message, check.ok ? '' : check.reason);
    byId('desk', HTMLElement).dataset.state = photos.length === 0 ? 'empty' : 'full';
  }

  store.listen(show);
  return {
    saveOne(specId) {
      const photo = currentPhoto(store.get());
      if (photo) void start([specId], [photo]);
    },
    hasUnexported() {
      const { photos, edits } = store.get();
      if (photos.length === 0) return false;
      return delivered?.edits !== edits || delivered.photos.length !== photos.length;
    },
  };
}

function countWords(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
