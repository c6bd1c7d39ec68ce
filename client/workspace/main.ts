/** The workspace: reads the page, makes the parts and lets them listen to one state. */
import { listenForPhotos } from './addPhotos.ts';
import { readCatalogue } from './catalogue.ts';
import { drawingAnew } from './drawings.ts';
import { byId } from './elements.ts';
import { showExportBar } from './exportBar.ts';
import { createFitPanel } from './fitPanel.ts';
import { resumeWall } from './keptWall.ts';
import { createLateLoader } from './loadLate.ts';
import { createLooker } from './looker.ts';
import { createOwnSizes } from './ownSizes.ts';
import { showPhotoPanel } from './photoPanel.ts';
import { createPhotoReader } from './photoReader.ts';
import { startPixelWorkers } from './pixelWorkers.ts';
import { openPreferences } from './preferences.ts';
import { showPresets } from './presets.ts';
import { createPreviews } from './previews.ts';
import { createReceiptSorter } from './reopen/receiptsAmong.ts';
import { offerWhereStopped } from './resume/resume.ts';
import { countSentBytes } from './sentBytes.ts';
import { listenToShortcuts } from './shortcuts.ts';
import { createSpecFinder } from './specFinder.ts';
import { showSpecPicker } from './specPicker.ts';
import { createStore } from './store.ts';
import { showTray } from './tray.ts';
import { showWall } from './wall.ts';
import { showWallTools } from './wallTools.ts';
import { loadExampleSheet, offerExample } from './welcome.ts';

const root = byId('workspace', HTMLElement);
const builtIn = readCatalogue();
const preferences = openPreferences();
const asked = new URLSearchParams(location.search).get('specs')?.split(',') ?? [];
const store = createStore(resumeWall(preferences.start, builtIn, asked));
const catalogue = createSpecFinder(builtIn, store.get);

const cores = Math.min(4, navigator.hardwareConcurrency || 2);
const workers = drawingAnew(startPixelWorkers(root.dataset.worker ?? '', cores));
const previews = createPreviews();
const sent = countSentBytes(document.getElementById('sent-bytes'));

const photoPanel = showPhotoPanel(store, previews);
const late = createLateLoader();
const bar = showExportBar({ store, catalogue, workers, late });
const fitPanel = createFitPanel({ store, catalogue, previews, saveOne: bar.saveOne });
const ofTile = { openOptions: fitPanel.openForTile, openVerdict: bar.openVerdict };
const wall = showWall({ store, catalogue, previews, panel: photoPanel, ...ofTile });
const looker = createLooker(store, previews, late, root.dataset);
const reader = createPhotoReader(store, workers, previews, looker, () => {
  photoPanel.draw();
  wall.draw();
});
const adding = listenForPhotos({
  store,
  open(photo) {
    sent.start();
    reader.open(photo);
  },
  sortOut: createReceiptSorter(late, ({ createReopening }) => createReopening(store, catalogue)),
});
showTray(store);
const keeper = preferences.follow(store, catalogue, sent.name);
showSpecPicker(store, catalogue, createOwnSizes(store, catalogue, keeper));
void showPresets(store, catalogue, keeper);
void keeper.then(() => offerWhereStopped({ store, add: adding.add, canStart: bar.canStart, goOn: bar.goOn }));
showWallTools(store, fitPanel);
listenToShortcuts(store);

offerExample(store, adding.add);
void loadExampleSheet(root.dataset.exampleSheet ?? '').then(
  (sheet) => sheet && wall.showExample(sheet.picture, sheet.focal),
);

addEventListener('beforeunload', (event) => {
  if (bar.hasUnexported()) event.preventDefault();
});
