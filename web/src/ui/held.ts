/** What the page waits for before it tells the listeners that it is there: values that come from elsewhere. */

const held = new Set<Promise<unknown>>();

/** Let the page wait. */
export function hold(promise: Promise<unknown>): void {
  held.add(promise);
  const drop = (): void => void held.delete(promise);
  promise.then(drop, drop);
}

/** Wait for all, if there are any; one that fails keeps nobody waiting. */
export async function released(): Promise<void> {
  if (held.size > 0) await Promise.allSettled(held);
}
