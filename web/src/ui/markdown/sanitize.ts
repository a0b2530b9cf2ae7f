/** HTML of others made harmless. What cannot run, load styles or cover the page stays as it was written. */

import DOMPurify, { type Config } from "dompurify";

const CONFIG: Config = {
  RETURN_DOM_FRAGMENT: true,
  FORBID_TAGS: ["style", "link", "meta", "base", "form", "dialog", "template", "slot"],
  FORBID_ATTR: ["popover", "popovertarget", "slot", "part"],
};

/** Properties that could lay something over the page. */
const PLACING = ["position", "z-index", "inset", "top", "right", "bottom", "left"];

let purifier: typeof DOMPurify | undefined;

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

function make(): typeof DOMPurify {
  // An instance of its own: hooks would otherwise stay for everyone who uses the library.
  const purify = DOMPurify(window);
  purify.setConfig(CONFIG); // once: to read it takes as long as a short text
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
