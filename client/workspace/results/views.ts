/** What shows verdicts in full, and settings that few need: loaded with the first photo, so that the page is light until then. */
export { openMoreSettings } from './moreSettings.ts';
export { openReceipt } from './receiptView.ts';
export { openVerdict } from './verdictPanel.ts';
