/** A request that this server refuses. `message` is shown to the visitor. */
export class HttpError extends Error {
  override name = 'HttpError';
  readonly status: number;

  constructor(status: number, message = '') {
    super(message);
    this.status = status;
  }
}
