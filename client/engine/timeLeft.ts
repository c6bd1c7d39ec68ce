/** How long an export will still take, and how that is said. */

/** Below these the guess would jump about. */
const fewestDone = 2;
const shortestMs = 800;

/** Milliseconds until all `total` files are done at the pace so far; null while there is too little to judge by. */
export function timeLeft(done: number, total: number, elapsedMs: number): number | null {
  if (done >= total) return 0;
  if (done < fewestDone || elapsedMs < shortestMs) return null;
  return (elapsedMs / done) * (total - done);
}

/** "about 12 s", "about 2 min", "about 3 h": coarser the longer it is, so that it does not flicker. */
export function timeWords(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1000));
  if (seconds < 20) return `about ${seconds} s`;
  if (seconds < 58) return `about ${Math.round(seconds / 5) * 5} s`;
  const minutes = Math.max(1, Math.round(seconds / 60));
  if (minutes < 100) return `about ${minutes} min`;
  return `about ${Math.round(minutes / 60)} h`;
}
