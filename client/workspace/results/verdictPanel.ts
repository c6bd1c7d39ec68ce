/** The panel of one tile's verdict: every rule that its last file was held against. */
import { bytesWords, sizeWords } from '../../../server/specs/words.shared.ts';
import { judgeFinished } from '../../engine/receipt/receipt.ts';
import { placePanel } from '../placePanel.ts';
import { specName } from '../specWords.ts';
import { type TileVerdict, verdictWords } from '../verdictOnTile.ts';
import { make, makeAnnouncer, makeButton } from './make.ts';
import { makeMark, makeRuleTable } from './ruleRows.ts';

/** Opens it beside the tile's button, which gets the focus back. */
export function openVerdict({ use, isFormer }: TileVerdict, at: HTMLElement): void {
  const { file, spec, settings, worst } = use;
  const { rows } = judgeFinished(file, spec, settings);
  const title = make('h2', '', specName(spec));
  title.id = 'verdict-title';
  title.tabIndex = -1;
  const sum = make('p', 'verdict-sum', makeMark(worst), verdictWords(use));
  const others = file.specs.filter(({ id }) => id !== spec.id).map((other) => specName(other));
  const dialog = make(
    'dialog',
    'panel verdict-panel',
    make(
      'div',
      'panel__head',
      title,
      makeButton('Close', 'button button--plain', () => dialog.close()),
    ),
    sum,
    ...(isFormer
      ? [make('p', 'verdict-former', 'Something was changed since: this is the verdict on the former file.')]
      : []),
    make(
      'p',
      'hint',
      `${file.name}: ${sizeWords(file.output.width, file.output.height)}, ${bytesWords(file.bytes)}${qualityWords(file.quality)}.`,
    ),
    ...(others.length > 0
      ? [make('p', 'hint', `The same file is for ${new Intl.ListFormat('en').format(others)}.`)]
      : []),
    makeRuleTable(rows, `Rules of ${specName(spec)}`),
    makeAnnouncer(),
  );
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (at.isConnected) at.focus({ preventScroll: true });
  });
  (at.closest('main') ?? document.body).append(dialog);
  dialog.showModal();
  placePanel(dialog, at);
  title.focus({ preventScroll: true });
}

function qualityWords(quality: number | null): string {
  return quality === null ? '' : `, quality ${quality}`;
}
