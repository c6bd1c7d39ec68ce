/** On every page, in <head>, before the first paint: marks that scripts run, applies the theme, makes its switch work. */
import { keptChanged, listenToKept } from '../kept/keptChanged.ts';
import { keepTheme, keptTheme, nextTheme, type Theme } from '../kept/theme.ts';

const root = document.documentElement;
root.classList.add('js');

/** What is shown: where storage is switched off, it is not what is kept. */
let theme: Theme = keptTheme();

function applyTheme(): void {
  if (theme === 'automatic') delete root.dataset.theme;
  else root.dataset.theme = theme;
  const button = document.querySelector<HTMLButtonElement>('#theme');
  if (!button) return;
  button.dataset.theme = theme;
  button.setAttribute('aria-label', `Theme: ${theme}`);
  button.title = `Theme: ${theme}`;
  button.hidden = false;
}

function followKept(): void {
  theme = keptTheme();
  applyTheme();
}

applyTheme();
document.addEventListener('DOMContentLoaded', () => {
  applyTheme();
  listenToKept(followKept);
  addEventListener('storage', followKept);
  document.querySelector('#theme')?.addEventListener('click', () => {
    theme = nextTheme(theme);
    applyTheme();
    if (keepTheme(theme)) keptChanged();
  });
});
