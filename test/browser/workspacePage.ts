/** The workspace as a person uses it: found by roles and labels, never by classes or ids. */
import { readFile } from 'node:fs/promises';
import type { Browser, BrowserContextOptions, Download, Locator, Page } from 'playwright-core';
import { parseReceipt } from '../../client/engine/receipt/parseReceipt.ts';
import { type Receipt, receiptName } from '../../client/engine/receipt/receipt.ts';
import type { Detection } from '../../server/account/preferences.shared.ts';
import type { PhotoFile } from '../photos/photos.ts';
import type { App } from './app.ts';
import { unzip, type ZipEntry } from './unzip.ts';
import { type Watch, watchPage } from './watchPage.ts';

export interface Focal {
  x: number;
  y: number;
}

/** What local storage holds, written before the page loads; what is left out keeps its default. */
export interface Kept {
  specIds?: readonly string[];
  settings?: {
    format?: 'auto' | 'jpeg' | 'png' | 'webp';
    quality?: number;
    template?: string;
    detection?: Detection;
    zoom?: number;
    fewestFiles?: boolean;
    units?: 'px' | 'mm' | 'cm' | 'in';
  };
  fit?: object;
}

export interface Options {
  kept?: Kept;
  context?: BrowserContextOptions;
  /** Complaints of the page that the test itself causes. */
  allow?: RegExp[];
  /** The focus worker is the real one. Else it sees nothing, at once: its models take seconds, and smartcrop's point decides. */
  looks?: boolean;
}

/** For what takes as long as the machine needs. */
const patient = { timeout: 30_000 };

/** Detection finds the middle at once, so that a test knows where the focal point is. */
export const centred: Kept = { settings: { detection: 'centre' } };

export const settingsKey = 'allimgfit.settings';

/** Opens the workspace in a browser context of its own, does `use`, asserts that the page was clean, and closes. */
export async function inWorkspace(
  { browser, app }: { readonly browser: Browser; readonly app: App },
  { kept, context: contextOptions, allow, looks = false }: Options,
  use: (workspace: Workspace) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions });
  try {
    context.setDefaultTimeout(patient.timeout / 3);
    if (!looks) await context.route('**/assets/focus-*.js', (route) => route.fulfill(seesNothing));
    const page = await context.newPage();
    const watch = await watchPage(page, app.url, allow);
    // From now on the browser hands file dialogs to the test. Asked for only when a button is pressed, it may be late.
    page.on('filechooser', () => {});
    if (kept) await keepBeforehand(page, kept);
    await page.goto(`${app.url}/generate`, { waitUntil: 'load' });
    await use(new Workspace(page, watch));
    watch.expectClean();
  } finally {
    await context.close();
  }
}

/** A focus worker that answers every look at once, without findings. */
export const seesNothing = {
  contentType: 'text/javascript',
  headers: { 'Cross-Origin-Embedder-Policy': 'require-corp', 'Cross-Origin-Resource-Policy': 'same-origin' },
  body: "onmessage = ({ data: { kind, id } }) => kind === 'look' && postMessage({ kind: 'done', id });",
};

/** Only where nothing is kept yet, so that a reload shows what the page itself kept. */
async function keepBeforehand(page: Page, kept: Kept): Promise<void> {
  await page.addInitScript(
    ([key, text]) => {
      if (localStorage.getItem(key) === null) localStorage.setItem(key, text);
    },
    [settingsKey, JSON.stringify(kept)] as const,
  );
}

export class Workspace {
  readonly page: Page;
  readonly watch: Watch;
  readonly focalPoint: Locator;
  readonly exportBar: Locator;
  readonly exportButton: Locator;
  readonly result: Locator;
  readonly refused: Locator;
  readonly tiles: Locator;

  constructor(page: Page, watch: Watch) {
    this.page = page;
    this.watch = watch;
    this.focalPoint = page.getByRole('button', { name: /^Focal point/ });
    this.exportBar = page.getByRole('region', { name: 'Export' });
    this.exportButton = this.exportBar.getByRole('button', { name: /^Export( \d+ files?)?$/ });
    this.result = page.getByRole('group', { name: 'Result of the export' });
    this.refused = page.getByRole('group', { name: /not added$/ });
    this.tiles = page
      .getByRole('listitem')
      .filter({ has: page.getByRole('button', { name: /^Options for/ }) });
  }

