/** A sum as a wide value, cut off as the vector instructions do it. */
export function toWide(value: i32): i16 {
  return <i16>min(max(value, i16.MIN_VALUE), i16.MAX_VALUE);
}
