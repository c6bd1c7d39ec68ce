/** What is loaded when an export is kept, or one was. */
export { keepRun } from './exportKeeper.ts';
export { offerStopped } from './stoppedExport.ts';
