/** The range that is chosen, or half of one, and what the reader does to it. Draws nothing. */

import type { Host } from "$ui/contract";
import { Draft } from "$ui/dates/draft.svelte";
import {
  canonical,
  isSameDay,
  momentOf,
  nowIn,
  parse,
  toMs,
  write,
  writeTime,
  type Day,
  type Moment,
} from "$ui/dates/moment";
import type { DayLook } from "$ui/dates/Month.svelte";
import type { Phrase } from "$ui/phrases";
import type { DateRangeProps } from "./date_range.gen";

export type Range = readonly [from: string, to: string];
export type RangeHost = Host<DateRangeProps, Range | null>;
export type End = 0 | 1;

type Ends = readonly [string | null, string | null];

/** Why what is typed is no range. */
export interface Problem {
  phrase: Phrase;
  values?: Record<string, string>;
  /** The field it is about; both if absent. */
  end?: End;
}

const DAY_BEGINS = { hour: 0, minute: 0, second: 0 };
const DAY_ENDS = { hour: 23, minute: 59, second: 59 };

export class Ranging {
  /** Ends that are no range yet, and the value in whose stead they are shown. */
  private half: { value: Range | null; ends: Ends } | null = $state.raw(null);
  /** Whether the reader has gone, so that a missing end may be named. */
  private isLeft = $state(false);
  /** A day that was picked while the other end is still to come. */
  private anchor: Day | null = $state.raw(null);
  /** The day under the pointer or the keyboard. */
  pointed: Day | null = $state.raw(null);

  readonly hasTime = $derived.by(() => this.host.props.include_time === true);
  readonly presets = $derived.by(() => (this.host.props.presets ?? []) as readonly (readonly [string, Range])[]);

  private readonly ends: Ends = $derived.by(() => {
    const value = this.host.value ?? null;
    return this.half !== null && this.half.value === value ? this.half.ends : (value ?? [null, null]);
  });

  /** The ends on the clock; null where there is none. */
  readonly chosen: readonly [Moment | null, Moment | null] = $derived.by(() => {
    const now = this.now();
    const at = (end: string | null): Moment | null => momentOf(end, () => now);
    return [at(this.ends[0]), at(this.ends[1])];
  });

  /** The days that are marked: those of the value, or from the one picked first to the one pointed at. */
  private readonly marked: readonly [Day | null, Day | null] = $derived.by(() => {
    if (this.anchor === null) return this.chosen;
    const other = this.pointed ?? this.anchor;
    return toMs(other) < toMs(this.anchor) ? [other, this.anchor] : [this.anchor, other];
  });

  readonly drafts: readonly [Draft, Draft];

  readonly problem: Problem | null = $derived.by(() => {
    const wrong = this.drafts.findIndex((draft) => draft.isWrong);
    if (wrong >= 0) return { phrase: "ui.date_wrong", end: wrong === 0 ? 0 : 1 };
    return this.half === null || this.half.ends !== this.ends ? null : this.objection(this.ends);
  });

  constructor(private readonly host: RangeHost) {
    const draft = (end: End): Draft =>
      new Draft(
        () => this.ends[end] ?? "",
        (text) => canonical(text, this.hasTime),
        (text) => this.put(end === 0 ? [text, this.ends[1]] : [this.ends[0], text]),
      );
    this.drafts = [draft(0), draft(1)];
  }

  /** What the clocks show in the block's zone. */
  now(): Moment {
    return nowIn(this.host.props.timezone);
  }

  look(day: Day): DayLook {
    const [first, last] = this.marked;
    const at = toMs(dayOf(day));
    const [from, to] = [dayMs(first), dayMs(last)];
    return {
      isChosen: (first !== null && isSameDay(day, first)) || (last !== null && isSameDay(day, last)),
      isWithin: from !== null && to !== null && from < to && from <= at && at <= to,
      isFirst: first !== null && isSameDay(day, first),
      isLast: last !== null && isSameDay(day, last),
      isBarred: this.isBarred(day),
    };
  }

  /** The first of two days begins anew; the second completes, whichever of them is the earlier. True if complete. */
  pick(day: Day): boolean {
    this.forget();
    if (this.anchor === null) {
      this.anchor = this.pointed = day;
      return false;
    }
    const days = toMs(day) < toMs(this.anchor) ? [day, this.anchor] : [this.anchor, day];
    const [from, to] = this.chosen;
    const times = [from ?? DAY_BEGINS, to ?? DAY_ENDS];
    const texts = days
      .map((one, end) => this.bounded({ ...DAY_BEGINS, ...times[end], ...dayOf(one) }))
      .map((moment) => write(moment, this.hasTime))
      .sort(); // of one day, the times may be the wrong way round
    this.anchor = null;
    this.put([texts[0] ?? null, texts[1] ?? null]);
    return true;
  }

