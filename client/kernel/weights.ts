/**
 * Lanczos3 weights in fixed point: how much of each source pixel goes into each target pixel along one direction.
 *
 * A block of weights in memory: six i32 (count of target pixels, taps kept per target pixel, first source pixel touched,
 * end of the source pixels touched, most taps used, nothing), then per target pixel two i32 (its first source pixel and how many it takes, both
 * even), then per target pixel its taps as i16, then room for one window of f64. The weights of a target pixel add up to
 * exactly 1 << 14, so a constant stays constant.
 */

const header: usize = 24;
const lobes: f64 = 3;
const one: i32 = 1 << 14;

/** As many source pixels as the window can lie over, one more at each end to make place and count even. */
function tapsFor(scale: f64): i32 {
  return (<i32>Math.ceil(2 * lobes * Math.max(1, scale)) + 4) & ~1;
}

/** Bytes of the block for `count` target pixels of `scale` source pixels each. */
export function weightsSize(count: i32, scale: f64): usize {
  return align8(header + <usize>count * (8 + <usize>tapsFor(scale) * 2)) + <usize>tapsFor(scale) * 8;
}

function align8(bytes: usize): usize {
  return (bytes + 7) & ~7;
}

export function countOf(weights: usize): i32 {
  return load<i32>(weights);
}
export function firstOf(weights: usize): i32 {
  return load<i32>(weights, 8);
}
export function endOf(weights: usize): i32 {
  return load<i32>(weights, 12);
}
export function mostTapsOf(weights: usize): i32 {
  return load<i32>(weights, 16);
}
export function tapsBytesOf(weights: usize): i32 {
  return load<i32>(weights, 4) << 1;
}
/** Where the first source pixel of target pixel `i` stands; its count stands 4 bytes on. */
export function spanOf(weights: usize, i: i32): usize {
  return weights + header + ((<usize>i) << 3);
}
export function tapsOf(weights: usize, i: i32): usize {
  return weights + header + ((<usize>countOf(weights)) << 3) + <usize>(i * tapsBytesOf(weights));
}

/**
 * Writes the block for the target pixels from `first` on. Target pixel i has its middle at `origin + (i + 0.5) * scale`
 * in source pixels; none outside of `low` to `high` gets weight, and the window is cut there. It is six target pixels
 * wide, or six source pixels when the target is finer (scale below 1).
 */
export function writeWeights(
  at: usize,
  first: i32,
  count: i32,
  origin: f64,
  scale: f64,
  low: i32,
  high: i32,
): void {
  const widening = Math.max(1, scale);
  const taps = tapsFor(scale);
  const floats = at + align8(header + <usize>count * (8 + <usize>taps * 2));
  const step = Math.PI / lobes / widening;
  const turnSin = sine(step);
  const turnCos = sine(step + Math.PI / 2);
  let from = high;
  let to = low;
  let most = 0;
  let lastOffset: f64 = 0;
  let lastCount = 0;
  let lastGap = 0;
  store<i32>(at, count);
  store<i32>(at, taps, 4);
  for (let i = 0; i < count; i++) {
    const wished = origin + (<f64>(first + i) + 0.5) * scale;
    const middle = Math.min(Math.max(wished, <f64>low), <f64>high);
    const start = min(max(<i32>Math.floor(middle - lobes * widening + 0.5), low), high - 1);
    const end = max(min(<i32>Math.floor(middle + lobes * widening + 0.5), high), start + 1);
    const even = start & ~1;
    const size = (end - even + 1) & ~1;
    store<i32>(spanOf(at, i), even);
    store<i32>(spanOf(at, i), size, 4);
    from = min(from, even);
    to = max(to, even + size);
    most = max(most, size);
    const place = tapsOf(at, i);
    const offset = <f64>start - middle;
    if (offset === lastOffset && end - start === lastCount && start - even === lastGap) {
      // The window of the pixel before, moved by whole pixels: at a scale of 2 this is nearly every one.
      copyTaps(place, place - ((<usize>taps) << 1), taps);
      continue;
    }
    lastOffset = offset;
    lastCount = end - start;
    lastGap = start - even;
    const total = sampleWindow(floats, end - start, (offset + 0.5) * step, step, turnSin, turnCos);
    if (even < start) store<i16>(place, 0);
    roundWindow(place + ((<usize>(start - even)) << 1), floats, end - start, <f64>one / total);
    for (let j = end - even; j < taps; j++) store<i16>(place + ((<usize>j) << 1), 0);
  }
  store<i32>(at, from, 8);
  store<i32>(at, to, 12);
  store<i32>(at, most, 16);
}

