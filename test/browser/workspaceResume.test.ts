/** What happens to a large export when its page is closed, its room is full, its worker dies, or another tab exports too. */
import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { builtIn } from '../../server/specs/catalogue.ts';
import { distinctPhotos } from '../photos/photos.ts';
import { cancelAtFile, countKept, holdFilesAfter } from './keptExport.ts';
import { openStage } from './stage.ts';
import { centred, filesOf, inWorkspace, Workspace } from './workspacePage.ts';

const stage = openStage();
const patient = { timeout: 30_000 };

/** Small ones, so that it is quick; of ten sizes. */
const specIds = [
  ...new Map(
    builtIn.specs
      .filter(({ widthPx, heightPx }) => widthPx * heightPx < 500_000)
      .map((spec) => [`${spec.widthPx} ${spec.heightPx}`, spec.id]),
  ).values(),
].slice(0, 10);
const kept = { ...centred, specIds };

test('an export whose page was closed goes on where it stopped, and gives the same files; then nothing of it stays', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await workspace.add(await distinctPhotos(4));
    await workspace.focalPoint.focus();
    await page.keyboard.press('Shift+ArrowLeft');
    const whole = byName(await workspace.export());
    expect(whole.size).toBe(40);

    // The writing of the last files is held back, so that the page is closed in the midst of it whatever the machine's pace.
    await holdFilesAfter(page, 15);
    await workspace.exportButton.click();
    await page.waitForFunction(() => Reflect.get(globalThis, 'isHeld') === true, null, patient);
    await expect.poll(() => countKept(page), patient).toEqual({ job: 1, photos: 4 });
    const context = page.context();
    await page.close();

    const again = await openPage(context, workspace);
    const offer = again.page.getByRole('group', { name: /^An export of 40 files stopped at \d+\.$/ });
    await offer.waitFor();
    const made = Number(/at (\d+)/.exec((await offer.textContent()) ?? '')?.[1]);
    expect(made).toBeGreaterThan(0);
    expect(made).toBeLessThan(40);
    const asked = await countAsked(again.page);
    const download = again.page.waitForEvent('download', patient);
    await offer.getByRole('button', { name: 'Go on' }).click();
    const files = byName(await filesOf(await download));
    expect([...files.keys()].sort()).toEqual([...whole.keys()].sort());
    for (const [name, bytes] of whole) expect(files.get(name)?.equals(bytes), name).toBe(true);
    expect(await asked(), 'only what was missing was made').toBe(40 - made);
    await again.photosAreReady(4);
    await again.result.waitFor();
    expect(await countKept(again.page)).toEqual({ job: 0, photos: 0 });

    const last = await openPage(context, again);
    await last.page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
  });
});

test('discarded, or of an account that has signed out since, nothing of it stays', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page } = workspace;
    await workspace.add(await distinctPhotos(2));
    await holdFilesAfter(page, 5);
    await workspace.exportButton.click();
    await page.waitForFunction(() => Reflect.get(globalThis, 'isHeld') === true, null, patient);
    const context = page.context();
    await page.close();
    const again = await openPage(context, workspace);
    const offered = again.page.getByRole('button', { name: 'Discard' });
    await offered.waitFor();
    await again.page.evaluate(
      () =>
        new Promise<void>((resolve, reject) => {
          const opening = indexedDB.open('allimgfit.export');
          opening.onerror = () => reject(opening.error);
          opening.onsuccess = () => {
            const transaction = opening.result.transaction('job', 'readwrite');
            const job = transaction.objectStore('job');
            const reading = job.get(0);
            reading.onsuccess = () => job.put({ ...reading.result, account: 'somebody' }, 0);
            transaction.onabort = () => reject(transaction.error);
            transaction.oncomplete = () => {
              opening.result.close();
              resolve();
            };
          };
        }),
    );
    const third = await openPage(context, again);
    await third.page.waitForFunction(async () => (await indexedDB.databases()).length === 0);
    await offered.click();
    await again.page.getByText(/^An export of/).waitFor({ state: 'hidden' });
    expect(await again.page.evaluate(async () => (await indexedDB.databases()).length)).toBe(0);
  });
});

test('where the room is full, or another tab keeps an export, it is said, and every file is delivered', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page, exportBar } = workspace;
    await workspace.add(await distinctPhotos(2));
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', { origin: stage.app.url, quotaSize: 100_000 });
    await rememberNotes(page);
    expect(await workspace.export()).toHaveLength(20);
    expect(await notes(page)).toEqual([
      'Stay on this page until it is done: it could not go on later, since this browser has no room for it.',
    ]);
    await session.send('Storage.overrideQuotaForOrigin', { origin: stage.app.url });

    const other = await page.context().newPage();
    await other.goto(`${stage.app.url}/healthz`);
    await other.evaluate(() => {
      void navigator.locks.request('allimgfit.export', () => new Promise(() => {}));
      return navigator.locks.query();
    });
    expect(await workspace.export()).toHaveLength(20);
    expect((await notes(page)).at(-1)).toContain('another tab keeps an export already');
    await exportBar.getByText(/^Stay on this page/).waitFor({ state: 'hidden' });
  });
});

