import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { applyMode, chosenMode, rememberMode, watchSystem } from "./mode";

let dark = false;
let changed: (() => void)[] = [];

beforeEach(() => {
  dark = false;
  changed = [];
  vi.stubGlobal("matchMedia", () => ({
    get matches() {
      return dark;
    },
    addEventListener: (_: string, callback: () => void) => changed.push(callback),
    removeEventListener: (_: string, callback: () => void) => {
      changed = changed.filter((other) => other !== callback);
    },
  }));
});

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
  document.body.className = "";
});

describe("mode", () => {
  it("is the system's until one was chosen", () => {
    expect(chosenMode("")).toBe("system");
    rememberMode("dark");
    expect(chosenMode("")).toBe("dark");
  });

  it("prefers what the address asks for", () => {
    rememberMode("dark");
    expect(chosenMode("?view=api&__theme=light")).toBe("light");
    expect(chosenMode("?__theme=purple")).toBe("dark");
  });

  it("puts the class on the body and tells the browser", () => {
    applyMode("dark");
    expect(document.body.classList.contains("dark")).toBe(true);
    expect(document.documentElement.style.colorScheme).toBe("dark");
    expect(document.querySelectorAll('meta[name="color-scheme"]')).toHaveLength(1);
    applyMode("light");
    expect(document.body.classList.contains("dark")).toBe(false);
    expect(document.querySelector<HTMLMetaElement>('meta[name="color-scheme"]')?.content).toBe("light");
  });

  it("follows the system, until told to stop", () => {
    const stop = watchSystem(() => applyMode("system"));
    dark = true;
    changed.forEach((callback) => callback());
    expect(document.body.classList.contains("dark")).toBe(true);
    stop();
    expect(changed).toHaveLength(0);
  });
});
