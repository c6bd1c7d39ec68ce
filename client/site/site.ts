/** On every page, in <head>, before the first paint: marks that scripts run, applies the theme, makes its switch work. */
export {};

const themeKey = 'allimgfit.theme';
const themes = ['automatic', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const root = document.documentElement;
root.classList.add('js');

function storedTheme(): Theme {
  try {
    return themes.find((theme) => theme === localStorage.getItem(themeKey)) ?? 'automatic';
  } catch {
    return 'automatic'; // Storage is switched off: the system's theme is used and nothing is kept.
  }
}

function applyTheme(theme: Theme): void {
  if (theme === 'automatic') delete root.dataset.theme;
  else root.dataset.theme = theme;
}

function keepTheme(theme: Theme): void {
  try {
    if (theme === 'automatic') localStorage.removeItem(themeKey);
    else localStorage.setItem(themeKey, theme);
  } catch {
    // Storage is switched off: the choice lasts as long as the page.
  }
}

let theme = storedTheme();
applyTheme(theme);

document.addEventListener('DOMContentLoaded', () => {
  const button = document.querySelector<HTMLButtonElement>('#theme');
  if (!button) return;
  const name = (): void => {
    button.dataset.theme = theme;
    button.setAttribute('aria-label', `Theme: ${theme}`);
    button.title = `Theme: ${theme}`;
  };
  name();
  button.hidden = false;
  button.addEventListener('click', () => {
    theme = themes[(themes.indexOf(theme) + 1) % themes.length] ?? 'automatic';
    applyTheme(theme);
    keepTheme(theme);
    name();
  });
});
