/** What is not needed before there is a photo or a receipt: loaded with the first of them, as one, so that the page is light until then. */
export { showFocusBoxes } from './focusBoxes.ts';
export { focusHands } from './focusHands.ts';
export { startFocusLooks } from './focusLooks.ts';
export { createReopening } from './reopen/reopening.ts';
export { openMoreSettings } from './results/moreSettings.ts';
export { openReceipt } from './results/receiptView.ts';
export { openVerdict } from './results/verdictPanel.ts';
export { makeSight } from './sight.ts';
