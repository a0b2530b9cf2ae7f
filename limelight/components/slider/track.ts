/** Where a value stands between two bounds. */

/** The value, or the bound that it lies beyond. */
export function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(Math.max(value, minimum), maximum);
}

/** How far along the track the value is, 0 to 1. */
export function fraction(value: number, minimum: number, maximum: number): number {
  return maximum > minimum ? (clamp(value, minimum, maximum) - minimum) / (maximum - minimum) : 0;
}
