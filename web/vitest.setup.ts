/** What a page has loaded before components draw, and what jsdom lacks and components need. Each stand-in does nothing; a test that needs more stubs it itself. */

import { configure } from "@testing-library/svelte";
import "./src/ui/late";

// Ends what never comes; what comes late on a busy machine may do so.
configure({ asyncUtilTimeout: 20_000 });

class StillObserver {
  observe(): void {
    // Nothing is ever laid out in jsdom, so there is nothing to report.
  }
  unobserve(): void {
    // See `observe`.
  }
  disconnect(): void {
    // See `observe`.
  }
  takeRecords(): [] {
    return [];
  }
}

const nothing = (): void => undefined;

function matchMedia(media: string): MediaQueryList {
  return {
    media,
    matches: false,
    onchange: null,
    addListener: nothing,
    removeListener: nothing,
    addEventListener: nothing,
    removeEventListener: nothing,
    dispatchEvent: () => false,
  };
}

function animate(): Pick<Animation, "cancel" | "finish" | "onfinish" | "finished"> {
  return { cancel: nothing, finish: nothing, onfinish: null, finished: Promise.resolve({} as Animation) };
}

function provide(target: object, members: Record<string, unknown>): void {
  for (const [name, value] of Object.entries(members)) {
    // jsdom declares some members, `matchMedia` among them, without giving them a value.
    if ((target as Record<string, unknown>)[name] === undefined) Object.defineProperty(target, name, { value, writable: true, configurable: true });
  }
}

provide(globalThis, { ResizeObserver: StillObserver, IntersectionObserver: StillObserver, matchMedia });
provide(Element.prototype, { scrollIntoView: nothing, scrollTo: nothing, animate, getAnimations: () => [] });
provide(URL, { createObjectURL: () => "blob:test", revokeObjectURL: nothing });
provide(HTMLDialogElement.prototype, {
  showModal(this: HTMLDialogElement): void {
    this.open = true;
  },
  show(this: HTMLDialogElement): void {
    this.open = true;
  },
  close(this: HTMLDialogElement): void {
    this.open = false;
    this.dispatchEvent(new Event("close"));
  },
});

// The selectors of jsdom listen on its window for each document that is searched, as a sanitised text is, and never
// stop, so that each search took longer than the last. What tests and components call is not this one but Vitest's.
declare const jsdom: { window: Window };
document.querySelector(":focus"); // the page's own may
jsdom.window.addEventListener = nothing;
