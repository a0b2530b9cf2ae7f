/** Two values between two bounds: where they may be, and where keys and pointers take them. */

/** Low and high. */
export type Pair = readonly [number, number];

/** Which of the two. */
export type End = 0 | 1;

export interface Limits {
  minimum: number;
  maximum: number;
  step: number;
  /** How far the two stay apart. */
  distance: number;
}

/** One end on its way to a value. */
export interface Move {
  end: End;
  to: number;
}

const PAGE_STEPS = 10;
const MOST_DECIMALS = 12;

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(Math.max(value, minimum), maximum);
}

/** How far along the line the value is, 0 to 1. */
export function fraction(value: number, { minimum, maximum }: Limits): number {
  return maximum > minimum ? (clamp(value, minimum, maximum) - minimum) / (maximum - minimum) : 0;
}

/** The value at a part of the line. */
export function valueAt(part: number, { minimum, maximum }: Limits): number {
  return minimum + clamp(part, 0, 1) * (maximum - minimum);
}

/** Without the dust that sums of binary fractions leave: 0.3 for 0.1 + 0.2. */
function clean(value: number): number {
  return Number(value.toFixed(MOST_DECIMALS));
}

/** The nearest value on a step; the bounds are on one, too. */
export function snap(value: number, { minimum, maximum, step }: Limits): number {
  const inside = clamp(value, minimum, maximum);
  const steps = Math.round((inside - minimum) / step);
  const onStep = clean(minimum + steps * step);
  const isEndNearer = onStep > maximum || maximum - inside < Math.abs(inside - onStep);
  return isEndNearer ? maximum : onStep;
}

/** The pair with one end at a value, as near as the other end lets it come. */
export function moved([low, high]: Pair, { end, to }: Move, { minimum, maximum, distance }: Limits): Pair {
  return end === 0
    ? [clean(clamp(to, minimum, Math.max(minimum, high - distance))), high]
    : [low, clean(clamp(to, Math.min(maximum, low + distance), maximum))];
}

/** The end that a press at the value is meant for. */
export function nearest([low, high]: Pair, at: number, { maximum }: Limits): End {
  const toLow = Math.abs(at - low);
  const toHigh = Math.abs(at - high);
  if (toLow !== toHigh) return toLow < toHigh ? 0 : 1;
  // Both are here; at the far bound only the low one can go anywhere.
  return low >= maximum || at < low ? 0 : 1;
}

/** How many steps a key goes, up or down, however many are left; undefined for keys that mean something else. */
export function stepsOf(key: string, isRightToLeft: boolean): number | undefined {
  const toward = isRightToLeft ? -1 : 1;
  const steps: Record<string, number> = {
    ArrowUp: 1,
    ArrowDown: -1,
    ArrowRight: toward,
    ArrowLeft: -toward,
    PageUp: PAGE_STEPS,
    PageDown: -PAGE_STEPS,
    Home: -Infinity,
    End: Infinity,
  };
  return steps[key];
}

/** The server's value as a pair inside the limits; the whole line when there is none. */
export function pairOf(value: readonly number[] | null | undefined, { minimum, maximum }: Limits): Pair {
  const low = clamp(value?.[0] ?? minimum, minimum, maximum);
  return [low, clamp(value?.[1] ?? maximum, low, maximum)];
}
