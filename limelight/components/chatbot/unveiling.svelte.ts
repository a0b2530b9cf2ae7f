/** A long conversation, drawn from its end: older rows are plain text until the page is idle, or they come into sight. */

import type { Attachment } from "svelte/attachments";
import type { Group } from "./grouping";
import type { Message } from "./messages";
import { textOf } from "./text";

/** Rows that are drawn in one go; a few milliseconds, so that the page answers in between. Most windows show fewer. */
const TOGETHER = 8;
/** Where the browser does not tell what is in sight, all is. */
const TELLS = "ContentVisibilityAutoStateChangeEvent" in globalThis;
/** How high a row is until it was laid out. */
export const ROW_PX = 120;

/** Rows that are drawn together. */
export interface Part {
  /** Its place among the parts; names it. */
  readonly at: number;
  readonly groups: readonly Group[];
  readonly isDrawn: boolean;
  /** Whether it has been in sight. */
  readonly isSeen: boolean;
}

export class Unveiling {
  private parts: readonly Part[] = [];
  private drawn: boolean[] = [];
  private seen: boolean[] = [];
  private first: Message | undefined;
  /** How many rows the first part has less, so that the last one is full when a conversation opens. */
  private missing = 0;
  /** Counts what is drawn besides what the conversation's own changes draw. */
  private turns = $state.raw(0);

  constructor(private readonly groups: () => readonly Group[]) {}

  /** The rows in parts; those of which nothing changes are the same objects as before. */
  readonly now: readonly Part[] = $derived.by(() => {
    void this.turns;
    const groups = this.groups();
    const first = groups[0]?.entries[0]?.message;
    if (!isSame(this.first, first)) {
      this.drawn = [];
      this.missing = (TOGETHER - (groups.length % TOGETHER)) % TOGETHER;
    }
    const count = Math.ceil((groups.length + this.missing) / TOGETHER);
    if (count > 0) this.seen[count - 1] = true; // it is always laid out, so nothing tells when it comes into sight
    this.first = first;
    this.drawn[count - 1] = true;
    this.parts = Array.from({ length: count }, (_, at) => {
      const made = {
        at,
        groups: groups.slice(Math.max(0, at * TOGETHER - this.missing), (at + 1) * TOGETHER - this.missing),
        isDrawn: this.drawn[at] === true,
        isSeen: !TELLS || this.seen[at] === true,
      };
      const old = this.parts[at];
      return old?.isDrawn === made.isDrawn && old.isSeen === made.isSeen && equal(old.groups, made.groups) ? old : made;
    });
    return this.parts;
  });

  /** For an effect: draw the newest part that is not drawn yet when the page has time. */
  readonly next = (): (() => void) | undefined => {
    const part = this.now.findLast(({ isDrawn }) => !isDrawn);
    if (part === undefined) return undefined;
    const draw = (): void => this.draw(part.at);
    if (!("requestIdleCallback" in window)) {
      const timer = setTimeout(draw, 16); // Safari
      return () => clearTimeout(timer);
    }
    const turn = requestIdleCallback(draw, { timeout: 500 });
    return () => cancelIdleCallback(turn);
  };

  /** Draw a part whose plain text comes into sight, with what only readers who are there need. */
  watch(at: number): Attachment<HTMLElement> {
    return (element) => {
      const see = (event: Event): void => {
        if ((event as ContentVisibilityAutoStateChangeEvent).skipped || (this.seen[at] && this.drawn[at])) return;
        this.seen[at] = true;
        setTimeout(() => this.draw(at)); // several may come near at once
      };
      element.addEventListener("contentvisibilityautostatechange", see);
      return () => element.removeEventListener("contentvisibilityautostatechange", see);
    };
  }

  private draw(at: number): void {
    this.drawn[at] = true;
    this.turns += 1;
  }
}

/** What a row says, without the signs of Markdown between which a search would find nothing. */
export function plainOf({ entries }: Group): string {
  return entries
    .map(({ message }) => textOf(message).replace(/\*\*|`|^#+ /gm, ""))
    .filter(Boolean)
    .join("\n\n");
}

/** Whether it is the beginning of the same conversation, whoever made the message. */
function isSame(one: Message | undefined, other: Message | undefined): boolean {
  return one === other || (one !== undefined && other !== undefined && one.role === other.role && textOf(one) === textOf(other));
}

function equal(one: readonly Group[], other: readonly Group[]): boolean {
  return one.length === other.length && one.every((group, place) => group === other[place]);
}
