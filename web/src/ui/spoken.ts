/** How a call is doing, for those who cannot see it. Draws nothing. */

import type { Status } from "./contract";
import { phrase, type Translate } from "./phrases";
import { words } from "./richtext";

/** What a screen reader is told; it changes with the stage and the place in the queue, never with the clock. */
export function spokenText(status: Status, t: Translate | null): string {
  switch (status.stage) {
    case "pending":
      return status.position !== null && status.queueSize !== null
        ? phrase(t, "ui.status_waiting", place(status))
        : phrase(t, "ui.status_running");
    case "generating":
      return phrase(t, "ui.status_running");
    case "error":
      return [phrase(t, "ui.error"), status.message && words(status.message)].filter(Boolean).join(": ");
    default:
      return "";
  }
}

/** The place in the queue, from 1 on. */
export function place(status: Status): { position: number; size: number } {
  const position = (status.position ?? 0) + 1;
  return { position, size: Math.max(position, status.queueSize ?? 0) };
}
