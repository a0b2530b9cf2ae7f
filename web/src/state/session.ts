/** The name that this page goes by at the server, and what it leaves to the page that may be loaded in its place. */

import type { LeftCall } from "./dispatcher";

/** What a page that is left while calls run keeps in its tab. */
export interface Left {
  app_id: number | string;
  session: string;
  calls: LeftCall[];
}

const KEY = "limelight:left";

/** A new random word for each page load: State values live as long as the page. */
export function newSession(): string {
  // Not `crypto.randomUUID`, which exists on secure origins only.
  const numbers = crypto.getRandomValues(new Uint32Array(3));
  return Array.from(numbers, (n) => n.toString(36)).join("");
}

/** Keep it until the next page of this tab; forget what was kept before. */
export function leave(left: Left): void {
  try {
    if (left.calls.length > 0) sessionStorage.setItem(KEY, JSON.stringify(left));
    else sessionStorage.removeItem(KEY);
  } catch {
    // Storage may be forbidden; the calls are then lost with the page.
  }
}

/** What the page before this one left, if it was made for the same run of the app. For one page only. */
export function takeLeft(app_id: number | string): Left | null {
  try {
    const text = sessionStorage.getItem(KEY);
    if (text === null) return null;
    sessionStorage.removeItem(KEY);
    const left = JSON.parse(text) as Left;
    return String(left.app_id) === String(app_id) ? left : null;
  } catch {
    return null;
  }
}
