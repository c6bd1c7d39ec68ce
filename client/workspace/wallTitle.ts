/** The title of the wall: the preset that it is of, and whether it differs from what is saved. */
import { byId, setText } from './elements.ts';
import type { PresetParts } from './presetActions.ts';
import type { State } from './state.ts';
import { differsFromPreset } from './wallPreset.ts';

export function showWallTitle({ store, catalogue, keeper }: PresetParts): void {
  const title = byId('wall-title', HTMLElement);
  const name = byId('wall-preset', HTMLElement);
  const change = byId('wall-changed', HTMLElement);

  function show(state: State): void {
    const kept = keeper.presets().find(({ id }) => id === state.preset?.id);
    title.classList.toggle('wall__title--preset', kept !== undefined);
    setText(name, kept?.name ?? '');
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
