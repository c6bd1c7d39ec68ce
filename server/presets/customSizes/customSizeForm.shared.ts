/** The form of a custom size: its fields -> the custom size or what has to be mended, and back. The same on the server and in the page. */
import { checkText, unknownChoice } from '../../http/text.shared.ts';
import { defaultFit, type Fit, leavesGround } from '../../specs/fit.shared.ts';
import { type Format, formats, type Mask } from '../../specs/spec.shared.ts';
import { bytesWords } from '../../specs/words.shared.ts';
import { type CustomSizeContent, longestName, type WrittenSize } from '../preset.shared.ts';
import { readFit } from '../presetForm.shared.ts';
import { pixelsOf } from './customSize.shared.ts';
import { type Blame, type CustomSizeFields, customSizeFieldNames } from './customSizeFields.shared.ts';
import { readSafeArea, writeSafeArea } from './safeAreaForm.shared.ts';
import { readBytes, readNumber, writeBytes } from './writtenNumber.shared.ts';
import { readDpi, readWrittenSize, writeWrittenSize } from './writtenSizeForm.shared.ts';

export interface CustomSizeForm {
  /** null when there is something to mend. */
  content: CustomSizeContent | null;
  /** Field name (or `formats` for the boxes as a whole) -> sentence, in the order of the form. */
  errors: Record<string, string>;
  /** As typed, with what can't be shown taken out, for showing the form again. */
  typed: CustomSizeFields;
}

/** Bytes of a limit: no picture is smaller, and no place takes a larger one. */
const bytesRange = { min: 1000, max: 1_000_000_000 };

/** A circle or a square in a shape that is longer than this would hide more than it shows. */
const longestMasked = 2;

/** No field but the name needs more characters. */
const longestField = 40;

/**
 * Never throws, whatever `fields` holds: what is missing or no text counts as empty. Fields that the chosen kind, fit or safe
 * area does not use are not looked at.
 */
export function readCustomSizeForm(fields: Readonly<Record<string, unknown>>): CustomSizeForm {
  const errors: Record<string, string> = {};
  const blame: Blame = (field, sentence) => {
    errors[field] ??= sentence;
  };
  const rawName = textOf(fields, 'name');
  const name = checkText(rawName, { label: 'The name', min: 1, max: longestName });
  const typed = { ...typedFields(fields), name: name.text };
  if (name.fault !== null) blame('name', name.fault);
  const dpi = readDpi(typed.dpi, blame);
  const size = readWrittenSize(typed, dpi, blame);
  const chosenFormats = readFormats(typed, blame);
  const content: CustomSizeContent = {
    name: name.text,
    size: size ?? { kind: 'percent', percent: 100 },
    formats: chosenFormats,
    quality: readQuality(typed.quality, chosenFormats, blame),
    ...readByteWindow(typed, blame),
    fit: readOwnFit(typed, chosenFormats, blame),
    dpi,
    safeArea: readSafeArea(typed, blame),
    mask: readMask(typed.mask, size, dpi, blame),
  };
  return { content: Object.keys(errors).length > 0 ? null : content, errors: inOrder(errors), typed };
}

/** The fields that `readCustomSizeForm` reads as this content. null: those of a new one. */
export function writeCustomSizeForm(content: CustomSizeContent | null): CustomSizeFields {
  const { name, size, fit, quality, minBytes, maxBytes, dpi, safeArea, mask } = content ?? blank;
  const allowed = content?.formats ?? blank.formats;
  const { background, ...shown } = fit ?? defaultFit;
  const least = minBytes === null ? null : writeBytes(minBytes);
  const most = maxBytes === null ? null : writeBytes(maxBytes);
  return {
    name,
    ...writeWrittenSize(size),
    ...(content === null && { width: '', height: '' }),
    dpi: dpi === null ? '' : String(dpi),
    jpeg: yes(allowed.includes('jpeg')),
    png: yes(allowed.includes('png')),
    webp: yes(allowed.includes('webp')),
    avif: yes(allowed.includes('avif')),
    ico: yes(allowed.includes('ico')),
    preferred: allowed[0] ?? 'jpeg',
    quality: quality === null ? '' : String(quality),
    minBytes: least?.text ?? '',
    minUnit: least?.unit ?? 'KB',
    maxBytes: most?.text ?? '',
    maxUnit: most?.unit ?? 'KB',
    mode: fit === null ? '' : shown.mode,
    background: background.kind,
    colour: background.kind === 'colour' ? background.colour : '#ffffff',
    enlarge: yes(shown.enlarge),
    ...writeSafeArea(safeArea),
    mask: mask ?? '',
  };
}

/** What the form of a new custom size starts with. */
const blank: CustomSizeContent = {
  name: '',
  size: { kind: 'size', width: 0, height: 0, unit: 'px' },
  fit: null,
  formats: ['jpeg', 'png'],
  quality: null,
  minBytes: null,
  maxBytes: null,
  dpi: null,
  safeArea: null,
  mask: null,
};

