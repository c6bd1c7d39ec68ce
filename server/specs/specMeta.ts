/** What search results and shared links say of a spec: title and description. */
import { isConfirmed, type Spec } from './spec.shared.ts';
import { bytesWindowWords, dateWords, formatWords, safeAreaWords, sizeWords, thin } from './words.shared.ts';

/** What search results show as the heading: as much of it as fits. */
export function titleOf({ group, name, widthPx, heightPx }: Spec): string {
  const whole = `${group}: ${name}`;
  const sized = `${whole}, ${sizeWords(widthPx, heightPx)}`;
  return (
    [`${sized} · All Img Fit`, sized, `${whole} · All Img Fit`].find(
      (title) => title.length <= longestTitle,
    ) ?? whole
  );
}

const longestTitle = 65;
const longestDescription = 160;

/** One sentence of what is particular, as much as fits, and how well it is known. */
export function descriptionOf(spec: Spec): string {
  const { group, name, widthPx, heightPx, safeArea, head, background } = spec;
  const start = `${group}, ${name}: ${sizeWords(widthPx, heightPx)}${thin}px, ${formatWords(spec.formats)}`;
  const end = isConfirmed(spec)
    ? `. Checked ${dateWords(spec.checkedOn)}, with sources.`
    : '. Unconfirmed, with sources.';
  const parts = [
    spec.maxBytes === null && spec.minBytes === null ? '' : bytesWindowWords(spec.minBytes, spec.maxBytes),
    head === null ? '' : `head ${head.words}`,
    safeArea === null ? '' : `safe area ${safeAreaWords(safeArea, widthPx, heightPx)}`,
    background === null ? '' : `background ${background.words}`,
  ].filter((part) => part !== '');
  let words = start;
  for (const part of parts) {
    if (`${words}, ${part}${end}`.length <= longestDescription) words = `${words}, ${part}`;
  }
  return words + end;
}