  /** Chooses files in the browser's own dialog. `files` are contents, or paths on the disk. */
  async choose(files: PhotoFile[] | string[]): Promise<void> {
    const chooser = this.page.waitForEvent('filechooser');
    await this.page.getByRole('button', { name: /^(Choose|Add) photos$/ }).click();
    await (await chooser).setFiles(files);
  }

  /** Waits until `count` photos are in the tray and none is still being read. */
  async photosAreReady(count: number): Promise<void> {
    const photos = this.page.getByRole('button', { name: new RegExp(`^Photo \\d+ of ${count}: `) });
    await photos.nth(count - 1).waitFor();
    await this.page
      .getByRole('button', { name: /, reading/ })
      .first()
      .waitFor({ state: 'hidden', ...patient });
  }

  /** Waits until the first tile shows the photo: until then it is clear. */
  async tilesArePainted(): Promise<void> {
    await this.page.waitForFunction(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('li [role=group] canvas');
      const probe = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
      if (!canvas || !probe) return false;
      probe.drawImage(canvas, canvas.width / 2, canvas.height / 2, 1, 1, 0, 0, 1, 1);
      return (probe.getImageData(0, 0, 1, 1).data[3] ?? 0) > 0;
    });
  }

  async add(files: PhotoFile[] | string[]): Promise<void> {
    await this.choose(files);
    await this.photosAreReady(files.length);
  }

  /** Sets the focal point by its keys, beginning in the middle: whole per cents, 10 at a time with Shift. */
  async moveFocalFromCentre({ x, y }: Focal): Promise<void> {
    await this.page.getByLabel('Find focus').selectOption({ label: 'in the centre' });
    await this.focalPoint.focus();
    await this.pressSteps(Math.round(x * 100) - 50, 'ArrowLeft', 'ArrowRight');
    await this.pressSteps(Math.round(y * 100) - 50, 'ArrowUp', 'ArrowDown');
  }

  private async pressSteps(steps: number, back: string, forth: string): Promise<void> {
    const key = steps < 0 ? back : forth;
    for (let left = Math.abs(steps); left >= 10; left -= 10) await this.page.keyboard.press(`Shift+${key}`);
    for (let left = Math.abs(steps) % 10; left > 0; left--) await this.page.keyboard.press(key);
  }

  /** Where the focal point is, as its name says: whole per cents from the top left. */
  async focal(): Promise<Focal> {
    const name = (await this.focalPoint.getAttribute('aria-label')) ?? '';
    const [x, y] = [...name.matchAll(/(\d+)\s*%/g)].map(([, number]) => Number(number) / 100);
    if (x === undefined || y === undefined) throw new Error(`The focal point is called "${name}"`);
    return { x, y };
  }

  /** Presses Export and reads what the browser saves: the files of a zip, or the one file. */
  async export(): Promise<ZipEntry[]> {
    return (await this.exportWithReceipt()).files;
  }

  async exportWithReceipt(): Promise<{ files: ZipEntry[]; receipt: Receipt | null; download: Download }> {
    const [download] = await Promise.all([
      this.page.waitForEvent('download', patient),
      this.exportButton.click(),
    ]);
    return { ...withoutReceipt(await savedEntries(download)), download };
  }

  /** Counts what the browser saves from now on. */
  countSaved(): () => number {
    let saved = 0;
    this.page.on('download', () => saved++);
    return () => saved;
  }

  tile(name: string | RegExp): Locator {
    return this.tiles.filter({ has: this.page.getByRole('group', { name }) });
  }
}

/** The files that the browser saves, without their receipt. */
export async function filesOf(download: Download): Promise<ZipEntry[]> {
  return withoutReceipt(await savedEntries(download)).files;
}

async function savedEntries(download: Download): Promise<ZipEntry[]> {
  const bytes = await readFile(await download.path());
  const name = download.suggestedFilename();
  return name.endsWith('.zip') ? unzip(bytes) : [{ name, bytes }];
}

/** What an export made, and what it says of it: null where a single file came without its receipt. */
function withoutReceipt(entries: ZipEntry[]): { files: ZipEntry[]; receipt: Receipt | null } {
  const files = entries.filter(({ name }) => name !== receiptName);
  const entry = entries.find(({ name }) => name === receiptName);
  const parsed = entry && parseReceipt(entry.bytes.toString('utf8'));
  if (parsed && !parsed.ok) throw new Error(parsed.reason);
  return { files, receipt: parsed?.receipt ?? null };
}
