/** The moment that is chosen or being typed. Draws nothing. */

import type { Host } from "$ui/contract";
import { Draft } from "$ui/dates/draft.svelte";
import { canonical, isSameDay, momentOf, nowIn, write, writeTime, type Day, type Moment } from "$ui/dates/moment";
import type { DateTimeProps } from "./date_time.gen";

export type DateHost = Host<DateTimeProps, string | null>;

export class Picking {
  readonly hasTime = $derived.by(() => this.host.props.include_time !== false);
  /** The value on the clock; null when there is none. */
  readonly chosen: Moment | null = $derived.by(() => momentOf(this.host.value, () => this.now()));
  readonly time = $derived.by(() => (this.chosen === null ? "" : writeTime(this.chosen)));

  readonly draft: Draft;

  constructor(private readonly host: DateHost) {
    this.draft = new Draft(
      () => this.host.value ?? "",
      (text) => canonical(text, this.hasTime),
      (value) => this.set(value),
    );
  }

  /** What the clocks show in the block's zone. */
  now(): Moment {
    return nowIn(this.host.props.timezone);
  }

  isChosen(day: Day): boolean {
    return this.chosen !== null && isSameDay(day, this.chosen);
  }

  pick(day: Day): void {
    const { hour, minute, second } = this.chosen ?? { hour: 0, minute: 0, second: 0 };
    this.put({ ...day, hour, minute, second });
  }

  /** `03:04` or `03:04:05`, as the browser's field gives it; of this day if there is none yet. */
  setTime(text: string, day: Day): void {
    const [hour, minute, second = 0] = text.split(":").map(Number);
    if (hour === undefined || minute === undefined) return;
    this.put({ ...(this.chosen ?? day), hour, minute, second });
  }

  takeNow(): Day {
    const now = this.now();
    this.put(now);
    return now;
  }

  clear(): void {
    this.draft.forget();
    this.set(null);
  }

  private put(moment: Moment): void {
    this.draft.forget();
    this.set(write(moment, this.hasTime));
  }

  private set(value: string | null): void {
    if (value !== (this.host.value ?? null)) this.host.value = value;
  }
}
