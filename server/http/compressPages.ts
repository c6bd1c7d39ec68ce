/** Compresses what is rendered per request; assets are compressed by the build. */
import compression from 'compression';
import type { RequestHandler } from 'express';

/** Below a packet's size compression saves nothing. */
const thresholdBytes = 1024;

export function compressPages(): RequestHandler {
  return compression({ threshold: thresholdBytes });
}
