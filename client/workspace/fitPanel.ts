/** The panel of options: the fit of the whole wall, or of one tile with its pin, its file and its place on the wall. */

import { type Background, type Fit, fitModes, leavesGround } from '../../server/specs/fit.shared.ts';
import type { Spec } from '../../server/specs/spec.shared.ts';
import { zoomPinned } from '../engine/pinnedCrop.ts';
import { enlarges, hasPhotosShape } from '../engine/specSize.ts';
import type { Catalogue } from './catalogue.ts';
import { dropFitException, removeSpecs, setFit, setPinned } from './changes.ts';
import { byId, setText } from './elements.ts';
import { placePanel } from './placePanel.ts';
import type { Previews } from './previews.ts';
import { specName } from './specWords.ts';
import {
  currentPhoto,
  editsOf,
  exportSettingsOf,
  fitFor,
  focalPoint,
  type PlannedFile,
  planFile,
  type State,
} from './state.ts';
import type { Store } from './store.ts';
import { createTileFacts } from './tileFacts.ts';
import { sliderToZoom, togglePin, zoomToSlider } from './tileGestures.ts';

export interface FitPanel {
  openForWall(at: HTMLElement): void;
  openForTile(specId: string, at: HTMLElement): void;
}

export interface FitPanelParts {
  store: Store;
  catalogue: Catalogue;
  previews: Previews;
  /** Saves the current photo at one spec. */
  saveOne(specId: string): void;
}

