/** What the status tracker says about a running call, as plain text and numbers. Draws nothing. */

import type { ProgressUnit, Status } from "./contract";
import { phrase, type Translate } from "./phrases";
import { place } from "./spoken";

/** One bar of the tracker. */
export interface Bar {
  /** What is being done, or "". */
  text: string;
  /** "3/10 steps", or "". */
  count: string;
  /** 0 to 1; null when the end is not known. */
  fraction: number | null;
}

/** Seconds with one decimal, as "0.3"; never negative. */
export function seconds(value: number): string {
  return Math.max(0, value).toFixed(1);
}

/** "1.4/3.2s" while an end is foreseen, "1.4s" otherwise, "" when nothing runs. `now` is `performance.now()`. */
export function timeText(status: Status, now: number): string {
  if (status.startedAt === null) return "";
  const elapsed = seconds((now - status.startedAt) / 1000);
  return status.eta === null ? `${elapsed}s` : `${elapsed}/${seconds(status.eta)}s`;
}

/** "queue: 2/5 " while waiting in line, "processing" once running, "" otherwise. */
export function queueText(status: Status, t: Translate | null): string {
  if (status.stage !== "pending") return "";
  if (status.position === null) return phrase(t, "ui.status_processing");
  if (status.queueSize === null) return phrase(t, "ui.status_queue_unknown");
  return phrase(t, "ui.status_queue", place(status));
}

/** Fraction of the estimate that has passed, below 1 so that it never claims to be ready; null without an estimate. */
export function etaFraction(status: Status, now: number): number | null {
  if (status.startedAt === null || status.eta === null || status.eta <= 0) return null;
  return Math.min(0.97, Math.max(0, (now - status.startedAt) / 1000 / status.eta));
}

/** The bars for a (possibly nested) progress report, outermost first. */
export function bars(units: readonly ProgressUnit[] | null): Bar[] {
  return (units ?? []).map((unit) => ({
    text: unit.desc ?? "",
    count: countText(unit),
    fraction: fractionOf(unit),
  }));
}

/** "40%", or "" when the end is not known. */
export function percentText(fraction: number | null): string {
  return fraction === null ? "" : `${Math.round(fraction * 100)}%`;
}

function countText(unit: ProgressUnit): string {
  if (unit.index === null) return "";
  const count = unit.length === null ? `${unit.index}` : `${unit.index}/${unit.length}`;
  return unit.unit ? `${count} ${unit.unit}` : count;
}

function fractionOf(unit: ProgressUnit): number | null {
  const fraction =
    unit.progress ?? (unit.index !== null && unit.length ? unit.index / unit.length : null);
  return fraction === null ? null : Math.min(1, Math.max(0, fraction));
}
