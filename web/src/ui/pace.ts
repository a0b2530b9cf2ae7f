/**
 * Draws many blocks in many short tasks, so that the page answers in between; the parts are `WhenShown` and `PacedNode`.
 *
 * Only one thing is drawn that way at a time. What is asked for while that lasts joins in.
 */

import { flushSync } from "svelte";

/** For one task. It may take four times as long on a slow telephone, where a block more than fits comes on top. */
const BUDGET_MS = 1;

/** When the task that draws has drawn enough; null while nothing is drawn gradually. */
let deadline: number | null = null;
/** What is still to be drawn, in the order of the page. */
let waiting: (() => void)[] = [];

/** From now on blocks are drawn gradually, until all are. */
export function begin(): void {
  if (deadline !== null) return;
  deadline = performance.now() + BUDGET_MS;
  inTasks(slice);
}

/** Do it in a task of its own, and again while it gives true. No timers: after a few of those each waits for 4 ms. */
function inTasks(act: () => boolean): void {
  const { port1, port2 } = new MessageChannel();
  const another = (): void => port2.postMessage(null);
  port1.onmessage = () => (act() ? another() : port1.close());
  another();
}

/** Whether a block may be drawn at once. */
export function hasTime(): boolean {
  return deadline === null || performance.now() < deadline;
}

/** Draw it when it is its turn. The result takes that back. */
export function queue(draw: () => void): () => void {
  waiting.push(draw);
  return () => {
    waiting = waiting.filter((one) => one !== draw);
  };
}

/** What is drawn in one task. Whether something is left. */
function slice(): boolean {
  deadline = performance.now() + BUDGET_MS;
  for (let next = waiting.shift(); next; next = hasTime() ? waiting.shift() : undefined) {
    const after = waiting;
    waiting = [];
    flushSync(next);
    waiting.push(...after); // what is inside comes before what is after it
  }
  if (waiting.length > 0) return true;
  deadline = null;
  return false;
}

let last: Promise<void> = Promise.resolve();

/**
 * Right after a frame, when nothing is left to be drawn: all is laid out, and the browser needs no time to tell sizes.
 * Each who waits gets a frame of its own.
 */
export function painted(): Promise<void> {
  last = last.then(async () => {
    do await laidOut();
    while (deadline !== null);
  });
  return last;
}

/** Right after the next frame: sizes can be asked for without having the page laid out for that. */
export function laidOut(): Promise<void> {
  return new Promise((done) => {
    const end = (): boolean => (done(), false);
    if (document.visibilityState === "hidden") setTimeout(end); // a hidden page has no frames
    else requestAnimationFrame(() => inTasks(end)); // before what the frame itself has set off
  });
}
