/**
 * Moments as a reader types them, and how far they are from one another. Knows nothing of the page.
 *
 * Days are counted in UTC, where each has 24 hours; which zone they are meant in is not known here.
 */

// NOTE: the same grammar as in limelight/core/moment.py.

/** A day of the Gregorian calendar, month 1 to 12. */
export interface Day {
  year: number;
  month: number;
  day: number;
}

export interface Moment extends Day {
  hour: number;
  minute: number;
  second: number;
}

/** What a text means: a moment on the clock, or so and so many seconds from now. */
export type Meaning =
  | { kind: "moment"; moment: Moment; hasTime: boolean; hasOffset: boolean }
  | { kind: "now"; seconds: number };

/** Longer texts are no moments; so none is searched at length. */
const LONGEST = 64;

const NOW = /^now(?: ?([-+]) ?(\d{1,9}) ?([smhdw]))?$/i;
const MOMENT =
  /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?( ?(?:Z|[-+]\d{2}:?\d{2}))?)?$/i;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

export const two = (part: number): string => String(part).padStart(2, "0");

/** Without room around it, and with single spaces. */
function tidy(text: string): string {
  return text.length > LONGEST ? "" : text.split(/\s+/).filter(Boolean).join(" ");
}

/** What a text means; null if it is no moment, or one that no calendar has. */
export function parse(given: string): Meaning | null {
  const text = tidy(given);
  const [relative, sign, count = "0", unit = "s"] = NOW.exec(text) ?? [];
  if (relative !== undefined) {
    const seconds = Number(count) * (SECONDS[unit.toLowerCase()] ?? 1);
    return { kind: "now", seconds: sign === "-" ? -seconds : seconds };
  }
  const found = MOMENT.exec(text);
  if (!found) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = found
    .slice(1, 7)
    .map((part) => Number(part ?? 0));
  const isReal =
    year > 0 && month > 0 && month < 13 && day > 0 && day <= daysIn({ year, month }) &&
    hour < 24 && minute < 60 && second < 60;
  if (!isReal || !isOffset(found[7])) return null;
  return {
    kind: "moment",
    moment: { year, month, day, hour, minute, second },
    hasTime: found[4] !== undefined,
    hasOffset: found[7] !== undefined,
  };
}

function isOffset(text: string | undefined): boolean {
  const [, hours, minutes] = /(\d{2}):?(\d{2})$/.exec(text ?? "") ?? [];
  return hours === undefined || (Number(hours) < 24 && Number(minutes) < 60);
}

export function writeDay({ year, month, day }: Day): string {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

export const isSameDay = (one: Day, other: Day): boolean => writeDay(one) === writeDay(other);

export function writeTime({ hour, minute, second }: Moment): string {
  return `${two(hour)}:${two(minute)}:${two(second)}`;
}

export function write(moment: Moment, hasTime: boolean): string {
  return hasTime ? `${writeDay(moment)} ${writeTime(moment)}` : writeDay(moment);
}

/** The text in the form that the server uses; what counts from now or names an offset stays as it is. */
export function canonical(text: string, hasTime: boolean): string | null {
  const meaning = parse(text);
  if (meaning === null) return null;
  if (meaning.kind === "now" || meaning.hasOffset) return tidy(text);
  return write(meaning.moment, hasTime);
}

export function toMs({ year, month, day, hour = 0, minute = 0, second = 0 }: Day & Partial<Moment>): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC takes the years up to 99 for those of 1900
  return date.setUTCHours(hour, minute, second);
}

export function fromMs(ms: number): Moment {
  const date = new Date(ms);
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

/** Of the years 1 to 9999. */
export const FIRST = toMs({ year: 1, month: 1, day: 1 });
export const LAST = toMs({ year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59 });

const within = (ms: number): number => Math.min(Math.max(ms, FIRST), LAST);

/** So many seconds later; never beyond the years 1 to 9999. */
export function later(moment: Moment, seconds: number): Moment {
  return fromMs(within(toMs(moment) + seconds * 1000));
}

export function daysIn({ year, month }: Pick<Day, "year" | "month">): number {
  return fromMs(toMs({ year, month: month + 1, day: 0 })).day;
}

/** What the clocks show in a zone now; in the reader's where the browser does not know it. */
export function nowIn(zone: string | undefined, now = new Date()): Moment {
  const options: Intl.DateTimeFormatOptions = {
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  };
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat("en", { ...options, timeZone: zone });
  } catch {
    format = new Intl.DateTimeFormat("en", options);
  }
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  const { year = 1, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

/** The moment that a text stands for on a clock that shows `now`; null if it is none. An offset from UTC is not looked at. */
export function momentOf(text: string | null | undefined, now: () => Moment): Moment | null {
  const meaning = parse(text ?? "");
  if (meaning === null) return null;
  return meaning.kind === "moment" ? meaning.moment : later(now(), meaning.seconds);
}
