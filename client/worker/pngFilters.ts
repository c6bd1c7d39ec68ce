/** The filters of a PNG's rows (PNG, clause 9): each row begins with the number of its filter. */

/** `rows`: the bytes of all rows, one after the other. */
export function filterNone(rows: Uint8Array, rowBytes: number): Uint8Array<ArrayBuffer> {
  const count = rowBytes === 0 ? 0 : rows.length / rowBytes;
  const filtered = new Uint8Array(rows.length + count);
  for (let row = 0; row < count; row += 1) {
    filtered.set(rows.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return filtered;
}

/**
 * For each row the filter whose differences are smallest in sum, counted as signed bytes (the heuristic that the PNG
 * standard gives, 12.7).
 */
export function filterAdaptively(
  rows: Uint8Array,
  rowBytes: number,
  bytesPerPixel: number,
): Uint8Array<ArrayBuffer> {
  const count = rows.length / rowBytes;
  const filtered = new Uint8Array(rows.length + count);
  const trial = new Uint8Array(rowBytes);
  const none = new Uint8Array(rowBytes);
  for (let row = 0; row < count; row += 1) {
    const current = rows.subarray(row * rowBytes, (row + 1) * rowBytes);
    const above = row === 0 ? none : rows.subarray((row - 1) * rowBytes, row * rowBytes);
    const start = row * (rowBytes + 1);
    let least = Infinity;
    for (const [filter, apply] of filters.entries()) {
      const sum = apply(current, above, bytesPerPixel, trial);
      if (sum >= least) continue;
      least = sum;
      filtered[start] = filter;
      filtered.set(trial, start + 1);
    }
  }
  return filtered;
}

/** Writes the differences of a row into `out` and gives the sum of their sizes. */
type Filter = (row: Uint8Array, above: Uint8Array, step: number, out: Uint8Array) => number;

/** None, Sub, Up, Average, Paeth. Each has a loop of its own: they run over every byte of the picture. */
const filters: readonly Filter[] = [
  (row, _above, _step, out) => {
    let sum = 0;
    for (let at = 0; at < row.length; at += 1) sum += put(out, at, row[at] ?? 0);
    return sum;
  },
  (row, _above, step, out) => {
    let sum = 0;
    for (let at = 0; at < row.length; at += 1) sum += put(out, at, (row[at] ?? 0) - (row[at - step] ?? 0));
    return sum;
  },
  (row, above, _step, out) => {
    let sum = 0;
    for (let at = 0; at < row.length; at += 1) sum += put(out, at, (row[at] ?? 0) - (above[at] ?? 0));
    return sum;
  },
  (row, above, step, out) => {
    let sum = 0;
    for (let at = 0; at < row.length; at += 1) {
      sum += put(out, at, (row[at] ?? 0) - (((row[at - step] ?? 0) + (above[at] ?? 0)) >> 1));
    }
    return sum;
  },
  (row, above, step, out) => {
    let sum = 0;
    for (let at = 0; at < row.length; at += 1) {
      const guess = paeth(row[at - step] ?? 0, above[at] ?? 0, above[at - step] ?? 0);
      sum += put(out, at, (row[at] ?? 0) - guess);
    }
    return sum;
  },
];

function put(out: Uint8Array, at: number, difference: number): number {
  const byte = difference & 0xff;
  out[at] = byte;
  return byte < 128 ? byte : 256 - byte;
}

function paeth(left: number, up: number, upLeft: number): number {
  const toLeft = Math.abs(up - upLeft);
  const toUp = Math.abs(left - upLeft);
  const toUpLeft = Math.abs(left + up - 2 * upLeft);
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
