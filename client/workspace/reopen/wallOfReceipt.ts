/** The wall as a receipt has it: its specs, fits, format, quality and names. */
import { type CustomSize, isCustomSizeId, type WrittenSize } from '../../../server/presets/preset.shared.ts';
import { ratioWords } from '../../../server/specs/words.shared.ts';
import type { Receipt } from '../../engine/receipt/receipt.ts';
import type { JudgedSpec } from '../../engine/verdict.ts';
import type { Catalogue } from '../catalogue.ts';
import { changeSettings } from '../changes.ts';
import { exportSettingsOf, type State } from '../state.ts';
import { openPreset } from '../wallPreset.ts';

/**
 * In place of the wall before; photos stay. A custom size that is not kept here comes as far as the receipt knows it. Catalogue
 * specs that are not there any more keep their places, as those of a preset do.
 */
export function openReceiptWall(
  state: State,
  catalogue: Catalogue,
  { settings, specs, files }: Receipt,
): State {
  const borrowed = specs
    .filter(({ id }) => isCustomSizeId(id) && catalogue.find(id) === null)
    .map((spec) => customSizeOf(spec));
  const { fit, fitBySpec, format, quality, template } = settings;
  const fits = new Map(Object.entries(fitBySpec));
  const isShared = files.some(({ specIds }) => specIds.length > 1);
  const items = specs.map(({ id, version }) => ({ specId: id, version, fit: fits.get(id) ?? null }));
  const content = {
    name: '',
    items,
    fit,
    settings: { ...exportSettingsOf(state), format, quality, template },
  };
  const withSizes = { ...state, borrowedSizes: [...state.borrowedSizes, ...borrowed] };
  const opened = openPreset(withSizes, catalogue, { content, preset: null });
  // What the wall has not heard of yet is no change of it.
  const known = Object.entries(opened.edits.knownVersions).filter(([id]) => !isCustomSizeId(id));
  const edits = { ...opened.edits, knownVersions: Object.fromEntries(known) };
  // A preference: files of one spec each may be so without a wish for it.
  return isShared ? changeSettings({ ...opened, edits }, { fewestFiles: true }) : { ...opened, edits };
}

/** Its safe area, mask, fit and quality are not in a receipt. */
function customSizeOf({
  id,
  name,
  version,
  formats,
  minBytes,
  maxBytes,
  dpi,
  ...spec
}: JudgedSpec): CustomSize {
  const rest = { fit: null, quality: null, safeArea: null, mask: null };
  return { id, name, version, size: writtenSize(spec), formats, minBytes, maxBytes, dpi, ...rest };
}

function writtenSize({
  sizing,
  widthPx,
  heightPx,
}: Pick<JudgedSpec, 'sizing' | 'widthPx' | 'heightPx'>): WrittenSize {
  switch (sizing.kind) {
    case 'fixed':
      return { kind: 'size', width: widthPx, height: heightPx, unit: 'px' };
    case 'ratio': {
      const [width = 1, height = 1] = ratioWords(widthPx, heightPx).split(':').map(Number);
      return { kind: 'ratio', width, height };
    }
    case 'longest':
      return { kind: 'longest', px: widthPx };
    case 'percent':
      return { kind: 'percent', percent: sizing.percent };
  }
}
