/** A request that this server refuses. `message` is shown to the visitor. */
export class HttpError extends Error {
  override name = 'HttpError';
  readonly status: number;
  /** For 429 and 503: when it makes sense to try again. */
  readonly retryAfterSeconds: number | null;

  constructor(
    status: number,
    message = '',
    { retryAfterSeconds = null, cause }: { retryAfterSeconds?: number | null; cause?: unknown } = {},
  ) {
    super(message, cause === undefined ? {} : { cause });
    this.status = status;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
