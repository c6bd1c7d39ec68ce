/** The panel of the export settings that few need: how files are made, and what they keep of the photo. */
import type { ExportExtras } from '../../../server/presets/exportExtras.shared.ts';
import { extraChoices } from '../../../server/presets/exportExtraWords.shared.ts';
import { placePanel } from '../placePanel.ts';
import { make, makeAnnouncer, makeButton } from './make.ts';

/** Opens it beside its button, which gets the focus back. `change` is called with each switch that is turned. */
export function openMoreSettings(
  now: ExportExtras,
  change: (turned: Partial<ExportExtras>) => void,
  at: HTMLElement,
): void {
  const title = make('h2', '', 'More export settings');
  title.id = 'more-title';
  title.tabIndex = -1;
  const boxes = extraChoices.map(({ name, label, hint }) => {
    const box = make('input', '');
    box.type = 'checkbox';
    box.checked = now[name];
    box.addEventListener('change', () => change({ [name]: box.checked }));
    const row = make('div', '', make('label', 'extras__box', box, label));
    if (hint === '') return row;
    const words = make('p', 'hint extras__hint', hint);
    words.id = `more-${name}-hint`;
    box.setAttribute('aria-describedby', words.id);
    row.append(words);
    return row;
  });
  const close = makeButton('Close', 'button button--plain', () => dialog.close());
  const dialog = make(
    'dialog',
    'panel',
    make('div', 'panel__head', title, close),
    make('p', 'hint', 'Files carry nothing of the photo but its picture, unless you keep it here.'),
    make('div', 'extras', ...boxes),
    makeAnnouncer(),
  );
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    at.focus({ preventScroll: true });
  });
  (at.closest('main') ?? document.body).append(dialog);
  dialog.showModal();
  placePanel(dialog, at);
  title.focus({ preventScroll: true });
}
