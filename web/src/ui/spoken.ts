/** How a call is doing, for those who cannot see it. Draws nothing. */

import type { Status } from "./contract";
import { later } from "./later.svelte";
import { phrase, type Translate } from "./phrases";

/** Whether the server cannot be reached just now, so that calls wait for it. */
export const isDown = (): boolean => ["offline", "reconnecting"].includes(later.connection?.state ?? "");

/** What a screen reader is told; it changes with the stage and the place in the queue, never with the clock. */
export function spokenText(status: Status, { isDown = false, t }: { isDown?: boolean; t: Translate | null }): string {
  switch (status.stage) {
    case "pending":
      if (isDown) return phrase(t, "ui.status_offline");
      return status.position !== null && status.queueSize !== null
        ? phrase(t, "ui.status_waiting", place(status))
        : phrase(t, "ui.status_running");
    case "generating":
      return phrase(t, "ui.status_running");
    case "complete":
      return phrase(t, "ui.status_done");
    case "error":
      return status.message === null ? phrase(t, "ui.error") : ""; // else a message in the corner says it
    default:
      return "";
  }
}

/** The place in the queue, from 1 on. */
export function place(status: Status): { position: number; size: number } {
  const position = (status.position ?? 0) + 1;
  return { position, size: Math.max(position, status.queueSize ?? 0) };
}
