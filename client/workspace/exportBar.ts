/** The bar at the foot: what an export would give, its settings, and the start of each export. */

import { type ExportExtras, exportExtras } from '../../server/presets/exportExtras.shared.ts';
import { checkTemplate } from '../../server/presets/nameTemplate.shared.ts';
import { formatWishes } from '../../server/specs/spec.shared.ts';
import { countWords } from '../../server/specs/words.shared.ts';
import { announce } from './announce.ts';
import type { Catalogue } from './catalogue.ts';
import { changeExportSettings } from './changes.ts';
import { type Delivered, deliveredBy, hasUndelivered } from './delivered.ts';
import { byId, setText } from './elements.ts';
import { runExport } from './exporter.ts';
import { createExportProgress } from './exportProgress.ts';
import { progressWords, sumWords, waitWords } from './exportWords.ts';
import { offerFewestFiles } from './fewestOffer.ts';
import { chooseFolder, offerFolder } from './folderOffer.ts';
import type { LateLoader } from './loadLate.ts';
import type { PixelWorkers } from './pixelWorkers.ts';
import { planJobs } from './planJobs.ts';
import { judgeFiles, withVerdicts } from './results/judgedFiles.ts';
import { resultWords } from './results/resultWords.ts';
import type { KeptRun } from './resume/exportKeeper.ts';
import { keepWhereWorth } from './resume/resume.ts';
import { settledPhotos, unreadPhotos } from './settledPhotos.ts';
import { currentPhoto, exportSettingsOf, type Photo, type State } from './state.ts';
import type { Store } from './store.ts';
import type { TileVerdict } from './verdictOnTile.ts';

export interface ExportBar {
  /** Saves the current photo at one spec. */
  saveOne(specId: string): void;
  /** Shows the rules that the file was held against. */
  openVerdict(verdict: TileVerdict, at: HTMLElement): void;
  /** Whether an export can start now; says why not. */
  canStart(): boolean;
  /** Goes on with an export that stopped: the photos of these ids, each with its place in it. Answers whether it starts. */
  goOn(specIds: readonly string[], places: ReadonlyMap<number, number>): boolean;
  /** Whether there is work that no export has delivered yet. */
  hasUnexported(): boolean;
}

export interface ExportBarParts {
  store: Store;
  catalogue: Catalogue;
  workers: PixelWorkers;
  late: LateLoader;
}