  take([from, to]: Range): void {
    this.forget();
    this.anchor = null;
    this.put([from, to]);
  }

  /** `03:04` or `03:04:05`, as the browser's field gives it. */
  setTime(end: End, text: string, day: Day): void {
    const [hour, minute, second = 0] = text.split(":").map(Number);
    if (hour === undefined || minute === undefined) return;
    const moment = write({ ...(this.chosen[end] ?? day), hour, minute, second }, true);
    this.drafts[end].forget();
    this.put(end === 0 ? [moment, this.ends[1]] : [this.ends[0], moment]);
  }

  time(end: End): string {
    const moment = this.chosen[end];
    return moment === null ? "" : writeTime(moment);
  }

  clear(): void {
    this.forget();
    this.anchor = null;
    this.put([null, null]);
  }

  /** The reader is done with a calendar. */
  endPicking(): void {
    this.anchor = this.pointed = null;
  }

  /** The reader comes to the field, or has gone. */
  visit(isHere: boolean): void {
    this.isLeft = !isHere;
  }

  /** The reader is done. True if there is a range, or nothing. */
  settle(): boolean {
    this.isLeft = true;
    return this.drafts.every((draft) => draft.settle()) && this.problem === null;
  }

  private forget(): void {
    for (const draft of this.drafts) draft.forget();
  }

  /** Why two ends are no range; null if they are one. */
  private objection([from, to]: Ends): Problem | null {
    if (from === null || to === null) return this.isLeft ? { phrase: "ui.range_half", end: from === null ? 0 : 1 } : null;
    const now = this.now();
    const at = (text: unknown): number | null => comparable(text, now, this.hasTime);
    const [first, last] = [at(from), at(to)];
    const { min, max } = this.host.props;
    if (first !== null && last !== null && first > last) return { phrase: "ui.range_order" };
    if (isBefore(first, at(min))) return { phrase: "ui.date_early", values: { min: String(min) }, end: 0 };
    if (isBefore(at(max), last)) return { phrase: "ui.date_late", values: { max: String(max) }, end: 1 };
    return null;
  }

  private isBarred(day: Day): boolean {
    const now = this.now();
    const at = toMs(dayOf(day));
    const [low, high] = [this.host.props.min, this.host.props.max].map((bound) => dayMs(momentOf(text(bound), () => now)));
    return isBefore(at, low ?? null) || isBefore(high ?? null, at);
  }

  /** A day that can be picked, at a time at which it can. */
  private bounded(moment: Moment): Moment {
    const now = this.now();
    const [low, high] = [this.host.props.min, this.host.props.max].map((bound) => momentOf(text(bound), () => now));
    if (low && toMs(moment) < toMs(low)) return low;
    return high && this.hasTime && toMs(moment) > toMs(high) ? high : moment;
  }

  private put(ends: Ends): void {
    const old = this.host.value ?? null;
    const [from, to] = ends;
    this.half = { value: old, ends };
    if (from === null && to === null) this.set(null);
    else if (from !== null && to !== null && this.objection(ends) === null) this.set([from, to]);
  }

  private set(value: Range | null): void {
    const old = this.host.value ?? null;
    this.half = null;
    if (old?.[0] === value?.[0] && old?.[1] === value?.[1]) return;
    this.host.value = value;
    this.host.dispatch("input");
  }
}

const text = (bound: unknown): string | null => (typeof bound === "string" ? bound : null);
const dayOf = ({ year, month, day }: Day): Day => ({ year, month, day });
const dayMs = (day: Day | null): number | null => (day === null ? null : toMs(dayOf(day)));
const isBefore = (one: number | null, other: number | null): boolean => one !== null && other !== null && one < other;

/** A number to compare; null for what names an offset from UTC, which only the server can place on its clock. */
function comparable(given: unknown, now: Moment, hasTime: boolean): number | null {
  const meaning = parse(text(given) ?? "");
  if (meaning === null || (meaning.kind === "moment" && meaning.hasOffset)) return null;
  const moment = momentOf(text(given), () => now);
  return moment === null ? null : hasTime ? toMs(moment) : dayMs(moment);
}
