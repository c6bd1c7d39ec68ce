/** Files of the presets in this browser: the same as those of an account. */

import { parsePresetFile } from '../../server/presets/file/presetFile.shared.ts';
import { planImport } from '../../server/presets/file/presetImport.shared.ts';
import { writePresetFile } from '../../server/presets/file/writtenPresetFile.shared.ts';
import type { CustomSize, Preset, PresetItem } from '../../server/presets/preset.shared.ts';
import type { Keeper, Outcome } from '../kept/keeper.ts';
import { makeUuid } from '../kept/randomId.ts';
import { part } from './parts.ts';

interface FileParts {
  keeper: Keeper;
  say(words: string): void;
}

export function showFilesHere(page: HTMLElement, { keeper, say }: FileParts): void {
  const form = part(page, 'import');
  const faults = part(page, 'faults');
  const text = form.querySelector<HTMLTextAreaElement>('textarea');
  part(page, 'export-all').addEventListener('click', () =>
    savePresetFile(
      keeper.presets(),
      keeper.customSizes(),
      `presets-${new Date().toISOString().slice(0, 10)}`,
    ),
  );
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { lines, brought } = await importText(text?.value ?? '', keeper, say);
    const title = brought === 0 ? 'Nothing was imported' : 'Not everything could be imported';
    part(faults, 'fault-title').textContent = title;
    part(faults, 'lines').replaceChildren(...lines.map(makeLine));
    faults.hidden = lines.length === 0;
    if (lines.length > 0) faults.focus();
    else if (text) text.value = '';
  });
}

/** Saves a file; the name is that of one preset, or of all. */
export function savePresetFile(presets: readonly Preset[], sizes: readonly CustomSize[], name: string): void {
  const used = new Set(presets.flatMap(({ items }) => items.map(({ specId }) => specId)));
  const isOne = presets.length === 1;
  const carried = isOne ? sizes.filter(({ id }) => used.has(id)) : sizes;
  const url = URL.createObjectURL(
    new Blob([writePresetFile(presets, carried)], { type: 'application/json' }),
  );
  const link = document.createElement('a');
  link.href = url;
  link.download = `all-img-fit-${name.replaceAll(/[^\p{L}\p{N}\p{M}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'preset'}.json`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

interface Brought {
  /** What has to be mended, line by line; empty when all of it is kept now. */
  lines: string[];
  /** How many presets and custom sizes are kept now. */
  brought: number;
}

async function importText(text: string, keeper: Keeper, say: (words: string) => void): Promise<Brought> {
  const file = parsePresetFile(text, keeper.limits);
  if (file.kind === 'refused') {
    const lines = file.faults.map(({ path, message }) => (path === '' ? message : `${path} ${message}`));
    const more = file.count > lines.length ? [`and ${file.count - lines.length} more`] : [];
    return { lines: [...lines, ...more], brought: 0 };
  }
  const kept = {
    presetNames: keeper.presets().map(({ name }) => name),
    customSizeNames: keeper.customSizes().map(({ name }) => name),
    customSizes: keeper.customSizes(),
  };
  const plan = planImport(file, kept, (at) => `my-planned-${at}`);
  const idOf = new Map<string, string>();
  let brought = 0;
  for (const { size } of plan.customSizes) {
    const { id, version: _version, ...content } = size;
    const outcome = await keeper.saveCustomSize(content, null, makeUuid());
    if (outcome.kind !== 'saved') {
      return { lines: [`Stopped at the custom size “${size.name}”. ${reasonOf(outcome)}`], brought };
    }
    brought += 1;
    idOf.set(id, outcome.value.id);
  }
  const resolve = (item: PresetItem): PresetItem => ({
    ...item,
    specId: idOf.get(item.specId) ?? item.specId,
  });
  for (const [at, { content }] of plan.presets.entries()) {
    const preset = { ...content, items: content.items.map(resolve) };
    const outcome = await keeper.savePreset(preset, null, makeUuid());
    if (outcome.kind !== 'saved') {
      const place = `“${content.name}”, preset ${at + 1} of ${plan.presets.length}`;
      return { lines: [`Stopped at ${place}. ${reasonOf(outcome)}`], brought };
    }
    brought += 1;
  }
  const names = plan.presets.map(({ content }) => `“${content.name}”`);
  const sizes = plan.customSizes.map(({ size }) => `“${size.name}”`);
  say(`Imported: ${[...names, ...sizes].join(', ')}.`);
  return { lines: [], brought };
}

function reasonOf(outcome: Outcome<unknown>): string {
  if (outcome.kind === 'refused') return Object.values(outcome.errors).join(' ');
  return outcome.kind === 'failed' ? outcome.reason : 'Another tab is changing presets too. Try again.';
}

function makeLine(words: string): HTMLElement {
  const line = document.createElement('li');
  line.textContent = words;
  return line;
}
