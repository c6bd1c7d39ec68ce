/** On the pages of presets: those of this browser for whoever is signed out, and what script adds to those of an account. */
import { copyLinks } from './copyLinks.ts';
import { guardAfterDelete } from './deleteGuard.ts';
import { startDragging } from './dragItems.ts';
import { readFiles } from './fileChooser.ts';
import { filterLongLists } from './filterRows.ts';
import { offerImport } from './offerImport.ts';

/** Brings the page to life, at first and after each part that htmx has put in. */
function start(): void {
  filterLongLists(document);
  startDragging();
  copyLinks();
  readFiles(document);
}

const here = document.querySelector<HTMLElement>('#presets-here');
if (here) {
  readFiles(here);
  const { showPresetsHere } = await import('./presetsHere.ts');
  showPresetsHere(here);
  filterLongLists(here);
} else {
  start();
  guardAfterDelete();
  document.addEventListener('htmx:after:swap', start);
  void offerImport();
}
