/** Days of the calendar: steps between them, weeks of a month, and what a language calls them. Knows nothing of the page. */

import { daysIn, FIRST, fromMs, LAST, later, toMs, type Day } from "./moment";

const DAY_S = 86_400;
const MIDNIGHT = { hour: 0, minute: 0, second: 0 };

export function addDays(day: Day, count: number): Day {
  return later({ ...day, ...MIDNIGHT }, count * DAY_S);
}

/** The same day of another month, or its last. */
export function addMonths({ year, month, day }: Day, count: number): Day {
  const months = Math.min(Math.max(year * 12 + month - 1 + count, 12), 9999 * 12 + 11);
  const there = { year: Math.floor(months / 12), month: (months % 12) + 1 };
  return { ...there, day: Math.min(day, daysIn(there)) };
}

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
      const ms = start + (back + week * 7 + at) * DAY_S * 1000;
      return ms < FIRST || ms > LAST ? null : fromMs(ms);
    }),
  );
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
      const [full, short, letter] = (["long", "short", "narrow"] as const).map((weekday) => this.say(day, { weekday }));
      // What some languages call short is wider than a column.
      return { full: full ?? "", short: (short && short.length < 5 ? short : letter) ?? "" };
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