function yes(isSo: boolean): string {
  return isSo ? 'yes' : '';
}

function typedFields(fields: Readonly<Record<string, unknown>>): CustomSizeFields {
  const texts = customSizeFieldNames.map((name) => {
    const { text, fault } = checkText(textOf(fields, name), { label: '', max: longestField });
    return [name, fault === null ? text : `${text}…`]; // so that what was cut off is not read as if it were whole
  });
  return { ...writeCustomSizeForm(null), ...Object.fromEntries(texts) };
}

function readFormats(fields: CustomSizeFields, blame: Blame): Format[] {
  const ticked = formats.filter((format) => fields[format] === 'yes');
  if (ticked.length === 0) blame('formats', 'Tick at least one format.');
  const preferred = formats.find((format) => format === fields.preferred);
  if (preferred === undefined) blame('preferred', unknownChoice);
  return ticked.sort((a, b) => Number(b === preferred) - Number(a === preferred));
}

function readQuality(text: string, chosen: readonly Format[], blame: Blame): number | null {
  const read = readNumber(text, 0);
  if (read.kind === 'empty') return null;
  if (read.kind === 'wrong' || read.value < 1 || read.value > 100) {
    blame('quality', 'Quality is a whole number from 1 to 100. Empty means that of the export.');
    return null;
  }
  if (chosen.length > 0 && chosen.every((format) => format === 'png')) {
    blame('quality', 'PNG has no quality. Leave it empty, or tick JPEG or WebP too.');
  }
  return read.value;
}

function readByteWindow(
  fields: CustomSizeFields,
  blame: Blame,
): Pick<CustomSizeContent, 'minBytes' | 'maxBytes'> {
  const minBytes = readLimit('minBytes', fields.minBytes, fields.minUnit, blame);
  const maxBytes = readLimit('maxBytes', fields.maxBytes, fields.maxUnit, blame);
  if (minBytes !== null && maxBytes !== null && minBytes >= maxBytes) {
    const [least, most] = [bytesWords(minBytes), bytesWords(maxBytes)];
    const isSame = minBytes === maxBytes;
    blame(
      'minBytes',
      `The least, ${least}, ${isSame ? 'has to be less' : 'is more'} than the most, ${most}.`,
    );
    blame(
      'maxBytes',
      `The most, ${most}, ${isSame ? 'has to be more' : 'is less'} than the least, ${least}.`,
    );
  }
  return { minBytes, maxBytes };
}

function readLimit(field: 'minBytes' | 'maxBytes', text: string, unit: string, blame: Blame): number | null {
  const read = readBytes(text, unit);
  if (read.kind === 'empty') return null;
  if (read.kind === 'number' && read.value >= bytesRange.min && read.value <= bytesRange.max) {
    return read.value;
  }
  const label = field === 'minBytes' ? 'The least size' : 'The largest size';
  const range = `from ${bytesWords(bytesRange.min)} to ${bytesWords(bytesRange.max)}`;
  blame(field, `${label} is a number ${range}, such as 240 KB or 1.5 MB. Empty means no limit.`);
  return null;
}

function readOwnFit(fields: CustomSizeFields, chosen: readonly Format[], blame: Blame): Fit | null {
  const { mode } = fields;
  if (mode === '' || fields.kind === 'percent') return null; // a part of the photo leaves nothing to fit
  const { fit, faults } = readFit(fields);
  if (faults.mode) blame('mode', faults.mode);
  if (!leavesGround(fit.mode)) return fit;
  if (faults.background) blame('background', faults.background);
  if (faults.colour) blame('colour', faults.colour);
  const isJpegOnly = chosen.length > 0 && chosen.every((format) => format === 'jpeg');
  if (fit.background.kind === 'transparent' && isJpegOnly) {
    blame('background', 'JPEG has no transparency. Tick PNG or WebP too, or choose another background.');
  }
  return fit;
}

function readMask(text: string, size: WrittenSize | null, dpi: number | null, blame: Blame): Mask | null {
  if (text === '') return null;
  if (text !== 'circle' && text !== 'rounded') {
    blame('mask', unknownChoice);
    return null;
  }
  if (size === null) return text;
  if (size.kind === 'longest' || size.kind === 'percent') {
    blame('mask', 'A mask needs a shape of its own: give width and height or a ratio, or choose no mask.');
  }
  const { widthPx, heightPx } = pixelsOf({ size, dpi });
  if (Math.max(widthPx, heightPx) > longestMasked * Math.min(widthPx, heightPx)) {
    blame(
      'mask',
      'In so long a shape the mask would hide more than it shows. Choose none, or a size nearer to a square.',
    );
  }
  return text;
}

function textOf(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : '';
  return typeof value === 'string' ? value : '';
}

function inOrder(errors: Record<string, string>): Record<string, string> {
  const order: readonly string[] = customSizeFieldNames;
  const place = (name: string) => order.indexOf(name === 'formats' ? 'jpeg' : name);
  return Object.fromEntries(Object.entries(errors).sort(([a], [b]) => place(a) - place(b)));
}
