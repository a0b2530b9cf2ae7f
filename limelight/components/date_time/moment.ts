/**
 * Moments as a reader types them, and days of the calendar. Knows nothing of the page.
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
const DAY_MS = 86_400_000;

const two = (part: number): string => String(part).padStart(2, "0");

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

function toMs({ year, month, day, hour = 0, minute = 0, second = 0 }: Day & Partial<Moment>): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day); // Date.UTC takes the years up to 99 for those of 1900
  return date.setUTCHours(hour, minute, second);
}

function fromMs(ms: number): Moment {
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

const FIRST = toMs({ year: 1, month: 1, day: 1 });
const LAST = toMs({ year: 9999, month: 12, day: 31, hour: 23, minute: 59, second: 59 });

const within = (ms: number): number => Math.min(Math.max(ms, FIRST), LAST);

/** So many seconds later; never beyond the years 1 to 9999. */
export function later(moment: Moment, seconds: number): Moment {
  return fromMs(within(toMs(moment) + seconds * 1000));
}

export function addDays(day: Day, count: number): Day {
  return fromMs(within(toMs(day) + count * DAY_MS));
}

/** The same day of another month, or its last. */
export function addMonths({ year, month, day }: Day, count: number): Day {
  const months = Math.min(Math.max(year * 12 + month - 1 + count, 12), 9999 * 12 + 11);
  const there = { year: Math.floor(months / 12), month: (months % 12) + 1 };
  return { ...there, day: Math.min(day, daysIn(there)) };
}

export function daysIn({ year, month }: Pick<Day, "year" | "month">): number {
  return fromMs(toMs({ year, month: month + 1, day: 0 })).day;
}

export const isSameDay = (one: Day | null, other: Day | null): boolean =>
  one !== null && other !== null && writeDay(one) === writeDay(other);

/** 1 (Monday) to 7 (Sunday). */
export function weekday(day: Day): number {
  return new Date(toMs(day)).getUTCDay() || 7;
}

/** The first and the last day of the week that begins on `first`, as distances from the day. */
export function weekOf(day: Day, first: number): [number, number] {
  const since = (weekday(day) - first + 7) % 7;
  return [-since, 6 - since];
}

/** Six weeks that hold the month of a day. A day before the year 1 or after 9999 is null. */
export function weeksOf({ year, month }: Day, first: number): (Day | null)[][] {
  const start = toMs({ year, month, day: 1 });
  const [back] = weekOf({ year, month, day: 1 }, first);
  return Array.from({ length: 6 }, (_, week) =>
    Array.from({ length: 7 }, (__, at) => {
      const ms = start + (back + week * 7 + at) * DAY_MS;
      return ms < FIRST || ms > LAST ? null : fromMs(ms);
    }),
  );
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

/** How a language writes days, and on which its weeks begin. */
export class Words {
  readonly firstDay: number;

  constructor(private readonly locale: string) {
    this.firstDay = firstDayOf(locale);
  }

  /** A day in full, with its weekday. */
  full(day: Day): string {
    return this.say(day, { dateStyle: "full" });
  }

  month(month: number, year = 2024): string {
    return this.say({ year, month, day: 1 }, { month: "long" });
  }

  number(value: number): string {
    return new Intl.NumberFormat(this.locale, { useGrouping: false }).format(value);
  }

  /** Names of the weekdays in order, in full and short. */
  weekdays(): { full: string; short: string }[] {
    return Array.from({ length: 7 }, (_, at) => {
      const day = addDays({ year: 2024, month: 1, day: 1 }, this.firstDay - 1 + at); // that was a Monday
      return { full: this.say(day, { weekday: "long" }), short: this.say(day, { weekday: "short" }) };
    });
  }

  private say(day: Day, options: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(this.locale, { ...options, calendar: "gregory", timeZone: "UTC" }).format(toMs(day));
  }
}

function firstDayOf(locale: string): number {
  type Weeks = Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  const weeks: Weeks = new Intl.Locale(locale);
  return weeks.getWeekInfo?.().firstDay ?? weeks.weekInfo?.firstDay ?? 1;
}

/** The page's language, with the region of the browser's when that is the same language. */
export function localeOf(page: string, browser: readonly string[]): string {
  const main = page.split("-")[0];
  const near = browser.find((tag) => tag.split("-")[0] === main);
  try {
    return new Intl.Locale(page.includes("-") ? page : (near ?? page)).toString();
  } catch {
    return "en";
  }
}
