/** What keys mean in a text field, and how high it is. Knows nothing of the element's frame or of its host. */

/** The part of a keyboard event that decides. */
export type Key = Pick<KeyboardEvent, "key" | "shiftKey" | "isComposing">;

/**
 * Whether a key submits: Enter where the field has one line, Shift+Enter where it has more.
 * An Enter that ends the composition of a character (Japanese, Chinese, Korean) never does.
 */
export function submits(event: Key, field: { lines: number; wraps: boolean }): boolean {
  if (event.key !== "Enter" || event.isComposing) return false;
  return event.shiftKey === (field.wraps && field.lines > 1);
}

/** Lines a field grows to. */
export function highest(lines: number, most: number | undefined): number {
  return Math.max(lines, most ?? 20);
}

/** Characters that a text may still grow by, as a reader needs to hear them: only near the end. */
export function nearEnd(length: number, most: number): number | null {
  const left = Math.max(0, most - length);
  return left <= Math.max(5, most * 0.1) ? left : null;
}

/** Whether an element shows its end, give or take a line or two. */
export function showsEnd(element: Pick<Element, "scrollTop" | "clientHeight" | "scrollHeight">): boolean {
  return element.scrollTop + element.clientHeight >= element.scrollHeight - 40;
}

/** Give a text area the height of its text where CSS (`field-sizing`) cannot; it is at least `--lines` high. */
export function fit(area: HTMLTextAreaElement): void {
  if (globalThis.CSS?.supports?.("field-sizing", "content")) return;
  area.style.blockSize = "0";
  area.style.blockSize = `calc(var(--lines) * 1lh + ${area.scrollHeight - area.clientHeight}px)`;
}

/** Do something as soon as the browser has laid an element out, and before it paints: all sizes are known then. */
export function onceLaidOut(element: Element, act: () => void): void {
  // It tells the size that an element has at first, too.
  new ResizeObserver((_, watch) => {
    watch.disconnect();
    act();
  }).observe(element);
}

/** Give a control attributes by name, as Svelte's spreading would. Answers with what takes them off again. */
export function dress(control: HTMLElement, attributes: Readonly<Record<string, unknown>>): () => void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value == null) continue;
    if (typeof value === "boolean" && name in control) Reflect.set(control, name, value);
    else control.setAttribute(name, String(value));
  }
  return () => Object.keys(attributes).forEach((name) => control.removeAttribute(name));
}
