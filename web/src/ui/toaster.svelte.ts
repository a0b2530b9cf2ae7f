/** The messages that come up in a corner of the page, and how long each stays. Draws nothing. */

import type { ToastLevel } from "./contract";

export interface Toast {
  id: number;
  level: ToastLevel;
  message: string;
  /** Empty: the name of the level is shown. */
  title: string;
  /** Seconds it stays; null until it is closed. */
  duration_s: number | null;
}

export interface ToastOptions {
  /** The level's own name if null or absent. */
  title?: string | null;
  /** Seconds it stays; null until it is closed. 10 if absent. */
  duration_s?: number | null;
}

interface Timer {
  left_ms: number;
  startedAt: number;
  handle: ReturnType<typeof setTimeout> | undefined;
}

const DEFAULT_S = 10;
const MOST_VISIBLE = 5;
// A loop that warns a thousand times must not fill the memory of the page.
const MOST_KEPT = 50;

export class Toaster {
  /** Oldest first. */
  items = $state<readonly Toast[]>([]);
  /** Whether the timers stand still. */
  paused = $state(false);

  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nobody draws the timers
  #timers = new Map<number, Timer>();
  #last = 0;

  /** The newest five, oldest first. Older ones return when those have gone. */
  get visible(): readonly Toast[] {
    return this.items.slice(-MOST_VISIBLE);
  }

  /** Show a message; the number returned closes it. */
  readonly push = (level: ToastLevel, message: string, options: ToastOptions = {}): number => {
    const { title, duration_s = DEFAULT_S } = options;
    const id = ++this.#last;
    const dropped = this.items.length >= MOST_KEPT ? this.items[0] : undefined;
    if (dropped) this.dismiss(dropped.id);
    this.items = [...this.items, { id, level, message, title: title ?? "", duration_s }];
    if (duration_s !== null) {
      this.#timers.set(id, { left_ms: duration_s * 1000, startedAt: 0, handle: undefined });
    }
    this.#keepTime();
    return id;
  };

  readonly dismiss = (id: number): void => {
    clearTimeout(this.#timers.get(id)?.handle);
    this.#timers.delete(id);
    this.items = this.items.filter((toast) => toast.id !== id);
    // The pointer that paused may have been on the one that is gone.
    if (this.items.length === 0) this.paused = false;
    this.#keepTime();
  };

  /** Close the newest. False if there was none. */
  dismissNewest(): boolean {
    const newest = this.items.at(-1);
    if (newest) this.dismiss(newest.id);
    return newest !== undefined;
  }

  clear(): void {
    for (const toast of this.items) this.dismiss(toast.id);
  }

  /** Stop every timer, while someone reads. */
  pause(): void {
    this.paused = true;
    this.#keepTime();
  }

  /** Let the timers go on from where they were. */
  resume(): void {
    this.paused = false;
    this.#keepTime();
  }

  /** Let the time of those pass that can be seen: who waits below newer ones has not been read yet. */
  #keepTime(): void {
    const seen = this.paused ? [] : this.visible.map((toast) => toast.id);
    for (const [id, timer] of this.#timers) {
      if (seen.includes(id) === (timer.handle !== undefined)) continue;
      if (timer.handle === undefined) {
        timer.startedAt = Date.now();
        timer.handle = setTimeout(() => this.dismiss(id), Math.max(0, timer.left_ms));
      } else {
        clearTimeout(timer.handle);
        timer.handle = undefined;
        timer.left_ms -= Date.now() - timer.startedAt;
      }
    }
  }
}
