/** The export settings that few need, in a panel beside the others: how files are made, and what they keep of the photo. */
import { exportExtras } from '../../server/presets/exportExtras.shared.ts';
import { changeExportSettings } from './changes.ts';
import { byId, setText } from './elements.ts';
import { placePanel } from './placePanel.ts';
import { exportSettingsOf, type State } from './state.ts';
import type { Store } from './store.ts';

export function showMoreSettings(store: Store): void {
  const panel = byId('more-settings', HTMLDialogElement);
  const opener = byId('open-more', HTMLButtonElement);
  const boxes = exportExtras.map((extra) => ({ extra, box: byId(`more-${extra}`, HTMLInputElement) }));

  opener.addEventListener('click', () => {
    panel.showModal();
    placePanel(panel, opener);
  });
  panel.addEventListener('click', (event) => event.target === panel && panel.close());
  for (const { extra, box } of boxes) {
    box.addEventListener('change', () =>
      store.change((state) => changeExportSettings(state, { [extra]: box.checked })),
    );
  }

  function show(state: State): void {
    const settings = exportSettingsOf(state);
    for (const { extra, box } of boxes) box.checked = settings[extra];
    const on = boxes.filter(({ extra }) => settings[extra]).length;
    setText(opener, on === 0 ? 'More' : `More: ${on} on`);
  }

  store.listen(show);
}
