/**
 * Spares a page the work for editors that nobody uses.
 *
 * An editor asks what is selected when it is made and whenever a selection anywhere on the page changes. For the answer
 * the browser lays out the whole page, and a page may have many editors.
 */

/** The document, for an editor in which nothing can be selected yet. */
export const UNSELECTED: Document = new Proxy(document, {
  get: (whole, name) => {
    if (name === "getSelection") return () => null;
    const found: unknown = Reflect.get(whole, name, whole);
    return typeof found === "function" ? (found.bind(whole) as unknown) : found;
  },
  set: (whole, name, value) => Reflect.set(whole, name, value, whole),
});

/** What comes before a reader selects something in an editor. */
export const SELECTING = ["pointerdown", "focusin", "selectstart"] as const;
