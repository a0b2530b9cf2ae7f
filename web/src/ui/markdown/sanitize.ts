/** HTML of others made harmless. What cannot run, load styles or cover the page stays as it was written. */

import DOMPurify, { type Config } from "dompurify";
import type { IsWritten } from "./html";

const CONFIG: Config = {
  RETURN_DOM_FRAGMENT: true,
  FORBID_TAGS: ["style", "link", "meta", "base", "form", "dialog", "template", "slot"],
  FORBID_ATTR: ["popover", "popovertarget", "slot", "part"],
};

/** Properties that could lay something over the page. */
const PLACING = ["position", "z-index", "inset", "top", "right", "bottom", "left"];

let purifier: typeof DOMPurify | undefined;
/** Names that HTML, SVG or MathML know. */
const standard = new Map<string, boolean>();
let allowed: Readonly<Record<string, boolean>> = {};

/** The content as nodes of this document that do nothing by themselves. */
export function sanitized(html: string): DocumentFragment {
  purifier ??= make();
  return purifier.sanitize(html) as unknown as DocumentFragment; // as `CONFIG` wants it
}

/** The content as the author wrote it. Scripts do not run: the parser marked them so, and these are no copies. */
export function trusted(html: string): DocumentFragment {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content;
}

/** Tells which tags are shown as they are written: those given, or all, as far as no standard knows the name. */
export function written(names: readonly string[] | boolean): IsWritten | undefined {
  if (names === false || (names !== true && names.length === 0)) return undefined;
  const own = names === true ? null : new Set(names.map((name) => name.toLowerCase()));
  return (name) => (own === null || own.has(name)) && !isStandard(name);
}

function isStandard(name: string): boolean {
  let found = standard.get(name);
  if (found === undefined) {
    purifier ??= make();
    found = Object.hasOwn(allowed, name) || !(name.includes("-") || document.createElement(name) instanceof HTMLUnknownElement);
    standard.set(name, found);
  }
  return found;
}

function make(): typeof DOMPurify {
  // An instance of its own: hooks would otherwise stay for everyone who uses the library.
  const purify = DOMPurify(window);
  purify.setConfig(CONFIG); // once: to read it takes as long as a short text
  purify.addHook("uponSanitizeElement", (_, { allowedTags }) => (allowed = allowedTags));
  purify.sanitize("<p>");
  purify.removeHook("uponSanitizeElement");
  purify.addHook("uponSanitizeAttribute", (_, attribute) => {
    if (attribute.attrName === "style") attribute.attrValue = safeStyle(attribute.attrValue);
    // NOTE: the class of `Block.svelte` that fills the window.
    if (attribute.attrName === "class") attribute.attrValue = attribute.attrValue.replace(/\bfills-window\b/g, "");
  });
  return purify;
}

function safeStyle(text: string): string {
  const { style } = document.createElement("span");
  style.cssText = text;
  for (const property of PLACING) style.removeProperty(property);
  for (const property of [...style]) {
    if (/(?:url|image|image-set|src)\(/i.test(style.getPropertyValue(property))) style.removeProperty(property);
  }
  return style.cssText;
}
