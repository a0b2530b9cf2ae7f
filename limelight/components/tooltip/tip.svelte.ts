/** When a tooltip is shown, and what it describes. Draws nothing. */

import { tabbable } from "$ui/focus";

/** How long the pointer may be elsewhere, on its way to the text or by accident. */
const GRACE_MS = 150;
const LONG_PRESS_MS = 500;
/** A finger that moves further scrolls. */
const STEADY_PX = 10;

interface Tell {
  text: string;
  delay_s: number;
  tipId: string;
}

export class Tip {
  readonly isShown = $derived.by(() => this.#isWanted() && this.#tell().text !== "");
  /** Whether nothing inside can take the focus, so the whole must. */
  isAlone = $state(false);
  #tell: () => Tell;
  #hovered = $state(false);
  #focused = $state(false);
  #held = $state(false);
  /** Sent away by Escape or a press, until the reader comes again. */
  #dismissed = $state(false);
  #area: Element | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #holding: { x: number; y: number } | null = null;
  #swallows = false;

  constructor(tell: () => Tell) {
    this.#tell = tell;
  }

  #isWanted(): boolean {
    return !this.#dismissed && (this.#hovered || this.#focused || this.#held);
  }

  #after(milliseconds: number, act: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(act, milliseconds);
  }

  readonly enter = (event: PointerEvent): void => {
    if (event.pointerType === "touch") return;
    this.#after(this.#hovered ? 0 : this.#tell().delay_s * 1000, () => {
      this.#dismissed = false;
      this.#hovered = true;
    });
  };

  readonly leave = (event: PointerEvent): void => {
    if (event.pointerType === "touch") return;
    this.#after(GRACE_MS, () => (this.#hovered = false));
  };

  readonly press = (event: PointerEvent): void => {
    this.#swallows = false;
    if (event.target instanceof Element && event.target.closest("[role=tooltip]")) return;
    clearTimeout(this.#timer);
    if (event.pointerType !== "touch") {
      this.#dismissed = true; // whoever presses has understood
      return;
    }
    this.#holding = { x: event.clientX, y: event.clientY };
    this.#after(LONG_PRESS_MS, () => {
      if (!this.#holding) return;
      this.#dismissed = false;
      this.#held = this.#swallows = this.#tell().text !== "";
    });
  };

  readonly move = ({ clientX, clientY }: PointerEvent): void => {
    const from = this.#holding;
    if (from && Math.hypot(clientX - from.x, clientY - from.y) > STEADY_PX) this.release();
  };

  readonly release = (): void => {
    if (this.#holding) clearTimeout(this.#timer);
    this.#holding = null;
  };

  /** Whoever pressed long wanted to read, not to click. */
  readonly click = (event: Event): void => {
    if (!this.#swallows) return;
    this.#swallows = false;
    event.preventDefault();
    event.stopPropagation();
  };

  readonly menu = (event: Event): void => {
    const isField = event.target instanceof Element && event.target.matches("input, textarea");
    if (this.#holding && !isField) event.preventDefault();
  };

  readonly focus = (event: FocusEvent): void => {
    const { target } = event;
    if (!(target instanceof HTMLElement) || !target.matches(":focus-visible")) return;
    if (target !== this.#area) mention(target, this.#tell().tipId);
    this.#dismissed = false;
    this.#focused = true;
  };

  readonly blur = (): void => {
    this.#focused = false;
  };

  readonly keys = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || !this.isShown) return;
    event.preventDefault();
    this.#dismissed = true;
  };

  readonly pressElsewhere = (event: PointerEvent): void => {
    const { target } = event;
    if (this.#held && !(target instanceof Node && this.#area?.contains(target))) this.#held = false;
  };

  /** Attachment: what takes the focus inside refers to the text, also when it is drawn later or anew. */
  readonly describe = (area: Element): (() => void) => {
    this.#area = area;
    const link = (): void => {
      const { text, tipId } = this.#tell();
      const [first] = tabbable(area);
      this.isAlone = first === undefined && text !== "";
      if (first && text) mention(first, tipId);
    };
    const observer = new MutationObserver(link);
    observer.observe(area, {
      subtree: true,
      childList: true,
      attributeFilter: ["aria-describedby", "disabled"],
    });
    link();
    return () => {
      observer.disconnect();
      clearTimeout(this.#timer);
    };
  };
}

function mention(element: Element, id: string): void {
  const ids = element.getAttribute("aria-describedby")?.split(/\s+/).filter(Boolean) ?? [];
  if (!ids.includes(id)) element.setAttribute("aria-describedby", [...ids, id].join(" "));
}
