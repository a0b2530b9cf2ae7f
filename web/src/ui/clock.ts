/** One shared timer for everything that shows a running time: it ticks only while something on the page reads it. */

import { createSubscriber } from "svelte/reactivity";

const PERIOD_MS = 100;

/** A reactive clock: reading it in markup or `$derived` reads it again every 100 ms. */
export interface Clock {
  /** As `performance.now()`. */
  readonly now: number;
}

export function createClock(): Clock {
  const subscribe = createSubscriber((update) => {
    const timer = setInterval(update, PERIOD_MS);
    return () => clearInterval(timer);
  });
  return {
    get now(): number {
      subscribe();
      return performance.now();
    },
  };
}

export const clock: Clock = createClock();
