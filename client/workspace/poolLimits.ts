/** How much the pixel workers may do at once, and how long one may take to stop. */

/** The memory that the jobs may need at once, and how the pool waits. */
export interface PoolLimits {
  budgetMb: number;
  /** Calls `act` after that many milliseconds. */
  wait: (act: () => void, ms: number) => void;
}

/**
 * With 122 MB of an idle tab and what is on its way, two photos of 24 megapixels or three of 12 keep it below 400 MB
 * (engine/photoMemory.ts). A photo that needs more than all of it is worked on alone.
 */
export const budgetMb = 280;

/** How long a worker may take to stop. One that is in the midst of encoding a large file does not look up before it is done. */
export const patienceMs = 80;

export const usualLimits: PoolLimits = {
  budgetMb,
  wait: (act, ms) => void setTimeout(act, ms),
};
