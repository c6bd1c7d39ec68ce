/** The title of the wall: the preset that it is of, whether it differs from what is saved, and the way to let go of it. */
import type { Preset } from '../../server/presets/preset.shared.ts';
import { byId, setText } from './elements.ts';
import type { PresetActions, PresetParts } from './presetActions.ts';
import type { State } from './state.ts';
import { differsFromPreset } from './wallPreset.ts';

export function showWallTitle({ store, catalogue, keeper }: PresetParts, actions: PresetActions): void {
  const head = byId('wall-head', HTMLElement);
  const name = byId('wall-preset', HTMLElement);
  const change = byId('wall-changed', HTMLElement);
  const close = byId('close-preset', HTMLButtonElement);

  close.addEventListener('click', () => {
    actions.close();
    byId('open-presets', HTMLElement).focus();
  });

  function show(state: State): void {
    const kept = keeper.presets().find(({ id }) => id === state.preset?.id);
    const words = titleWords(state, kept);
    head.classList.toggle('wall__head--preset', state.exportSettings !== null);
    setText(name, words);
    name.title = words; // a long one is cut off here; the panel of the presets has the whole
    close.hidden = state.exportSettings === null;
    const isChanged =
      kept !== undefined && state.preset !== null && differsFromPreset(state, catalogue, state.preset);
    change.hidden = !isChanged;
  }

  store.listen((state, before) => {
    const { edits } = before;
    const isSame =
      state !== before &&
      state.preset === before.preset &&
      state.settings === before.settings &&
      state.exportSettings === before.exportSettings &&
      // Focal points are no part of a preset, and drags change them with every frame.
      (['specIds', 'fit', 'fitBySpec', 'knownVersions'] as const).every(
        (part) => state.edits[part] === edits[part],
      );
    if (!isSame) show(state);
  });
  keeper.listen(() => show(store.get()));
}

/** What the wall is called. `kept`: its preset as it is kept; a wall of a link is nobody's. */
function titleWords({ preset, leftPreset, exportSettings }: State, kept: Preset | undefined): string {
  if (kept) return kept.name;
  if (preset) return `${preset.name}, deleted`;
  if (leftPreset) return 'Preset, not loaded yet';
  return exportSettings ? 'From a link' : 'Wall';
}
