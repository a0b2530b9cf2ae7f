/**
 * Spares a page the work for editors that nobody uses.
 *
 * An editor asks what is selected when it is made and whenever a selection anywhere on the page changes, and looks at
 * itself at the beginning of a frame. For the answers the browser lays out the whole page, and a page may have many
 * editors.
 */

import { laidOut } from "$ui/pace";

/** The document, for an editor in which nothing can be selected yet. */
export const UNSELECTED: Document = new Proxy(document, {
  get: (whole, name) => {
    if (name === "getSelection") return () => null;
    const found: unknown = Reflect.get(whole, name, whole);
    return typeof found === "function" ? (found.bind(whole) as unknown) : found;
  },
  set: (whole, name, value) => Reflect.set(whole, name, value, whole),
});

/** The window, for an editor that need not look at itself before it is painted: its frames begin when all is laid out. */
export const UNHURRIED: Window = new Proxy(window, {
  get: (whole, name) => {
    if (name === "requestAnimationFrame") return (act: () => void) => (void laidOut().then(act), 0);
    const found: unknown = Reflect.get(whole, name, whole);
    // Classes stay as they are; all other functions of a window want to be called on it.
    const isMethod = typeof found === "function" && !Object.hasOwn(found, "prototype");
    return isMethod ? (found.bind(whole) as unknown) : found;
  },
});

/** What comes before a reader selects something in an editor. */
export const SELECTING = ["pointerdown", "focusin", "selectstart"] as const;
