/** On account pages: forms are sent without a reload, passwords can be shown, the check is done by the browser. All of it works without. */
import htmx from 'htmx.org';
import { startCheck } from './check.ts';
import { followAccount } from './followAccount.ts';
import { startImportFile } from './importFile.ts';
import { startReveal } from './reveal.ts';
import { followSending } from './sending.ts';

/** Without a delay htmx compares no styles of old and new parts, which it does by style attributes that our policy forbids. */
htmx.config.defaultSettleDelay = 0;

let stops: (() => void)[] = [];

/** Brings the page to life, at first and after each part that htmx has put in. */
function start(): void {
  for (const stop of stops) stop();
  stops = [
    ...[...document.querySelectorAll<HTMLElement>('.reveal')].map(startReveal),
    ...[...document.querySelectorAll<HTMLFieldSetElement>('.check')].map((check) => startCheck(check, start)),
    ...[...document.querySelectorAll<HTMLElement>('.import-file')].map(startImportFile),
  ];
}

start();
followAccount();
followSending();
document.addEventListener('htmx:after:swap', () => {
  start();
  document.querySelector<HTMLElement>('.errors')?.focus();
});
