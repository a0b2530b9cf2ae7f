/** What the trackers of blocks show while calls run; several calls may write to one block. Knows nothing of messages. */

import type { Status } from "$ui/contract";
import { later } from "$ui/later.svelte";

export const IDLE: Status = Object.freeze({
  stage: "idle",
  show: "hidden",
  position: null,
  queueSize: null,
  eta: null,
  startedAt: null,
  progress: null,
  message: null,
  validation: null,
} satisfies Status);

/** A block as far as this module cares. */
export interface Tracked {
  status: Status;
}

/** One call's hold on the blocks that show its progress. */
export class Hold {
  status: Status;
  /** Whether the blocks show it. */
  shown = false;
  timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly board: StatusBoard,
    readonly blocks: readonly Tracked[],
    status: Status,
  ) {
    this.status = status;
  }

  update(change: Partial<Status>): void {
    this.status = { ...this.status, ...change };
    this.board.draw(this);
  }

  /** The call is over: `last` stays until something else begins, unless another call still runs there. */
  release(last: Partial<Status>): void {
    this.board.release(this, {
      ...this.status,
      position: null,
      queueSize: null,
      eta: null,
      startedAt: null,
      progress: null,
      ...last,
    });
  }
}

/** Whether a tracker has nothing to show. */
const isQuiet = ({ stage }: Status): boolean => stage === "idle" || stage === "complete";

/** Let screen readers tell what they see who can. */
function say(hold: Hold, status: Status): void {
  if (hold.blocks.length > 0 && status.show !== "hidden") later.spoken = status;
}

/** Who holds which block. The latest call to begin is the one shown. */
export class StatusBoard {
  private readonly holds = new Map<Tracked, Hold[]>();

  /**
   * @param patience_ms How long a call runs before its blocks show it: a tracker that comes and goes at once is a
   * flicker, and drawing it would delay the result.
   */
  constructor(private readonly patience_ms = 0) {}

  hold(blocks: readonly Tracked[], status: Partial<Status>): Hold {
    const hold = new Hold(this, blocks, { ...IDLE, ...status });
    for (const block of blocks) this.holds.set(block, [...(this.holds.get(block) ?? []), hold]);
    if (this.patience_ms === 0) this.show(hold);
    else hold.timer = setTimeout(() => this.show(hold), this.patience_ms);
    return hold;
  }

  private show(hold: Hold): void {
    clearTimeout(hold.timer);
    later.load(); // not before: it would compete with the answer of a quick call
    hold.shown = true;
    this.draw(hold);
  }

  draw(hold: Hold): void {
    if (!hold.shown) {
      const { stage, progress } = hold.status;
      if (stage === "generating" || progress !== null) this.show(hold);
      return;
    }
    say(hold, hold.status);
    for (const block of hold.blocks) {
      if (this.holds.get(block)?.at(-1) === hold) block.status = hold.status;
    }
  }

  release(hold: Hold, last: Status): void {
    clearTimeout(hold.timer);
    if (hold.shown) say(hold, last);
    for (const block of hold.blocks) {
      const others = (this.holds.get(block) ?? []).filter((other) => other !== hold);
      const shown = others.at(-1);
      if (shown === undefined) this.holds.delete(block);
      else this.holds.set(block, others);
      const next = shown?.shown ? shown.status : last;
      if (hold.shown || !isQuiet(next) || !isQuiet(block.status)) block.status = next;
    }
  }

  /** Forget an error or a finished call; a running one stays. */
  clear(block: Tracked): void {
    if (!this.holds.has(block)) block.status = IDLE;
  }
}
