/** A queue whose reader waits for what its writer pushes: the files of an export on their way into the zip. */

export interface Queue<T> extends AsyncIterable<T> {
  push(item: T): void;
  /** No more items will come; the reader ends after those that are there. */
  close(): void;
  /** The reader's loop throws this. */
  fail(reason: unknown): void;
}

export function createQueue<T>(): Queue<T> {
  const items: T[] = [];
  let end: { reason?: unknown } | null = null;
  let wake: () => void = () => {};

  async function* read(): AsyncGenerator<T> {
    while (true) {
      if (end && 'reason' in end) throw end.reason;
      const item = items.shift();
      if (item !== undefined) yield item;
      else if (end) return;
      else await new Promise<void>((resolve) => (wake = resolve));
    }
  }

  return {
    push(item) {
      items.push(item);
      wake();
    },
    close() {
      end ??= {};
      wake();
    },
    fail(reason) {
      end = { reason };
      wake();
    },
    [Symbol.asyncIterator]: read,
  };
}
