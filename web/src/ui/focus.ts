/** Where the keyboard focus goes inside something that was opened. */

const FOCUSABLE =
  "a[href], button, input, select, textarea, summary, audio[controls], video[controls], [contenteditable], [tabindex]";
const TYPED =
  "textarea, [contenteditable], input:not([type=button], [type=checkbox], [type=radio], [type=range])";

/** What Tab stops at when it is shown, in order; of radio buttons the others are left out if one is chosen. */
export function tabbable(inside: Element): HTMLElement[] {
  return [...inside.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) =>
      element.tabIndex >= 0 &&
      !element.matches(":disabled, [type=hidden], [inert] *") &&
      isChosen(element, inside),
  );
}

function isChosen(element: HTMLElement, inside: Element): boolean {
  if (!element.matches("[type=radio]:not(:checked)")) return true;
  const name = element.getAttribute("name");
  const chosen = [...inside.querySelectorAll("[type=radio]:checked")];
  return !chosen.some((other) => other.getAttribute("name") === name);
}

/** How long what is drawn gradually, or loaded, may take to come. */
const PATIENCE_MS = 1000;

/** Focus the first thing to use; the element itself where there is none, or where a keyboard would cover what was opened. */
export function focusInside(element: HTMLElement): void {
  if (element.contains(document.activeElement)) return; // by `autofocus`
  if (focusFirst(element)) return;
  element.focus();
  const late = new MutationObserver(() => {
    if (document.activeElement !== element || focusFirst(element)) late.disconnect();
  });
  late.observe(element, { childList: true, subtree: true });
  setTimeout(() => late.disconnect(), PATIENCE_MS);
}

/** False if there is nothing yet that could be focused. */
function focusFirst(element: HTMLElement): boolean {
  const first = tabbable(element).find(
    // Absent in browsers before 2024 and in jsdom.
    (inner) => inner.checkVisibility?.({ visibilityProperty: true }) ?? true,
  );
  const isCovered = first?.matches(TYPED) && matchMedia("(pointer: coarse)").matches;
  (isCovered ? element : first)?.focus();
  return first !== undefined;
}
