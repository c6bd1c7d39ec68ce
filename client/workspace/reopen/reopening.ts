/** Opens the job of a receipt again: the wall at once, and each photo's focus and crops when it is there. */
import { countWords, dateWords, joinWith } from '../../../server/specs/words.shared.ts';
import { parseReceipt } from '../../engine/receipt/parseReceipt.ts';
import { type Receipt, type ReceiptPhoto, receiptName } from '../../engine/receipt/receipt.ts';
import { announce } from '../announce.ts';
import type { Catalogue } from '../catalogue.ts';
import { hashPhoto } from '../results/hashPhoto.ts';
import type { Photo } from '../state.ts';
import type { Store } from '../store.ts';
import { type Match, matchPhoto, withReceiptEdits } from './matchPhoto.ts';
import { mostTextBytes, readZipText } from './readZipText.ts';
import type { Sorted } from './receiptsAmong.ts';
import { createReopenNote } from './reopenNote.ts';
import { openReceiptWall } from './wallOfReceipt.ts';

export interface Reopening {
  /** The first receipt among the files is opened; `photos` came along with it. */
  open(receipts: readonly File[], photos: readonly File[]): Promise<Sorted>;
}

export function createReopening(store: Store, catalogue: Catalogue): Reopening {
  let waiting: readonly ReceiptPhoto[] = [];
  let head = '';
  /** Photos that have been compared with the receipt. */
  const seen = new Set<number>();
  const note = createReopenNote({ onUse: useOther, onClose: () => stopWaiting() });
  let others: { photoId: number; name: string; photo: ReceiptPhoto }[] = [];

  store.listen((state, before) => {
    if (waiting.length > 0 && state.photos !== before.photos) void recognise();
  });

  async function open(receipts: readonly File[], photos: readonly File[]): Promise<Sorted> {
    const refused: Sorted['refused'] = [];
    for (const file of receipts) {
      const text = await textOf(file);
      const parsed = text.ok ? parseReceipt(text.text) : null;
      if (parsed?.ok) {
        const fresh = withoutMade(photos, parsed.receipt);
        start(parsed.receipt, photos.length - fresh.length);
        return { photos: fresh, refused };
      }
      const reason = text.ok
        ? `${file.name}: ${parsed && !parsed.ok ? parsed.reason : ''}`
        : `${file.name} ${text.reason}.`;
      refused.push({ name: file.name, reason });
    }
    return { photos: [...photos], refused };
  }

  function start(receipt: Receipt, leftOut: number): void {
    store.change((state) => openReceiptWall(state, catalogue, receipt));
    waiting = receipt.photos;
    others = [];
    seen.clear();
    const gone = receipt.specs.filter(({ id }) => catalogue.find(id) === null).length;
    const missing =
      gone === 0 ? '' : ` ${countWords(gone, 'spec')} of it ${gone === 1 ? 'is' : 'are'} not there.`;
    const day = dateWords(receipt.madeAt.slice(0, 10));
    const count = countWords(receipt.specs.length - gone, 'spec');
    head = `The job of ${day} is open again: ${count}.${missing}${leftOutWords(leftOut)}`;
    show(true);
    void recognise();
  }

  /** Each photo is compared once it is read: then its focal point is not overwritten by one that is found later. */
  async function recognise(): Promise<void> {
    const fresh = store.get().photos.filter(({ id, found }) => found && !seen.has(id));
    // All at once: while one is compared, the next change asks again.
    for (const { id } of fresh) seen.add(id);
    for (const photo of fresh) {
      const match = await compare(photo);
      if (match?.kind === 'same') use(photo.id, match.photo);
      if (match?.kind === 'other')
        others = [...others, { photoId: photo.id, name: photo.name, photo: match.photo }];
      if (match) show(match.kind === 'other' || waiting.length === 0);
    }
  }

  async function compare(photo: Photo): Promise<Match> {
    const { name, bytes } = photo;
    return matchPhoto({ name, bytes, sha256: await hashPhoto(photo) }, waiting);
  }

  function use(photoId: number, photo: ReceiptPhoto): void {
    waiting = waiting.filter((one) => one !== photo);
    others = others.filter((other) => other.photo !== photo);
    store.change((state) => withReceiptEdits(state, photoId, photo));
  }

  function useOther(): void {
    for (const { photoId, photo } of others) use(photoId, photo);
    others = [];
    show(true);
  }

  function stopWaiting(): void {
    waiting = [];
    others = [];
  }

  function show(isSpoken: boolean): void {
    const words = [head, waitingWords(waiting), ...others.map(otherWords)].filter(Boolean).join(' ');
    note.show(words, { canUse: others.length > 0, isDone: waiting.length === 0 });
    if (isSpoken) announce(words);
  }

  return { open };
}

/** A folder that was unpacked has the exported files beside the receipt; they are no photos to start from. */
export function withoutMade<Picked extends { name: string; size: number }>(
  photos: readonly Picked[],
  { files }: { files: readonly { name: string; bytes: number }[] },
): Picked[] {
  const made = new Map(files.map(({ name, bytes }) => [name, bytes]));
  return photos.filter(({ name, size }) => made.get(name) !== size);
}

function leftOutWords(count: number): string {
  if (count === 0) return '';
  return ` ${countWords(count, 'file')} that it made ${count === 1 ? 'is' : 'are'} left out.`;
}

/** `Drop market-day.jpg to go on.` */
function waitingWords(waiting: readonly ReceiptPhoto[]): string {
  if (waiting.length === 0) return 'Its photos are here, with their focus and crops.';
  const names = waiting.slice(0, 3).map(({ name }) => name);
  const more = waiting.length - names.length;
  const all = more > 0 ? [...names, `${more} more`] : names;
  return `Drop ${joinWith('and', all)} to go on.`;
}

function otherWords({ name }: { name: string }): string {
  return `${name} is another file than the one that the job was made from.`;
}

async function textOf(file: File): Promise<{ ok: true; text: string } | { ok: false; reason: string }> {
  if (!/\.json$/i.test(file.name) && file.type !== 'application/json') return readZipText(file, receiptName);
  if (file.size > mostTextBytes) return { ok: false, reason: 'is too large to be a receipt' };
  try {
    return { ok: true, text: await file.text() };
  } catch {
    return { ok: false, reason: 'could not be read: it was moved or deleted meanwhile' };
  }
}