export function showExportBar({ store, catalogue, workers, late }: ExportBarParts): ExportBar {
  const all = byId('export-all', HTMLButtonElement);
  const selected = byId('export-selected', HTMLButtonElement);
  const format = byId('format', HTMLSelectElement);
  const quality = byId('quality', HTMLInputElement);
  const template = byId('template', HTMLInputElement);
  const message = byId('template-message', HTMLElement);
  const toggle = byId('toggle-settings', HTMLButtonElement);
  let running: AbortController | null = null;
  /** By the last complete export. */
  let delivered: Delivered | null = null;
  let showReceipt = (): void => {};
  const progress = createExportProgress(all);
  const receipt = byId('open-receipt', HTMLButtonElement);
  const fewest = offerFewestFiles({ store, catalogue, onCount: () => show(store.get()) });
  const more = byId('open-more', HTMLButtonElement);
  more.addEventListener('click', () => {
    const turn = (turned: Partial<ExportExtras>) =>
      store.change((state) => changeExportSettings(state, turned));
    void late.show(({ openMoreSettings }) => openMoreSettings(exportSettingsOf(store.get()), turn, more));
  });

  all.addEventListener('click', () => void start(store.get().edits.specIds, store.get().photos));
  const toFolder = offerFolder(
    all,
    () => void start(store.get().edits.specIds, store.get().photos, { isToFolder: true }),
  );
  selected.addEventListener('click', () => void start(store.get().selected, store.get().photos));
  byId('cancel-export', HTMLButtonElement).addEventListener('click', () =>
    running?.abort(new Error('Cancelled.')),
  );
  format.addEventListener('change', () => {
    const chosen = formatWishes.find((known) => known === format.value) ?? 'auto';
    store.change((state) => changeExportSettings(state, { format: chosen }));
  });
  quality.addEventListener('input', () => {
    store.change((state) => changeExportSettings(state, { quality: Number(quality.value) }));
  });
  template.addEventListener('input', () => {
    store.change((state) => changeExportSettings(state, { template: template.value }));
  });
  toggle.addEventListener('click', () => {
    const isOpen = toggle.getAttribute('aria-expanded') === 'true';
    toggle.setAttribute('aria-expanded', String(!isOpen));
    byId('bar', HTMLElement).classList.toggle('bar--open', !isOpen);
  });

  function canStart(): boolean {
    const check = checkTemplate(exportSettingsOf(store.get()).template);
    if (running) announce('An export is running.');
    else if (!check.ok) {
      byId('bar', HTMLElement).classList.add('bar--open');
      toggle.setAttribute('aria-expanded', 'true');
      template.focus();
      announce(check.reason);
    }
    return !running && check.ok;
  }

  async function start(
    specIds: readonly string[],
    photos: readonly Photo[],
    {
      places = null,
      isToFolder = false,
    }: { places?: ReadonlyMap<number, number> | null; isToFolder?: boolean } = {},
  ): Promise<void> {
    if (!canStart()) return;
    const write = isToFolder ? await chooseFolder() : null;
    if (running || (isToFolder && !write)) return;
    const stop = new AbortController();
    let kept: KeptRun | null = null;
    running = stop;
    const { showBusy, showResult } = progress;
    const wanted = new Set(photos.map(({ id }) => id));
    showBusy(waitWords(wanted.size, wanted.size), 0, wanted.size);
    try {
      const state = await settledPhotos(store, wanted, {
        signal: stop.signal,
        onWaiting: (left) => showBusy(waitWords(left, wanted.size), wanted.size - left, wanted.size),
      });
      const ready = state.photos.filter(({ id }) => wanted.has(id));
      const jobs = planJobs(state, catalogue, { specIds, photos: ready });
      const startedAt = performance.now();
      const onProgress = (done: number): void =>
        showBusy(
          progressWords(done, jobs.length, performance.now() - startedAt, isToFolder),
          done,
          jobs.length,
        );
      onProgress(0);
      announce(`Exporting ${countWords(jobs.length, 'file')}`);
      const specs = catalogue.pick(specIds);
      const run = await keepWhereWorth({
        workers,
        state,
        specIds,
        photos: ready,
        files: jobs.length,
        places,
        onNotKept: progress.showNote,
      });
      kept = run;
      const result = await runExport(jobs, {
        state,
        specs,
        workers: run.workers,
        write,
        signal: stop.signal,
        onProgress,
      });
      await run.end(result.savedAs !== null);
      const unread = unreadPhotos(state, wanted, specs.length);
      const failures = [...unread, ...result.failures];
      const isWhole = specIds === state.edits.specIds && ready.length === state.photos.length;
      if (isWhole && failures.length === 0) delivered = deliveredBy(state);
      const judged = judgeFiles(result);
      store.change((now) => withVerdicts(now, judged, { before: state, head: result.head }));
      const { sum, items } = resultWords({ ...result, failures }, judged);
      showResult(sum, items);
      receipt.hidden = judged.length === 0;
      showReceipt = () => void late.show(({ openReceipt }) => openReceipt({ ...result, failures }, judged));
    } catch (error) {
      const words = stop.signal.aborted
        ? 'Export cancelled. Nothing was saved.'
        : `The export stopped: ${reasonOf(error)}`;
      showResult(words, []);
      receipt.hidden = true;
      // To clear what was kept may take a while; the person hears at once that it stopped.
      await kept?.end(false);
    } finally {
      running = null;
      show(store.get());
      progress.showIdle();
    }
  }

  receipt.addEventListener('click', () => showReceipt());

  function show(state: State): void {
    const { photos, edits } = state;
    const settings = exportSettingsOf(state);
    const perPhoto = catalogue.pick(edits.specIds).length;
    const total = photos.length * perPhoto;
    setText(byId('bar-sum', HTMLElement), sumWords(perPhoto, photos.length));
    const files = fewest.countFiles(state);
    setText(all, files ? `Export ${countWords(files, 'file')}` : 'Export');
    all.disabled = total === 0;
    if (toFolder) toFolder.disabled = total === 0;
    const ticked = catalogue.pick(state.selected).length * photos.length;
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
    const on = exportExtras.filter((extra) => settings[extra]).length;
    setText(more, on === 0 ? 'More' : `More: ${on} on`);
    if (photos.length > 0) late.loadEarly();
  }

  store.listen(show);
  return {
    saveOne(specId) {
      const photo = currentPhoto(store.get());
      if (photo) void start([specId], [photo]);
    },
    openVerdict: (verdict, at) => void late.show(({ openVerdict }) => openVerdict(verdict, at)),
    canStart,
    goOn(specIds, places) {
      if (!canStart()) return false;
      const photos = store.get().photos.filter(({ id }) => places.has(id));
      void start(specIds, photos, { places });
      return true;
    },
    hasUnexported: () => hasUndelivered(store.get(), delivered),
  };
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
