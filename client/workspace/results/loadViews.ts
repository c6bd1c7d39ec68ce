/** Loads what shows verdicts in full: early where there is a network, since it may be gone when it is needed. */
import { announce } from '../announce.ts';
import { byId } from '../elements.ts';

type Views = typeof import('./views.ts');

export interface LateViews {
  /** Once there is a photo. */
  loadEarly(): void;
  openMoreSettings(...parts: Parameters<Views['openMoreSettings']>): Promise<void>;
  openReceipt(...parts: Parameters<Views['openReceipt']>): Promise<void>;
  openVerdict(...parts: Parameters<Views['openVerdict']>): Promise<void>;
}

export function loadViews(): LateViews {
  let coming: Promise<Views> | null = null;

  function load(): Promise<Views> {
    coming ??= Promise.all([import('./views.ts'), loadStyles()]).then(([views]) => views);
    coming.catch(() => {
      coming = null; // asked for again the next time
    });
    return coming;
  }

  async function open(show: (views: Views) => void): Promise<void> {
    const views = await load().catch(() => null);
    if (views) show(views);
    else announce('This could not be loaded: the network is gone, or the server. Try again later.');
  }

  return {
    loadEarly() {
      if (!coming && navigator.onLine) void load().catch(() => null);
    },
    openMoreSettings: (...parts) => open(({ openMoreSettings }) => openMoreSettings(...parts)),
    openReceipt: (...parts) => open(({ openReceipt }) => openReceipt(...parts)),
    openVerdict: (...parts) => open(({ openVerdict }) => openVerdict(...parts)),
  };
}

function loadStyles(): Promise<void> {
  const link = document.createElement('link');
  link.rel = 'stylesheet';
  link.href = byId('workspace', HTMLElement).dataset.receiptStyles ?? '';
  return new Promise((resolve, reject) => {
    link.addEventListener('load', () => resolve());
    link.addEventListener('error', () => {
      link.remove();
      reject(new Error('The style sheet could not be loaded.'));
    });
    document.head.append(link);
  });
}
