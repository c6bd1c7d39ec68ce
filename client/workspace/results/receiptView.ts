/** The receipt of an export on the page: its files grouped by verdict, the worst first, each with its rules; to print and to keep. */
import {
  bytesWords,
  countWords,
  dateWords,
  joinWith,
  sizeWords,
} from '../../../server/specs/words.shared.ts';
import { receiptName } from '../../engine/receipt/receipt.ts';
import type { VerdictState } from '../../engine/verdict.ts';
import type { ExportResult, Failure } from '../exporter.ts';
import { specName } from '../specWords.ts';
import { saveFile } from '../zip.ts';
import { countStates, type JudgedFile } from './judgedFiles.ts';
import { make, makeAnnouncer, makeButton } from './make.ts';
import { receiptBlob } from './receiptParts.ts';
import { makeMark, makeRuleTable } from './ruleRows.ts';

const groupNames: Record<VerdictState, string> = {
  red: 'A rule is broken',
  amber: 'Kept, with remarks',
  green: 'All rules kept',
};

/** So many files show their rules at once; the others when they are opened, or all for the printer. */
const mostOpen = 40;

export function openReceipt(result: ExportResult, judged: readonly JudgedFile[]): void {
  const title = make('h2', '', 'Receipt');
  title.id = 'receipt-title';
  title.tabIndex = -1;
  const entries = new Map(judged.map((one) => [one, makeEntry(one)]));
  const groups = countStates(judged)
    .filter(([, count]) => count > 0)
    .map(([state, count]) => {
      const files = judged
        .filter((one) => one.state === state)
        .flatMap((one) => entries.get(one)?.element ?? []);
      const heading = make(
        'h3',
        'receipt__group',
        makeMark(state),
        `${groupNames[state]}: ${countWords(count, 'file')}`,
      );
      return make('section', '', heading, ...files);
    });
  const showAll = (): void => {
    for (const entry of entries.values()) entry.open();
  };
  const openEarly = [...entries].filter(([{ state }]) => state !== 'green').slice(0, mostOpen);
  for (const [, entry] of openEarly) entry.open();
  const dialog = make(
    'dialog',
    'drawer receipt',
    make(
      'div',
      'drawer__head receipt__head',
      title,
      makeButton('Print', 'button', () => {
        showAll();
        print();
      }),
      makeButton(`Save ${receiptName}`, 'button', () => saveFile(receiptBlob(result), receiptName)),
      makeButton('Done', 'button button--go drawer__close', () => dialog.close()),
    ),
    make(
      'div',
      'drawer__body receipt__body',
      ...makeHead(result, judged),
      ...makeFailures(result.failures),
      ...groups,
    ),
    makeAnnouncer(),
  );
  dialog.setAttribute('aria-labelledby', title.id);
  addEventListener('beforeprint', showAll);
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    removeEventListener('beforeprint', showAll);
    dialog.remove();
  });
  document.querySelector('main')?.append(dialog);
  dialog.showModal();
  title.focus({ preventScroll: true });
}

function makeHead({ head, savedAs, bytes }: ExportResult, judged: readonly JudgedFile[]): HTMLElement[] {
  const { madeAt, madeBy, settings, photos } = head;
  const uses = judged.reduce((sum, one) => sum + one.uses.length, 0);
  const what = `${countWords(judged.length, 'file')} for ${countWords(uses, 'use')} of ${countWords(photos.length, 'photo')}, ${bytesWords(bytes)}`;
  const format = settings.format === 'auto' ? 'as each spec asks' : settings.format.toUpperCase();
  const time = `${dateWords(madeAt.slice(0, 10))}, ${madeAt.slice(11, 16)} UTC`;
  return [
    make('p', 'receipt__sum', `${savedAs ?? 'Nothing was saved'}: ${what}.`),
    make('p', 'hint', `Made by ${madeBy} on ${time}. Format ${format}, quality ${settings.quality}.`),
  ];
}

function makeFailures(failures: readonly Failure[]): HTMLElement[] {
  if (failures.length === 0) return [];
  const items = failures.map(({ name, reason, files }) =>
    make(
      'li',
      '',
      `${reason.startsWith(name) ? reason : `${name}: ${reason}`} (${countWords(files, 'file')})`,
    ),
  );
  const list = make('ul', 'receipt__failures', ...items);
  return [make('section', '', make('h3', 'receipt__group', makeMark('red'), 'Not made'), list)];
}

/** One file; its tables are made when they are first shown. */
function makeEntry({ file, uses, state }: JudgedFile): { element: HTMLElement; open(): void } {
  const { name, output, bytes, quality, encoder } = file;
  const facts = [
    sizeWords(output.width, output.height),
    bytesWords(bytes),
    ...(quality === null ? [] : [`quality ${quality}`]),
    `by ${encoder}`,
  ];
  const names = joinWith(
    'and',
    uses.map(({ spec }) => specName(spec)),
  );
  const summary = make(
    'summary',
    '',
    makeMark(state),
    make('span', 'receipt__name', name),
    make('span', 'hint', `${facts.join(' · ')} · for ${names}`),
  );
  const element = make('details', 'receipt__file', summary);
  let isMade = false;
  const fill = (): void => {
    if (isMade) return;
    isMade = true;
    for (const { spec, rows } of uses) {
      if (uses.length > 1) element.append(make('h4', '', specName(spec)));
      element.append(makeRuleTable(rows, `${name}, rules of ${specName(spec)}`));
    }
  };
  element.addEventListener('toggle', fill);
  return {
    element,
    open() {
      fill();
      element.open = true;
    },
  };
}
