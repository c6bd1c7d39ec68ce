/** The names of exported files: made from a template, safe on every system, unique in their folder. */
import { placeholders } from '../../server/presets/nameTemplate.shared.ts';
import { isCustomSizeId } from '../../server/presets/preset.shared.ts';
import type { Format, Spec } from '../../server/specs/spec.shared.ts';

/** What a template's placeholders stand for. */
export interface NameParts {
  /** The photo's own file name; its ending is dropped. */
  photo: string;
  /** A word for the spec, see `specWord`. */
  spec: string;
  group: string;
  width: number;
  height: number;
  format: Format;
  /** The photo's place in the list, from 1. */
  index: number;
}

const endings: Record<Format, string> = {
  jpeg: '.jpg',
  png: '.png',
  webp: '.webp',
  avif: '.avif',
  ico: '.ico',
};

/** Limits of a name: code points before the ending, and UTF-8 bytes of the whole name (file systems allow 255). */
const mostCodePoints = 120;
const mostBytes = 240;

/** The word that tells a spec's files apart: its id, or of a custom size, whose id says nothing, what its name comes to. */
export function specWord({ id, name }: Pick<Spec, 'id' | 'name'>): string {
  return (isCustomSizeId(id) && slugOf(name)) || id;
}

/** `Shop – Große Kachel №2` becomes `shop-große-kachel-no2`; letters of every script stay. */
function slugOf(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The name of one file with its ending. Total: a placeholder that does not exist stays as it is written. */
export function fileName(template: string, parts: NameParts): string {
  return withCounter(template, parts, 1);
}

/**
 * One name per entry, in the same order; no two are alike on a system that ignores case. The second of a name gets
 * " (2)" before its ending, and so on.
 */
export function uniqueFileNames(template: string, all: readonly NameParts[]): string[] {
  const taken = new Set<string>();
  const nextCounter = new Map<string, number>();
  return all.map((parts) => {
    const plain = foldCase(fileName(template, parts));
    for (let counter = nextCounter.get(plain) ?? 1; ; counter++) {
      const name = withCounter(template, parts, counter);
      if (taken.has(foldCase(name))) continue;
      taken.add(foldCase(name));
      nextCounter.set(plain, counter + 1);
      return name;
    }
  });
}

/** Alike for names that some file system holds for the same: stricter than any one of them. */
function foldCase(name: string): string {
  return name.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
}

function withCounter(template: string, parts: NameParts, counter: number): string {
  const tail = `${counter > 1 ? ` (${counter})` : ''}`;
  const ending = endings[parts.format];
  const roomCodePoints = mostCodePoints - tail.length;
  const roomBytes = mostBytes - tail.length - ending.length;
  const fits = (name: string) => [...name].length <= roomCodePoints && utf8Length(name) <= roomBytes;

  // The photo's name gives way first: the spec and the size at the end tell the files apart.
  let photo = [...safe(withoutEnding(parts.photo))];
  let name = safe(fillIn(template, { ...parts, photo: photo.join('') }));
  while (!fits(name) && photo.length > 1) {
    photo = photo.slice(0, -1);
    name = safe(fillIn(template, { ...parts, photo: photo.join('') }));
  }
  let points = [...name];
  while (!fits(name)) {
    points = points.slice(0, -1);
    name = safe(points.join(''));
  }
  return `${protect(name || safe(parts.spec) || 'photo')}${tail}${ending}`;
}

function fillIn(template: string, parts: NameParts): string {
  return template.replaceAll(/\{([^{}]*)\}/g, (whole, word: string) => {
    const known = placeholders.find((placeholder) => placeholder === word);
    return known ? String(parts[known]) : whole;
  });
}

function withoutEnding(name: string): string {
  return name.replace(/(?<=.)\.[a-z0-9]{1,5}$/i, '');
}

/**
 * Leaves nothing that Windows, macOS or Linux refuses or shows misleadingly: reserved and control characters, marks
 * that turn the writing direction or are invisible, half surrogates, dots and blanks at the ends.
 */
function safe(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu, '')
    .replaceAll(/[<>:"/\\|?*]/g, '-')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[.\s-]+/, '')
    .replace(/[.\s-]+$/, '');
}

/** Device names that Windows reserves in every folder, with or without an ending (Microsoft, "Naming Files, Paths"). */
function protect(name: string): string {
  return /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)\s*(\.|$)/i.test(name)
    ? `_${name}`
    : name;
}

function utf8Length(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
