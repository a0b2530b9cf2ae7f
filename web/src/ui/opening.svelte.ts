/** Whether the popup of a field is open, and what is drawn in it: that is loaded when the reader comes near the field. */

import { tick } from "svelte";

/** Keys that act on the page and not on what is open. */
const FOR_THE_PAGE: ReadonlySet<string> = new Set(["Escape", "Tab"]);

export class Opening<Part> {
  isOpen = $state(false);
  /** What is drawn in the popup; undefined until it is loaded. It takes the focus by itself. */
  part = $state.raw<Part>();
  private loading: Promise<unknown> | null = null;
  /** What was pressed while the popup was open but not yet there. */
  private early: KeyboardEvent[] = [];

  constructor(
    private readonly load: () => Promise<{ default: Part }>,
    /** What gets the focus back. */
    private readonly control: () => HTMLElement | undefined,
  ) {}

  /** Load what will be needed. If that fails, the next call tries again. */
  readonly fetch = (): void => {
    if (this.part !== undefined) return;
    this.loading ??= this.load()
      .then((module) => {
        this.part = module.default;
        return this.replay();
      })
      .catch(() => (this.isOpen = false))
      .finally(() => (this.loading = null));
  };

  open(): void {
    this.isOpen = true;
    this.fetch();
  }

  close(): void {
    this.isOpen = false;
    this.early = [];
    this.control()?.focus();
  }

  /** For the same element, before all others: a popup that has yet to be loaded gets the keys that are for it. */
  readonly keydowncapture = (event: KeyboardEvent): void => {
    if (!this.isOpen || this.part !== undefined || FOR_THE_PAGE.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    this.early.push(event);
  };

  /** For the element that holds the field and its popup. */
  readonly keydown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || !this.isOpen) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  };
  /** Press again what was pressed too early, where the focus now is. */
  private async replay(): Promise<void> {
    if (!this.isOpen) return;
    await tick(); // drawn
    for (let event = this.early.shift(); event; event = this.early.shift()) {
      await tick(); // the focus followed the key before
      const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;
      const again = { key, code, shiftKey, ctrlKey, altKey, metaKey, bubbles: true, cancelable: true };
      document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", again));
    }
  }
}
