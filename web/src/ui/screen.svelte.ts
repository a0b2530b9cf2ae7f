/** Showing one element over the whole screen, by the browser's own means or, where it refuses, by CSS. */

import { createSubscriber } from "svelte/reactivity";

/** Class on an element that fills the window by CSS; styled in `Block.svelte`, which every page has. */
export const FALLBACK_CLASS = "fills-window";

const subscribe = createSubscriber((update) => {
  document.addEventListener("fullscreenchange", update);
  return () => document.removeEventListener("fullscreenchange", update);
});

/** Full screen state of one element. `element` is read anew at each use. */
export class Fullscreen {
  #element: () => HTMLElement | null | undefined;
  #byStyle = $state(false);

  constructor(element: () => HTMLElement | null | undefined) {
    this.#element = element;
  }

  /** Reactive: whether the element fills the screen or the window. */
  get active(): boolean {
    subscribe();
    const element = this.#element();
    return this.#byStyle || (element != null && document.fullscreenElement === element);
  }

  async toggle(): Promise<void> {
    if (this.active) await this.exit();
    else await this.enter();
  }

  async enter(): Promise<void> {
    const element = this.#element();
    if (!element) return;
    try {
      await element.requestFullscreen();
    } catch {
      // Phones without the API, and iframes without the permission.
      element.classList.add(FALLBACK_CLASS);
      document.addEventListener("keydown", this.#escape);
      this.#byStyle = true;
    }
  }

  async exit(): Promise<void> {
    if (this.#byStyle) {
      this.#element()?.classList.remove(FALLBACK_CLASS);
      document.removeEventListener("keydown", this.#escape);
      this.#byStyle = false;
    } else if (document.fullscreenElement) {
      await document.exitFullscreen();
    }
  }

  #escape = (event: KeyboardEvent): void => {
    if (event.key === "Escape") void this.exit();
  };
}
