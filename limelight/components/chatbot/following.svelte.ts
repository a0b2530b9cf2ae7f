/** Keeps the end of a growing text in sight, as long as the reader is there. */

/** This near to the end is at the end. */
const NEAR_PX = 32;

/** Where a scrolling part stands. */
export interface Position {
  top: number;
  /** Of what is seen of it. */
  height: number;
  /** Of all of it. */
  whole: number;
}

export function isAtEnd({ top, height, whole }: Position): boolean {
  return whole - height - top <= NEAR_PX;
}

/** Whether to stay at the end after a scroll: the reader leaves it by going back, and returns by coming near. */
export function follows(was: boolean, before: Position, now: Position): boolean {
  if (isAtEnd(now)) return true;
  // Text that became shorter, or a part that became higher, moves it back, too; but not by a page more, as a search does
  // that leads to rows of which only then is known how high they are.
  const lost = Math.max(0, before.whole - now.whole) + Math.max(0, now.height - before.height);
  const isReader = before.top - now.top > (lost > 0 ? lost + now.height : 1);
  return was && !isReader;
}

/** Attach `attach` to what scrolls; its only child is what grows. */
export class Follower {
  /** Whether the end is in sight, or will be. */
  isFollowing = $state(true);
  private element: HTMLElement | undefined;
  private last: Position = { top: 0, height: 0, whole: 0 };

  constructor(private readonly isWanted: () => boolean) {}

  readonly attach = (element: HTMLElement): (() => void) => {
    this.element = element;
    const onscroll = (): void => {
      const now = position(element);
      this.isFollowing = follows(this.isFollowing, this.last, now);
      this.last = now;
    };
    element.addEventListener("scroll", onscroll, { passive: true });
    const sizes = new ResizeObserver(() => this.keep());
    sizes.observe(element);
    if (element.firstElementChild) sizes.observe(element.firstElementChild);
    // With the frame's own layout, but before the browser looks what of the conversation is in sight.
    requestAnimationFrame(() => this.keep());
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", onscroll);
      this.element = undefined;
    };
  };

  /** Go to the end, and stay there. */
  toEnd(): void {
    this.isFollowing = true;
    this.jump();
  }

  private keep(): void {
    if (this.isFollowing && this.isWanted()) this.jump();
    else if (this.element) {
      const now = position(this.element);
      this.isFollowing = follows(this.isFollowing && isAtEnd(now), this.last, now);
      this.last = now;
    }
  }

  private jump(): void {
    const { element } = this;
    if (element === undefined) return;
    element.scrollTop = element.scrollHeight;
    this.last = position(element);
  }
}

function position(element: HTMLElement): Position {
  return { top: element.scrollTop, height: element.clientHeight, whole: element.scrollHeight };
}
