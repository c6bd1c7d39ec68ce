/** Lets only so many hashes run at once: each holds a core for a quarter of a second, and a flood must not starve the pages. */
import { HttpError } from '../http/errors.ts';

export interface HashGate {
  /**
   * Runs the work when its turn comes.
   * @throws HttpError 503 at once when the queue is full
   */
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

/**
 * @param atOnce how many run at once: the number of cores
 * @param waiting how many may wait; the next one is refused
 */
export function createHashGate(atOnce: number, waiting: number): HashGate {
  const queue: (() => void)[] = [];
  let running = 0;
  return {
    async run(work) {
      if (running >= atOnce) {
        if (queue.length >= waiting) {
          throw new HttpError(
            503,
            'Too many people are signing in at this moment. Try again in a few seconds.',
            { retryAfterSeconds: 3 },
          );
        }
        await new Promise<void>((resolve) => queue.push(resolve)); // the one that ends hands its place on
      } else {
        running += 1;
      }
      try {
        return await work();
      } finally {
        const next = queue.shift();
        if (next) next();
        else running -= 1;
      }
    },
  };
}