test('cancelled at its beginning, in its midst and near its end nothing is saved; the next export is whole though a worker dies', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page, exportBar, exportButton } = workspace;
    await workspace.add(await distinctPhotos(3));
    const saved = workspace.countSaved();
    for (const cancelLater of [cancelWhen(/./), cancelAtFile(10), cancelAtFile(25)]) {
      await cancelLater(page);
      await exportButton.click();
      await workspace.result.getByText('Export cancelled. Nothing was saved.').waitFor();
      await exportBar.getByRole('button', { name: 'Close' }).click();
    }
    await page.waitForFunction(async () => (await indexedDB.databases()).length === 0);

    // And then a worker dies.
    await page.evaluate(() => {
      const { postMessage } = Worker.prototype;
      let deaths = 0;
      Worker.prototype.postMessage = function (request: unknown, transfer: unknown) {
        Reflect.apply(postMessage, this, [request, transfer]);
        if (Reflect.get(Object(request), 'kind') !== 'export' || deaths > 0) return;
        deaths++;
        this.terminate();
        this.dispatchEvent(new ErrorEvent('error'));
      };
    });
    expect(await workspace.export()).toHaveLength(30);
    expect(await workspace.result.textContent()).not.toContain('failed');
    expect(saved(), 'of the cancelled ones nothing').toBe(1);
  });
});

function byName(files: readonly { name: string; bytes: Buffer }[]): Map<string, Buffer> {
  return new Map(files.filter(({ name }) => !name.endsWith('.json')).map(({ name, bytes }) => [name, bytes]));
}

async function openPage(context: BrowserContext, { watch }: Workspace): Promise<Workspace> {
  const page = await context.newPage();
  await page.goto(`${stage.app.url}/generate`, { waitUntil: 'load' });
  return new Workspace(page, watch);
}

/** How many files workers were asked for since. */
async function countAsked(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const { postMessage } = Worker.prototype;
    Reflect.set(globalThis, 'asked', 0);
    Worker.prototype.postMessage = function (request: unknown, transfer: unknown) {
      const orders = Reflect.get(Object(request), 'orders');
      const count = Array.isArray(orders) ? orders.length : 0;
      Reflect.set(globalThis, 'asked', Reflect.get(globalThis, 'asked') + count);
      Reflect.apply(postMessage, this, [request, transfer]);
    };
  });
  return () => page.evaluate(() => Reflect.get(globalThis, 'asked'));
}

/** Every note beside the progress, also one that is soon gone. */
function rememberNotes(page: Page): Promise<void> {
  return page.evaluate(() => {
    const seen: string[] = [];
    Reflect.set(globalThis, 'notes', seen);
    const busy = document.querySelector('#bar-busy');
    const look = (): void => {
      const words = busy?.querySelector('.bar__note')?.textContent;
      if (words && seen.at(-1) !== words) seen.push(words);
    };
    if (busy)
      new MutationObserver(look).observe(busy, {
        attributes: true,
        childList: true,
        characterData: true,
        subtree: true,
      });
  });
}

function notes(page: Page): Promise<string[]> {
  return page.evaluate(() => Reflect.get(globalThis, 'notes'));
}

/** Presses Cancel as soon as the progress says that. */
function cancelWhen(words: RegExp): (page: Page) => Promise<void> {
  return (page) =>
    page.evaluate((source) => {
      const progress = document.querySelector('#busy-words');
      const cancel = document.querySelector('#cancel-export');
      const watch = new MutationObserver(() => {
        if (!new RegExp(source).test(progress?.textContent ?? '')) return;
        watch.disconnect();
        if (cancel instanceof HTMLElement) cancel.click();
      });
      if (progress) watch.observe(progress, { childList: true, characterData: true, subtree: true });
    }, words.source);
}

test('into a folder: a new one inside the one that was chosen, all files and the receipt; cancelled, it goes again', async () => {
  await inWorkspace(stage, { kept }, async (workspace) => {
    const { page, exportBar } = workspace;
    // The browser's own dialog can't be driven: the origin's private folder stands for the one that a person chooses.
    await page.addInitScript(() => {
      Reflect.set(window, 'showDirectoryPicker', () => navigator.storage.getDirectory());
    });
    await page.reload({ waitUntil: 'load' });
    await workspace.add(await distinctPhotos(2));
    const button = exportBar.getByRole('button', { name: 'Into a folder' });
    await button.click();
    await workspace.result.getByText(/saved as the folder all-img-fit\b/).waitFor(patient);
    await cancelAtFile(10)(page);
    await button.click();
    await workspace.result.getByText('Export cancelled. Nothing was saved.').waitFor();
    const listed = () =>
      page.evaluate(async () => {
        const found: [string, number][] = [];
        for await (const [name, handle] of (await navigator.storage.getDirectory()).entries()) {
          if (!(handle instanceof FileSystemDirectoryHandle)) continue;
          let count = 0;
          for await (const file of handle.values()) {
            if (file instanceof FileSystemFileHandle && (await file.getFile()).size > 0) count++;
          }
          found.push([name, count]);
        }
        return found;
      });
    await expect.poll(listed, patient).toEqual([['all-img-fit', 21]]);
  });
});
