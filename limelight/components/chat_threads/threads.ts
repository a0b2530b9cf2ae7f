/** Conversations in the groups that a list shows. No DOM. */

export interface Thread {
  id: string;
  title: string;
  /** Seconds since 1970. */
  updated: number;
  pinned: boolean;
  archived: boolean;
  /** Token of its link. */
  share: string | null;
}

export const GROUPS = ["pinned", "today", "yesterday", "week", "older"] as const;
export type Group = (typeof GROUPS)[number];

const DAY_MS = 86_400_000;

/** Which group a conversation stands in, seen at a time in milliseconds since 1970. */
export function groupOf(thread: Thread, nowMs: number): Group {
  if (thread.pinned) return "pinned";
  const midnight = new Date(nowMs).setHours(0, 0, 0, 0);
  const at = thread.updated * 1_000;
  if (at >= midnight) return "today";
  // Half a day off, as days with a change of the clock are longer or shorter.
  if (at >= new Date(midnight - DAY_MS / 2).setHours(0, 0, 0, 0)) return "yesterday";
  return at >= midnight - 7 * DAY_MS ? "week" : "older";
}

/** The groups that have conversations, in order. */
export function grouped(threads: readonly Thread[], nowMs: number): { group: Group; threads: Thread[] }[] {
  return GROUPS.map((group) => ({
    group,
    threads: threads.filter((thread) => groupOf(thread, nowMs) === group),
  })).filter(({ threads: found }) => found.length > 0);
}

/** The conversation that an address names, as the value of the list: null for a new one. */
export function named(address: string): string | null {
  const query = new URL(address).searchParams;
  const shared = query.get("shared");
  return shared ? `shared:${shared}` : query.get("thread");
}

/** The address with another conversation in it. */
export function naming(address: string, value: string | null): string {
  const url = new URL(address);
  url.searchParams.delete("thread");
  url.searchParams.delete("shared");
  if (value?.startsWith("shared:")) url.searchParams.set("shared", value.slice("shared:".length));
  else if (value) url.searchParams.set("thread", value);
  return url.href;
}