export function createFitPanel({ store, catalogue, previews, saveOne }: FitPanelParts): FitPanel {
  const panel = byId('panel', HTMLDialogElement);
  const pin = byId('pin', HTMLInputElement);
  const zoom = byId('pin-zoom', HTMLInputElement);
  const enlarge = byId('enlarge', HTMLInputElement);
  const colour = byId('background-colour', HTMLInputElement);
  const same = byId('tile-same', HTMLButtonElement);
  const modes = radios('panel-modes');
  const backgrounds = radios('panel-background');
  const facts = createTileFacts(store, previews);
  /** null: the panel is about the whole wall. */
  let specId: string | null = null;
  let opener: HTMLElement | null = null;
  /** The last colour of each spec and of the wall (null): still there when a person comes back from another background. */
  const colours = new Map<string | null, string>();

  function chosenSpec(): Spec | null {
    return specId === null ? null : catalogue.find(specId);
  }

  function currentFit(state: State): Fit {
    const spec = chosenSpec();
    return spec ? fitFor(state.edits, spec) : state.edits.fit;
  }

  function changeFit(change: Partial<Fit>, gesture?: string): void {
    store.change((state) => setFit(state, chosenSpec(), { ...currentFit(state), ...change }), gesture);
  }

  function plan(state: State): PlannedFile | null {
    const photo = currentPhoto(state);
    const spec = chosenSpec();
    return photo?.size && spec
      ? planFile(
          state,
          { id: photo.id, size: photo.size, sight: photo.sight },
          focalPoint(state, photo),
          spec,
        )
      : null;
  }

  function chosenBackground(): Background {
    const kind = backgrounds.find((radio) => radio.checked)?.value;
    return kind === 'blur' || kind === 'transparent' ? { kind } : { kind: 'colour', colour: colour.value };
  }

  for (const radio of modes) {
    radio.addEventListener('change', () => {
      const mode = fitModes.find((known) => known === radio.value);
      if (mode) changeFit({ mode });
    });
  }
  for (const radio of backgrounds)
    radio.addEventListener('change', () => changeFit({ background: chosenBackground() }));
  colour.addEventListener('input', () =>
    changeFit({ background: { kind: 'colour', colour: colour.value } }, `colour ${specId ?? 'of the wall'}`),
  );
  enlarge.addEventListener('change', () => changeFit({ mode: 'inside', enlarge: enlarge.checked }));
  pin.addEventListener('change', () => specId !== null && togglePin(store, specId, plan(store.get())));
  zoom.addEventListener('input', () => {
    const file = plan(store.get());
    const photo = currentPhoto(store.get());
    if (!file?.pinned || !photo?.size) return;
    const factor = sliderToZoom(Number(zoom.value)) / file.pinned.zoom;
    const pinned = zoomPinned(file.pinned, photo.size, file.size, factor, { x: 0.5, y: 0.5 });
    store.change((state) => setPinned(state, photo.id, file.spec.id, pinned), `slider ${file.spec.id}`);
  });
  byId('tile-save', HTMLButtonElement).addEventListener('click', () => {
    // Closed first: behind an open dialog nothing can be focused or heard.
    panel.close();
    if (specId !== null) saveOne(specId);
  });
  same.addEventListener('click', () => {
    const id = specId;
    if (id !== null) store.change((state) => dropFitException(state, id));
    // The button has just hidden itself.
    const mode = byId('panel-modes', HTMLFieldSetElement).disabled
      ? null
      : modes.find((radio) => radio.checked);
    (mode ?? pin).focus();
  });
  byId('tile-remove', HTMLButtonElement).addEventListener('click', () => {
    const id = specId;
    panel.close();
    // From here the wall passes the focus on to the tile that takes this one's place.
    opener?.focus();
    if (id !== null) store.change((state) => removeSpecs(state, [id]));
  });
  panel.addEventListener('click', (event) => event.target === panel && panel.close());
  panel.addEventListener('close', () => {
    // Closing gives the focus back to the opener, unless a browser had not focused it when it was clicked.
    if (opener?.isConnected && document.activeElement === document.body) opener.focus();
  });

  function show(state: State): void {
    if (!panel.open) return;
    const spec = chosenSpec();
    const fit = currentFit(state);
    const photo = currentPhoto(state);
    const pinned = photo && specId !== null ? (editsOf(state, photo.id).pinned[specId] ?? null) : null;
    setText(byId('panel-title', HTMLElement), spec ? specName(spec) : 'Fit of all tiles');
    facts.show(state, spec, plan(state));
    for (const radio of modes) radio.checked = radio.value === fit.mode;
    for (const radio of backgrounds) radio.checked = radio.value === fit.background.kind;
    if (fit.background.kind === 'colour') colours.set(specId, fit.background.colour);
    colour.value = colours.get(specId) ?? colours.get(null) ?? '#ffffff';
    enlarge.checked = enlarges(fit);
    const isWhole = spec !== null && hasPhotosShape(spec);
    const takesModes = pinned === null && !isWhole;
    byId('panel-modes', HTMLFieldSetElement).hidden = isWhole;
    byId('panel-modes', HTMLFieldSetElement).disabled = !takesModes;
    byId('panel-background', HTMLElement).hidden = !leavesGround(fit.mode) || !takesModes;
    byId('panel-enlarge', HTMLElement).hidden = !canEnlarge(spec, fit, pinned !== null);
    showTransparencyHint(state, fit);
    byId('panel-tile', HTMLElement).hidden = spec === null;
    pin.checked = pinned !== null;
    pin.disabled = !photo?.size;
    byId('panel-zoom', HTMLElement).hidden = pinned === null;
    byId('pin-hint', HTMLElement).hidden = pinned === null;
    zoom.value = String(zoomToSlider(pinned?.zoom ?? 1));
    setText(byId('pin-zoom-number', HTMLElement), `${(pinned?.zoom ?? 1).toFixed(1)}×`);
    byId('tile-save', HTMLButtonElement).disabled = !photo?.size;
    same.hidden = specId === null || !(specId in state.edits.fitBySpec);
    setText(same, spec?.fit ? 'The fit of the custom size' : 'Same fit as the wall');
  }

  function showTransparencyHint(state: State, fit: Fit): void {
    const hint = byId('background-hint', HTMLElement);
    const format = plan(state)?.format ?? exportSettingsOf(state).format;
    hint.hidden = !(fit.background.kind === 'transparent' && format === 'jpeg');
    setText(
      hint,
      'JPEG has no transparency: these files get a white background. Choose PNG or WebP to keep it.',
    );
  }

  function open(id: string | null, at: HTMLElement): void {
    specId = id;
    opener = at;
    panel.showModal();
    show(store.get());
    placePanel(panel, at);
  }

  store.listen(show);
  return {
    openForWall: (at) => open(null, at),
    openForTile: open,
  };
}

/** Only "Fit inside" and a longest side can leave a smaller photo as it is. */
function canEnlarge(spec: Spec | null, fit: Fit, isPinned: boolean): boolean {
  if (spec && hasPhotosShape(spec)) return spec.sizing.kind === 'longest';
  return fit.mode === 'inside' && !isPinned;
}

function radios(parentId: string): HTMLInputElement[] {
  return [...byId(parentId, HTMLElement).querySelectorAll<HTMLInputElement>('input[type=radio]')];
}