function copyTaps(to: usize, from: usize, taps: i32): void {
  for (let j: usize = 0; j < (<usize>taps) << 1; j += 4) store<i32>(to + j, load<i32>(from + j));
}

/**
 * Writes `count` values of the Lanczos3 function as f64 and returns their sum. The function of x is given by the angles
 * a = pi x / 3: sin(pi x) sin(pi x / 3) = sin(a)^2 (3 - 4 sin(a)^2).
 */
function sampleWindow(floats: usize, count: i32, first: f64, step: f64, turnSin: f64, turnCos: f64): f64 {
  let angle = first;
  // Each next angle by a rotation.
  let sin = sine(angle);
  let cos = sine(angle + Math.PI / 2);
  let total: f64 = 0;
  for (let j = 0; j < count; j++) {
    const square = sin * sin;
    let value: f64 = 1;
    if (Math.abs(angle) > 1e-6) value = (square * (3 - 4 * square)) / (lobes * angle * angle);
    store<f64>(floats + ((<usize>j) << 3), value);
    total += value;
    const next = sin * turnCos + cos * turnSin;
    cos = cos * turnCos - sin * turnSin;
    sin = next;
    angle += step;
  }
  return total;
}

/**
 * Rounds running sums, from both ends towards the middle: the errors of many small weights don't add up, and a mirrored
 * window gets mirrored weights. What is left over (a unit or two) goes to the middle.
 */
function roundWindow(at: usize, floats: usize, count: i32, share: f64): void {
  const half = count >> 1;
  let rest =
    one - roundSide(at, floats, 0, 1, half, share) - roundSide(at, floats, count - 1, -1, half, share);
  const middle = at + ((<usize>half) << 1);
  if (count & 1) {
    store<i16>(middle, <i16>rest);
    return;
  }
  const isLeftLarger =
    load<f64>(floats + ((<usize>half) << 3) - 8) > load<f64>(floats + ((<usize>half) << 3));
  const shared = rest / 2;
  rest -= 2 * shared;
  store<i16>(middle - 2, <i16>(<i32>load<i16>(middle - 2) + shared + (isLeftLarger ? rest : 0)));
  store<i16>(middle, <i16>(<i32>load<i16>(middle) + shared + (isLeftLarger ? 0 : rest)));
}

/** Rounds `count` weights from number `start` in direction `step`; returns their sum. */
function roundSide(at: usize, floats: usize, start: i32, step: i32, count: i32, share: f64): i32 {
  let sum: f64 = 0;
  let given = 0;
  for (let j = 0; j < count; j++) {
    const index = start + j * step;
    sum += load<f64>(floats + ((<usize>index) << 3)) * share;
    const rounded = <i32>Math.floor(sum + 0.5);
    store<i16>(at + ((<usize>index) << 1), <i16>(rounded - given));
    given = rounded;
  }
  return given;
}

/**
 * The sine for angles of less than a few turns, by its power series on -90 to 90 degrees; the error is below 1e-12. Our
 * own, so that all engines agree to the bit.
 */
function sine(angle: f64): f64 {
  let x = angle - Math.floor(angle / (2 * Math.PI) + 0.5) * (2 * Math.PI);
  if (x > Math.PI / 2) x = Math.PI - x;
  else if (x < -Math.PI / 2) x = -Math.PI - x;
  const square = x * x;
  let sum: f64 = 1 / 355687428096000.0;
  sum = 1 / 1307674368000.0 - sum * square;
  sum = 1 / 6227020800.0 - sum * square;
  sum = 1 / 39916800.0 - sum * square;
  sum = 1 / 362880.0 - sum * square;
  sum = 1 / 5040.0 - sum * square;
  sum = 1 / 120.0 - sum * square;
  sum = 1 / 6.0 - sum * square;
  return x * (1 - sum * square);
}
