/** The day at which the keyboard stands in a calendar, and the months that are shown. Draws nothing. */

import { addDays, addMonths, weekOf } from "./calendar";
import type { Day } from "./moment";

const MIRRORED: Readonly<Record<string, string>> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

const monthsOf = ({ year, month }: Day): number => year * 12 + month;

export class Cursor {
  day: Day = $state.raw({ year: 2000, month: 1, day: 1 });
  /** A day of the month that is shown first. */
  first: Day = $state.raw(this.day);

  constructor(
    day: Day,
    /** Months shown at once. */
    private readonly count: () => number,
  ) {
    this.day = this.first = day;
  }

  /** Go to a day; the months follow it. */
  go(day: Day): void {
    this.day = day;
    const ahead = monthsOf(day) - monthsOf(this.first);
    if (ahead < 0) this.first = day;
    else if (ahead >= this.count()) this.first = addMonths(day, 1 - this.count());
  }

  /** Turn the pages. */
  turn(months: number): void {
    this.first = addMonths(this.first, months);
    this.go(addMonths(this.day, months));
  }

  /** Go where a key leads. False if it leads nowhere. */
  key(key: string, { isShift, isRightToLeft, firstDay }: { isShift: boolean; isRightToLeft: boolean; firstDay: number }): boolean {
    const to = this.destination(isRightToLeft ? (MIRRORED[key] ?? key) : key, isShift, firstDay);
    if (to !== null) this.go(to);
    return to !== null;
  }

  private destination(key: string, isShift: boolean, firstDay: number): Day | null {
    const [back, ahead] = weekOf(this.day, firstDay);
    switch (key) {
      case "ArrowLeft":
        return addDays(this.day, -1);
      case "ArrowRight":
        return addDays(this.day, 1);
      case "ArrowUp":
        return addDays(this.day, -7);
      case "ArrowDown":
        return addDays(this.day, 7);
      case "Home":
        return addDays(this.day, back);
      case "End":
        return addDays(this.day, ahead);
      case "PageUp":
        return addMonths(this.day, isShift ? -12 : -1);
      case "PageDown":
        return addMonths(this.day, isShift ? 12 : 1);
      default:
        return null;
    }
  }
}
