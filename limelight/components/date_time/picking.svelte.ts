/** The moment that is chosen or being typed, and the day that the calendar stands at. Draws nothing. */

import type { Host } from "$ui/contract";
import type { DateTimeProps } from "./date_time.gen";
import {
  addDays,
  addMonths,
  canonical,
  isSameDay,
  later,
  nowIn,
  parse,
  weekOf,
  write,
  writeTime,
  type Day,
  type Moment,
} from "./moment";

export type DateHost = Host<DateTimeProps, string | null>;

export class Picking {
  /** What is being typed; null when nothing. */
  draft: string | null = $state(null);
  /** Whether the reader has finished typing, so that a mistake may be named. */
  isTold = $state(false);
  /** The day that has the focus in the calendar. */
  cursor: Day = $state.raw({ year: 2000, month: 1, day: 1 });

  readonly hasTime = $derived.by(() => this.host.props.include_time !== false);
  readonly text = $derived.by(() => this.draft ?? this.host.value ?? "");
  readonly isWrong = $derived.by(() => this.isTold && this.draft !== null && parse(this.draft) === null);

  /** The value on the clock; null when there is none. */
  readonly chosen: Moment | null = $derived.by(() => {
    const meaning = parse(this.host.value ?? "");
    if (meaning === null) return null;
    return meaning.kind === "moment" ? meaning.moment : later(this.now(), meaning.seconds);
  });

  readonly time = $derived.by(() => (this.chosen === null ? "" : writeTime(this.chosen)));

  constructor(private readonly host: DateHost) {}

  /** What the clocks show in the block's zone. */
  now(): Moment {
    return nowIn(this.host.props.timezone);
  }

  /** Let the calendar stand at the value, or today. */
  open(): void {
    this.settle();
    this.cursor = this.chosen ?? this.now();
  }

  isChosen(day: Day): boolean {
    return isSameDay(day, this.chosen);
  }

  pick(day: Day): void {
    this.cursor = day;
    const { hour, minute, second } = this.chosen ?? { hour: 0, minute: 0, second: 0 };
    this.put({ ...day, hour, minute, second });
  }

  /** `03:04` or `03:04:05`, as the browser's field gives it. */
  setTime(text: string): void {
    const [hour, minute, second = 0] = text.split(":").map(Number);
    if (hour === undefined || minute === undefined) return;
    this.put({ ...(this.chosen ?? { ...this.now(), ...this.cursor }), hour, minute, second });
  }

  takeNow(): void {
    const now = this.now();
    this.cursor = now;
    this.put(now);
  }

  clear(): void {
    this.forget();
    this.set(null);
  }

  type(text: string): void {
    this.draft = text;
    this.isTold = false;
  }

  /** The reader is done with typing. True if what stands there is a moment, or nothing. */
  settle(): boolean {
    if (this.draft === null) return true;
    if (this.draft.trim() === "") {
      this.clear();
      return true;
    }
    const value = canonical(this.draft, this.hasTime);
    this.isTold = true;
    if (value === null) return false;
    this.forget();
    this.set(value);
    return true;
  }

  /** Forget what was typed. */
  forget(): void {
    this.draft = null;
    this.isTold = false;
  }

  /** What a key does in the calendar. True if it was one of its keys. */
  key(key: string, { isShift, isRightToLeft, firstDay }: { isShift: boolean; isRightToLeft: boolean; firstDay: number }): boolean {
    const to = this.destination(isRightToLeft ? (MIRRORED[key] ?? key) : key, isShift, firstDay);
    if (to === null) return false;
    this.cursor = to;
    return true;
  }

  private destination(key: string, isShift: boolean, firstDay: number): Day | null {
    const [back, ahead] = weekOf(this.cursor, firstDay);
    switch (key) {
      case "ArrowLeft":
        return addDays(this.cursor, -1);
      case "ArrowRight":
        return addDays(this.cursor, 1);
      case "ArrowUp":
        return addDays(this.cursor, -7);
      case "ArrowDown":
        return addDays(this.cursor, 7);
      case "Home":
        return addDays(this.cursor, back);
      case "End":
        return addDays(this.cursor, ahead);
      case "PageUp":
        return addMonths(this.cursor, isShift ? -12 : -1);
      case "PageDown":
        return addMonths(this.cursor, isShift ? 12 : 1);
      default:
        return null;
    }
  }

  /** Turn the pages of the calendar. */
  turn(months: number): void {
    this.cursor = addMonths(this.cursor, months);
  }

  private put(moment: Moment): void {
    this.forget();
    this.set(write(moment, this.hasTime));
  }

  private set(value: string | null): void {
    if (value !== (this.host.value ?? null)) this.host.value = value;
  }
}

const MIRRORED: Readonly<Record<string, string>> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
