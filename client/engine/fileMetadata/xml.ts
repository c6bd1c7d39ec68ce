/** As much XML as XMP needs: elements, attributes and texts with their name spaces. Total: what is unsound is skipped. */

export interface XmlElement {
  /** The address of the name space and the local name, parted by a blank: `adobe:ns:meta/ xmpmeta`. */
  name: string;
  attributes: ReadonlyMap<string, string>;
  children: readonly XmlElement[];
  /** Of this element itself, without blanks around it. */
  text: string;
}

interface Open extends XmlElement {
  children: XmlElement[];
  /** As written. */
  tag: string;
  /** Prefix -> address, those around it included. */
  spaces: ReadonlyMap<string, string>;
}

/** Forged files may have more; they end here. */
const mostElements = 20_000;
const deepest = 60;

/**
 * Comments, declarations and processing instructions are passed over, entities other than XML's own five and numbers stay as
 * they are written. The answer holds the outermost elements as children.
 */
export function parseXml(text: string): XmlElement {
  const root: Open = { name: '', tag: '', attributes: new Map(), children: [], text: '', spaces: new Map() };
  const open: Open[] = [root];
  let at = 0;
  for (let count = 0; count < mostElements; ) {
    const start = text.indexOf('<', at);
    const inside = open.at(-1) ?? root;
    inside.text += readText(text.slice(at, start < 0 ? text.length : start));
    if (start < 0) break;
    const passed = endOfPassed(text, start);
    if (passed !== null) {
      if (text.startsWith('<![CDATA[', start))
        inside.text += text.slice(start + 9, Math.max(start + 9, passed - 3));
      at = passed;
      continue;
    }
    const end = endOfTag(text, start);
    if (end < 0) break;
    const inner = text.slice(start + 1, end);
    at = end + 1;
    if (inner.startsWith('/')) close(open, inner.slice(1).trim());
    else if (open.length < deepest) {
      count += 1;
      const element = openElement(inner, inside.spaces);
      inside.children.push(element);
      if (!inner.endsWith('/')) open.push(element);
    }
  }
  return root;
}

/** The end of a comment, a declaration, an instruction or a text that is no markup; null for an element. */
function endOfPassed(text: string, start: number): number | null {
  for (const [begin, end] of [
    ['<!--', '-->'],
    ['<![CDATA[', ']]>'],
    ['<!', '>'],
    ['<?', '?>'],
  ] as const) {
    if (!text.startsWith(begin, start)) continue;
    const found = text.indexOf(end, start + begin.length);
    return found < 0 ? text.length : found + end.length;
  }
  return null;
}

/** Where a tag's `>` is, outside of quoted values; -1 where it never ends. */
function endOfTag(text: string, start: number): number {
  let quote = '';
  for (let at = start + 1; at < text.length; at++) {
    const letter = text[at] ?? '';
    if (quote) quote = letter === quote ? '' : quote;
    else if (letter === '"' || letter === "'") quote = letter;
    else if (letter === '>') return at;
  }
  return -1;
}

/** Closes the element of that name and everything in it that is still open. */
function close(open: Open[], tag: string): void {
  const at = open.findLastIndex((element, index) => index > 0 && element.tag === tag);
  if (at > 0) open.length = at;
}

/** Attributes behind this are not read. */
const longestTag = 16 * 1024;

/** Names are bounded, so that the search never goes back far. */
const attribute = /([^\s=/"']{1,200})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)')/g;

function openElement(inner: string, around: ReadonlyMap<string, string>): Open {
  const tag = /^[^\s/]*/.exec(inner)?.[0] ?? '';
  const pairs = [...inner.slice(tag.length, longestTag).matchAll(attribute)].map(
    ([, key = '', double, single]) => [key, readText(double ?? single ?? '')] as const,
  );
  const own = pairs.filter(([key]) => key.startsWith('xmlns'));
  const spaces =
    own.length > 0
      ? new Map([...around, ...own.map(([key, address]) => [key.slice('xmlns:'.length), address] as const)])
      : around;
  const attributes = new Map(
    pairs.filter(([key]) => !key.startsWith('xmlns')).map(([key, value]) => [fullName(key, spaces), value]),
  );
  return { name: fullName(tag, spaces), tag, attributes, children: [], text: '', spaces };
}

function fullName(written: string, spaces: ReadonlyMap<string, string>): string {
  const colon = written.indexOf(':');
  return `${spaces.get(written.slice(0, Math.max(0, colon))) ?? ''} ${written.slice(colon + 1)}`;
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function readText(written: string): string {
  return written
    .trim()
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal, hexadecimal, name) => {
      const code = decimal ? Number(decimal) : hexadecimal ? Number.parseInt(hexadecimal, 16) : null;
      if (code === null) return entities[name] ?? whole;
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
}
