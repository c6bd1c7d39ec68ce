/** The rules that a file was held against, one row each: what was wanted, what was found, where and when the rule was read. */
import { dateWords } from '../../../server/specs/words.shared.ts';
import type { JudgedRule, VerdictRow, VerdictState } from '../../engine/verdict.ts';
import { make } from './make.ts';

const ruleNames: Record<JudgedRule, string> = {
  whole: 'Whole file',
  size: 'Size',
  pixels: 'Pixel limits',
  formats: 'Format',
  bytes: 'Bytes',
  dpi: 'Resolution',
  background: 'Background',
  enlarged: 'Enlargement',
  profile: 'Colours',
  orientation: 'Orientation',
  metadata: 'Metadata',
};

/** For those who don't see the mark's shape and colour. */
const stateWords: Record<VerdictState, string> = { green: 'Kept', amber: 'Remark', red: 'Broken' };

/** A shape of its own for each state, beside the word. */
export function makeMark(state: VerdictState): HTMLElement {
  const mark = make('span', 'verdict-mark');
  mark.dataset.state = state;
  mark.setAttribute('aria-hidden', 'true');
  return mark;
}

/** A table; on a narrow page its rows become blocks. */
export function makeRuleTable(rows: readonly VerdictRow[], caption: string): HTMLTableElement {
  const head = make('tr', '', ...['Rule', 'Wanted', 'Found', 'Read'].map((words) => headCell(words, 'col')));
  const body = rows.map((row) => {
    const verdict = make('span', 'rules__state', makeMark(row.state), stateWords[row.state]);
    const rule = headCell(ruleNames[row.rule], 'row');
    rule.append(verdict);
    const said = make(
      'tr',
      '',
      rule,
      cell('Wanted', row.wanted ?? '–'),
      cell('Found', row.found),
      cell('Read', ...proof(row)),
    );
    said.dataset.state = row.state;
    const words = make('td', 'rules__words', row.words);
    words.colSpan = 4;
    return row.state === 'green' ? [said] : [said, make('tr', 'rules__why', words)];
  });
  return make(
    'table',
    'rules',
    make('caption', 'spoken', caption),
    make('thead', '', head),
    make('tbody', '', ...body.flat()),
  );
}

function headCell(words: string, scope: 'col' | 'row'): HTMLTableCellElement {
  const made = make('th', '', words);
  made.scope = scope;
  return made;
}

/** `name` is shown where the table's head is not. */
function cell(name: string, ...content: (Node | string)[]): HTMLTableCellElement {
  const made = make('td', '', ...content);
  made.dataset.name = name;
  return made;
}

const ownPromises: readonly JudgedRule[] = ['whole', 'enlarged', 'profile', 'orientation', 'metadata'];

function proof({ rule, source, checkedOn, wanted }: VerdictRow): (Node | string)[] {
  if (source) return [sourceLink(source), checkedOn ? `, ${dateWords(checkedOn)}` : ''];
  if (wanted === null) return ['–'];
  return [ownPromises.includes(rule) ? 'All Img Fit, for every file' : 'your own size'];
}

function sourceLink({ text, url }: { text: string; url: string | null }): Node | string {
  // A receipt that somebody hands on may name any address.
  if (url === null || !/^https?:\/\//i.test(url)) return text;
  const link = make('a', '', text);
  link.href = url;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  return link;
}
