/** Loads what comes late: early where there is a network, since it may be gone when it is needed. */
import { announce } from './announce.ts';
import { byId } from './elements.ts';

export type Late = typeof import('./late.ts');

export interface LateLoader {
  /** Rejects where it cannot be loaded; it is asked for again the next time. */
  load(): Promise<Late>;
  /** Once there is a photo. */
  loadEarly(): void;
  /** Shows something of it, or says that it cannot. */
  show(show: (late: Late) => void): Promise<void>;
}

export function createLateLoader(): LateLoader {
  let coming: Promise<Late> | null = null;

  function load(): Promise<Late> {
    if (!coming && !navigator.onLine) return Promise.reject(new Error('The network is off.'));
    coming ??= Promise.all([import('./late.ts'), loadStyles()]).then(([late]) => late);
    coming.catch(() => {
      coming = null;
    });
    return coming;
  }

  return {
    load,
    loadEarly() {
      if (!coming) void load().catch(() => null);
    },
    async show(show) {
      const late = await load().catch(() => null);
      if (late) show(late);
      else announce('This could not be loaded: the network is gone, or the server. Try again later.');
    },
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
