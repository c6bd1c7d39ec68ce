/** A row of the list: what it is, and what can be done with it. */
import { customSizeLine } from '../../server/presets/customSizes/customSizeWords.shared.ts';
import type { CustomSize, Preset } from '../../server/presets/preset.shared.ts';
import { writePresetLink } from '../../server/presets/presetLink.shared.ts';
import { drawStrip } from '../../server/presets/presetStrip.shared.ts';
import { copyText } from './copyLinks.ts';
import { savePresetFile } from './filesHere.ts';
import { countChanged, type FindSpec, itemName, makeStrip } from './namedSpecs.ts';
import { fromTemplate, nameControl, part, showWords } from './parts.ts';

interface RowParts {
  find: FindSpec;
  sizes: readonly CustomSize[];
  acts: {
    edit(preset: Preset): void;
    duplicate(preset: Preset): Promise<void>;
    remove(preset: Preset): Promise<void>;
    say(words: string): void;
  };
}

const mostNames = 3;

export function makePresetRow(preset: Preset, { find, sizes, acts }: RowParts): HTMLElement {
  const { id, name, items } = preset;
  const row = fromTemplate('preset-here');
  row.dataset.id = id;
  const strip = drawStrip(items.map(({ specId }) => find(specId)));
  if (strip.path !== '') part(row, 'strip').append(makeStrip(strip));
  if (strip.path !== '' && strip.more > 0) part(row, 'strip').append(moreMark(strip.more));
  part(row, 'name').textContent = name;
  part(row, 'count').textContent = items.length === 1 ? '1 spec' : `${items.length} specs`;
  const names = items.slice(0, mostNames).map((item) => itemName(item, find));
  part(row, 'names').textContent = names.join(', ') + (items.length > mostNames ? '\u00a0…' : '');
  const changed = countChanged(items, find);
  showWords(part(row, 'changed'), changed === 0 ? '' : `${changed} changed: open it to see what`);

  const open = part(row, 'open');
  open.setAttribute('href', `/generate?preset=${id}`);
  nameControl(open, `Open in the workspace: ${name}`);
  listen(row, 'edit', `Edit ${name}`, () => acts.edit(preset));
  listen(row, 'duplicate', `Duplicate ${name}`, () => void acts.duplicate(preset));
  listen(row, 'share', `Share ${name}: copy its link`, () => void share(preset, { sizes, acts }));
  listen(row, 'export', `Export ${name} as a file`, () => savePresetFile([preset], sizes, name));
  listen(row, 'delete', `Delete ${name}`, () => void acts.remove(preset));
  return row;
}

export function makeSizeRow(
  size: CustomSize,
  { remove }: { remove(size: CustomSize): Promise<void> },
): HTMLElement {
  const row = fromTemplate('size-here');
  row.dataset.id = size.id;
  part(row, 'name').textContent = size.name;
  part(row, 'line').textContent = customSizeLine(size);
  const open = part(row, 'open');
  open.setAttribute('href', `/generate?specs=${size.id}`);
  nameControl(open, `Open in the workspace: ${size.name}`);
  listen(row, 'delete', `Delete ${size.name}`, () => void remove(size));
  return row;
}

async function share(
  preset: Preset,
  { sizes, acts }: Pick<RowParts, 'sizes'> & { acts: Pick<RowParts['acts'], 'say'> },
): Promise<void> {
  const hash = writePresetLink(preset, sizes);
  if (hash === null) {
    acts.say(`“${preset.name}” is too long for a link. Export it and share the file.`);
    return;
  }
  const link = `${location.origin}/generate${hash}`;
  const isCopied = await copyText(link);
  acts.say(
    isCopied
      ? `The link of “${preset.name}” is copied. It holds the whole preset.`
      : `Copy this link: ${link}`,
  );
}

function listen(row: HTMLElement, name: string, label: string, act: () => void): void {
  const control = part(row, name);
  nameControl(control, label);
  control.addEventListener('click', act);
}

function moreMark(more: number): HTMLElement {
  const mark = document.createElement('span');
  mark.className = 'kept-row__more';
  mark.setAttribute('aria-hidden', 'true');
  mark.textContent = `+${more}`;
  return mark;
}
