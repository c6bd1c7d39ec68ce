/**
 * Chromium draws no canvas with more pixels a side, and as many in all as both sides give (268 435 456; measured in
 * Chromium 156). Safari's stops at 16 777 216 in all: a larger file fails there, which the form says and does not forbid.
 */
export const largestSidePx = 16_384;
