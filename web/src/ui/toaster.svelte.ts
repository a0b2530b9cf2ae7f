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

  /** The newest five, oldest first. */
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
      if (!this.paused) this.#start(id);
    }
    return id;
  };

  readonly dismiss = (id: number): void => {
    clearTimeout(this.#timers.get(id)?.handle);
    this.#timers.delete(id);
    this.items = this.items.filter((toast) => toast.id !== id);
    // The pointer that paused may have been on the one that is gone.
    if (this.items.length === 0) this.paused = false;
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
    if (this.paused) return;
    this.paused = true;
    for (const timer of this.#timers.values()) {
      clearTimeout(timer.handle);
      timer.left_ms -= Date.now() - timer.startedAt;
    }
  }

  /** Let the timers go on from where they were. */
  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    for (const id of this.#timers.keys()) this.#start(id);
  }

  #start(id: number): void {
    const timer = this.#timers.get(id);
    if (!timer) return;
    timer.startedAt = Date.now();
    timer.handle = setTimeout(() => this.dismiss(id), Math.max(0, timer.left_ms));
  }
}
