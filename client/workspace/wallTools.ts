/** The tools above the wall: fit of all tiles, undo and redo, safe areas, size of the tiles. */
import { fitNames } from '../../server/presets/fitWords.shared.ts';
import { changeSettings } from './changes.ts';
import { byId, setText } from './elements.ts';
import type { FitPanel } from './fitPanel.ts';
import { redo, undo } from './shortcuts.ts';
import type { Store } from './store.ts';

export function showWallTools(store: Store, fitPanel: FitPanel): void {
  const openFit = byId('open-fit', HTMLButtonElement);
  const undoButton = byId('undo', HTMLButtonElement);
  const redoButton = byId('redo', HTMLButtonElement);
  const safeAreas = byId('show-safe-areas', HTMLInputElement);
  const zoom = byId('wall-zoom', HTMLInputElement);

  openFit.addEventListener('click', () => fitPanel.openForWall(openFit));
  undoButton.addEventListener('click', () => undo(store));
  redoButton.addEventListener('click', () => redo(store));
  safeAreas.addEventListener('change', () => {
    store.change((state) => changeSettings(state, { showSafeAreas: safeAreas.checked }));
  });
  zoom.addEventListener('input', () => {
    store.change((state) => changeSettings(state, { zoom: Number(zoom.value) }));
  });

  store.listen(({ edits, settings }) => {
    setText(byId('fit-name', HTMLElement), fitNames[edits.fit.mode]);
    openFit.setAttribute('aria-label', `Fit of all tiles: ${fitNames[edits.fit.mode]}`);
    byId('fit-picture', HTMLElement).dataset.mode = edits.fit.mode;
    // A disabled button would drop the focus of the person who has just pressed it.
    undoButton.setAttribute('aria-disabled', String(!store.canUndo()));
    redoButton.setAttribute('aria-disabled', String(!store.canRedo()));
    safeAreas.checked = settings.showSafeAreas;
    zoom.value = String(settings.zoom);
  });
}
