/** HTML of a kind that can do no harm, as nodes: to sanitise it would find nothing, and takes longer than all else. */

/** Tags that Markdown makes, with no other attributes than it gives them. */
const HARMLESS = new RegExp(
  [
    "</?(?:p|em|strong|del|code|pre|ul|ol|li|blockquote|h[1-6]|table|thead|tbody|tr|th|td|a)>",
    "<(?:br|hr)>",
    '<ol start="\\d+">',
    '<t[hd] align="(?:left|center|right)">',
    '<code class="language-[\\w.+#-]+"(?: data-open)?>',
    "<code data-open>",
    '<input (?:checked="" )?disabled="" type="checkbox">',
    '<a href="(?:https?://|mailto:)[^"<>]*"(?: title="[^"<>]*")?>',
  ].join("|"),
  "g",
);

let inert: Document | undefined;

/** The content as nodes of this document; null if it has to be sanitised. */
export function plain(html: string): DocumentFragment | null {
  if (html.replace(HARMLESS, "").includes("<")) return null;
  inert ??= document.implementation.createHTMLDocument("");
  inert.body.innerHTML = html;
  const content = document.createDocumentFragment();
  content.append(...inert.body.childNodes);
  return content;
}
