/** What shows verdicts in full: loaded with the first photo, so that the page is light until then. */
export { openReceipt } from './receiptView.ts';
export { openVerdict } from './verdictPanel.ts';
