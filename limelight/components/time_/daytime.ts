/** Times of a day, as seconds since midnight: as the wire has them, and as a reader types and reads them. */

// NOTE: the same grammar as in limelight/core/daytime.py.

/** Longer texts are no times; so none is searched at length. */
const LONGEST = 32;
const TIME = /^(\d{1,2})(?:[:.](\d{2})(?:[:.](\d{2}))?)?(?: ?([ap])\.?(?:m\.?)?)?$/i;
const HOUR_S = 3600;
export const DAY_S = 24 * HOUR_S;

const two = (part: number): string => String(part).padStart(2, "0");

/** What a language calls the halves of a day; null where it counts to twenty-four. */
export type Halves = readonly [am: string, pm: string] | null;

export function halvesOf(locale: string): Halves {
  const format = new Intl.DateTimeFormat(locale, { hour: "numeric", minute: "2-digit", timeZone: "UTC" });
  if (format.resolvedOptions().hour12 !== true) return null;
  const name = (hour: number): string =>
    format.formatToParts(hour * HOUR_S * 1000).find(({ type }) => type === "dayPeriod")?.value ?? "";
  const [am, pm] = [name(9), name(21)];
  return am === "" || am === pm ? null : [am, pm];
}

/** The time that a text names; null if it names none. */
export function parse(given: string, halves: Halves = null): number | null {
  const text = given.length > LONGEST ? "" : inEnglish(given.split(/\s+/).filter(Boolean).join(" "), halves);
  const [whole, hours = "", minutes = "0", seconds = "0", half] = TIME.exec(text) ?? [];
  if (whole === undefined) return null;
  let hour = Number(hours);
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return null;
    hour = (hour % 12) + (/p/i.test(half) ? 12 : 0);
  }
  const [minute, second] = [Number(minutes), Number(seconds)];
  return hour < 24 && minute < 60 && second < 60 ? hour * HOUR_S + minute * 60 + second : null;
}

function inEnglish(text: string, halves: Halves): string {
  const place = halves?.findIndex((name) => text.toLowerCase().endsWith(name.toLowerCase())) ?? -1;
  const name = halves?.[place];
  return name === undefined ? text : text.slice(0, -name.length) + (place === 0 ? "am" : "pm");
}

/** As the wire has it: `09:30`, with seconds if they are wanted or are not zero. */
export function write(time: number, hasSeconds: boolean): string {
  return [Math.floor(time / HOUR_S), ...rest(time, hasSeconds)].map(two).join(":");
}

/** As the reader's language has it: `09:30` or `9:30 AM`. */
export function show(time: number, hasSeconds: boolean, halves: Halves): string {
  if (halves === null) return write(time, hasSeconds);
  const hour = Math.floor(time / HOUR_S);
  return `${String(hour % 12 || 12)}:${rest(time, hasSeconds).map(two).join(":")} ${halves[hour < 12 ? 0 : 1]}`;
}

function rest(time: number, hasSeconds: boolean): number[] {
  const minute = Math.floor(time / 60) % 60;
  return hasSeconds || time % 60 !== 0 ? [minute, time % 60] : [minute];
}

/** Where the part of a shown time begins and ends in which the caret stands, and which one it is. */
export function partAt(text: string, caret: number): { index: number; from: number; to: number } | null {
  const parts = [...text.matchAll(/\d+|[^\d:.\s][^\d:]*/g)];
  const index = parts.findIndex((part) => caret <= part.index + part[0].length);
  const part = parts[index];
  if (part === undefined) return null;
  const isHalf = !/\d/.test(part[0]);
  return { index: isHalf ? 3 : index, from: part.index, to: part.index + part[0].length };
}

/** The time with a part turned on by one step, around its end: 0 is the hour, 1 minute, 2 second, 3 the half of the day. */
export function turned(time: number, { index, by, step }: { index: number; by: number; step: number }): number {
  const units = [HOUR_S, 60, 1, 12 * HOUR_S];
  const unit = units[index] ?? 1;
  const around = index === 0 || index === 3 ? DAY_S : unit * 60;
  const amount = step >= unit && step < around && index !== 3 ? step - (step % unit) : unit;
  const base = Math.floor(time / around) * around;
  return base + (((time - base + by * amount) % around) + around) % around;
}
