/** A file's bytes against the byte window of its place; where they miss it, what was tried and what to do. */
import {
  bytesWindowWords,
  bytesWords,
  formatChoiceWords,
  groupDigits,
  sizeWords,
} from '../../server/specs/words.shared.ts';
import type { Measure } from './byteLadder.ts';
import type { FileFacts, ReadableFormat } from './headers/fileFacts.ts';
import type { Finding, JudgedSpec, Making } from './verdict.ts';

export function judgeBytes(facts: FileFacts, spec: JudgedSpec, making: Making): Finding {
  const { bytes } = facts;
  const { minBytes, maxBytes } = spec;
  const hasLimit = minBytes !== null || maxBytes !== null;
  const window = bytesWindowWords(minBytes, maxBytes);
  const row = { rule: 'bytes', wanted: hasLimit ? window : null, found: bytesWords(bytes) } as const;
  // Rounded, 8 000 400 bytes would be "8 MB, more than 8 MB".
  if (maxBytes !== null && bytes > maxBytes) {
    const words = `${groupDigits(bytes)} bytes are more than the ${groupDigits(maxBytes)} allowed.`;
    return { ...row, state: 'red', words: withAdvice(words, adviceForLess(facts, spec)) };
  }
  if (minBytes !== null && bytes < minBytes) {
    const words = `${groupDigits(bytes)} bytes are fewer than the ${groupDigits(minBytes)} asked for.`;
    return { ...row, state: 'red', words: withAdvice(words, adviceForMore(facts, spec)) };
  }
  return { ...row, state: 'green', words: `${row.found}; ${hasLimit ? `${window} is allowed` : window}.` };

  /** Only whose file we made can do something about it. */
  function withAdvice(words: string, advice: string): string {
    return making.tried ? [words, triedWords(facts, making), advice].filter(Boolean).join(' ') : words;
  }
}

const measureWords: Record<Measure, string> = {
  chroma: 'colours halved',
  smaller: 'fewer pixels',
  'more quality': 'more quality',
  larger: 'more pixels',
  padding: 'padding',
};

/** `Tried: quality 20, colours halved.`; nothing where it is not known how the file was made. */
function triedWords({ oriented }: FileFacts, { tried, output }: Making): string {
  if (!tried) return '';
  const isOther = output !== null && tried.planned.width !== output.width;
  const parts = [
    tried.quality === null ? '' : `quality ${tried.quality}`,
    ...tried.measures
      .filter((measure) => measure !== 'smaller' && measure !== 'larger')
      .map((measure) => measureWords[measure]),
    isOther ? `${sizeWords(oriented.width, oriented.height)} pixels` : '',
  ].filter(Boolean);
  return parts.length > 0 ? `Tried: ${parts.join(', ')}.` : '';
}

/** From the heaviest format to the lightest. */
const byWeight: readonly ReadableFormat[] = ['png', 'jpeg', 'webp', 'avif'];

function adviceForLess({ format }: FileFacts, { formats }: JudgedSpec): string {
  const place = byWeight.indexOf(format);
  const lighter = formats.filter((one) => place >= 0 && byWeight.indexOf(one) > place);
  const plainer = 'A plainer crop or background makes a smaller file.';
  if (lighter.length > 0) return `Choose ${formatChoiceWords(lighter)}. ${plainer}`;
  return format === 'png' ? `This place takes PNG alone. ${plainer}` : plainer;
}

function adviceForMore({ format }: FileFacts, { formats }: JudgedSpec): string {
  if (format !== 'png' && formats.includes('png')) return 'Choose PNG, or a crop with more detail.';
  return 'A crop with more detail makes a larger file.';
}
