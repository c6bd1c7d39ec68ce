/** Everything about presets in the workspace, once it is known where the person keeps them. */
import { type Keeper, onceKnown } from '../kept/keeper.ts';
import type { Catalogue } from './catalogue.ts';
import { byId } from './elements.ts';
import { rejoinPreset } from './keptWall.ts';
import { createPresetActions } from './presetActions.ts';
import { openFromAddress } from './presetAddress.ts';
import { showPresetMenu } from './presetMenu.ts';
import { showSpecChanges } from './specChanges.ts';
import type { Store } from './store.ts';
import { showWallTitle } from './wallTitle.ts';

export async function showPresets(
  store: Store,
  catalogue: Catalogue,
  coming: Promise<Keeper>,
): Promise<void> {
  const opener = byId('open-presets', HTMLButtonElement);
  let wasPressed = false;
  const early = (): void => {
    wasPressed = true;
  };
  opener.addEventListener('click', early);
  showSpecChanges(store, catalogue);
  const parts = { store, catalogue, keeper: await coming };
  opener.removeEventListener('click', early);
  onceKnown(parts.keeper, () => store.change((state) => rejoinPreset(state, parts.keeper.presets())));
  const actions = createPresetActions(parts);
  const openMenu = showPresetMenu(parts, actions);
  showWallTitle(parts, actions);
  openFromAddress(parts, actions);
  if (wasPressed) openMenu();
}
