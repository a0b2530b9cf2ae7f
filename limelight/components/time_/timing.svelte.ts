/** The time that is chosen or being typed, and the times of the list. Draws nothing. */

import type { Host } from "$ui/contract";
import { Draft } from "$ui/dates/draft.svelte";
import { localeOf } from "$ui/dates/locale";
import { nowIn, type Moment } from "$ui/dates/moment";
import type { Phrase } from "$ui/phrases";
import { DAY_S, halvesOf, parse, partAt, show, turned, write } from "./daytime";
import type { TimeProps } from "./time.gen";

export type TimeHost = Host<TimeProps, string | null>;

/** Times closer together than this are typed, not looked for in a list. */
const LEAST_S = 15 * 60;
const COMMON_S = 30 * 60;

export class Timing {
  /** Row of the list that Enter picks; -1 is none. */
  active = $state(-1);

  readonly step = $derived.by(() => this.host.props.step ?? 60);
  private readonly hasSeconds = $derived.by(() => this.step % 60 !== 0);
  private readonly halves = halvesOf(localeOf());
  private readonly first = $derived.by(() => this.bound(this.host.props.min) ?? 0);
  private readonly last = $derived.by(() => this.bound(this.host.props.max) ?? DAY_S - 1);
  private readonly chosen = $derived.by(() => parse(this.host.value ?? ""));

  readonly rows: readonly number[] = $derived.by(() => {
    const gap = this.step >= LEAST_S ? this.step : Math.ceil(COMMON_S / this.step) * this.step;
    return Array.from({ length: Math.floor((this.last - this.first) / gap) + 1 }, (_, row) => this.first + row * gap);
  });

  readonly draft = new Draft(
    () => (this.chosen === null ? (this.host.value ?? "") : this.show(this.chosen)),
    (text) => {
      const time = parse(text, this.halves);
      return time === null || this.objection(time) !== null ? null : write(time, this.hasSeconds);
    },
    (value) => this.set(value),
  );

  /** What is wrong with what was typed. */
  readonly problem: { phrase: Phrase; values?: Record<string, string> } | null = $derived.by(() => {
    if (!this.draft.isWrong) return null;
    const time = parse(this.draft.text, this.halves);
    return time === null ? { phrase: "ui.time_wrong" } : this.objection(time);
  });

  constructor(private readonly host: TimeHost) {}

  show(time: number): string {
    return show(time, this.hasSeconds, this.halves);
  }

  /** What the field says while it is empty. */
  get hint(): string {
    return this.show(this.first || 9 * 3600);
  }

  /** Let the list stand at the value, or the time before it. */
  open(): void {
    this.draft.settle();
    const { chosen } = this;
    this.active = chosen === null ? 0 : Math.max(0, this.rows.findLastIndex((row) => row <= chosen));
  }

  isChosen(row: number): boolean {
    return this.rows[row] === this.chosen;
  }

  move(by: number): void {
    this.active = (this.active + by + this.rows.length) % this.rows.length;
  }

  pick(row: number): void {
    const time = this.rows[row];
    if (time !== undefined) this.take(time);
  }

  /** Turn the part of the time at which the caret stands. Gives where it stands afterwards. */
  turn(by: number, caret: number, now: Pick<Moment, "hour" | "minute"> = nowIn(undefined)): { from: number; to: number } | null {
    const { text } = this.draft;
    const time = parse(text, this.halves);
    const part = time === null ? { index: 0 } : (partAt(text, caret) ?? { index: 0 });
    if (time === null) this.take(this.near(now.hour * 3600 + now.minute * 60));
    else this.take(turned(time, { index: part.index, by, step: this.step }));
    const parts = [...this.draft.text.matchAll(/\d+|[^\d:.\s][^\d:]*/g)];
    const found = part.index === 3 ? parts.at(-1) : parts[part.index];
    return found ? { from: found.index, to: found.index + found[0].length } : null;
  }

  /** The time of a step that is at most this one. */
  private near(time: number): number {
    return Math.floor(time / this.step) * this.step;
  }

  private take(time: number): void {
    this.draft.forget();
    this.set(write(Math.min(Math.max(time, this.first), this.last), this.hasSeconds));
  }

  private bound(given: unknown): number | null {
    return typeof given === "string" ? parse(given) : null;
  }

  private objection(time: number): { phrase: Phrase; values: Record<string, string> } | null {
    if (time < this.first) return { phrase: "ui.date_early", values: { min: this.show(this.first) } };
    return time > this.last ? { phrase: "ui.date_late", values: { max: this.show(this.last) } } : null;
  }

  private set(value: string | null): void {
    if (value === (this.host.value ?? null)) return;
    this.host.value = value;
    this.host.dispatch("input");
  }
}
