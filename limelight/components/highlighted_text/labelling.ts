/** What it takes to label a text, and nobody else needs: the bar, what was selected, and the text with a label more. */

import { type Mark, type Range, textOf, type Token } from "./spans";

export { default as Marker } from "./parts/Marker.svelte";

/** The tokens with a range marked anew, or unmarked by null. Parts of other tokens in it are cut off. */
export function relabelled(tokens: readonly Token[], range: Range, mark: Mark): Token[] {
  const made: Token[] = [];
  const add = (token: string, own: Mark): void => {
    const last = made.at(-1);
    if (token === "") return;
    // What has no mark grows together, so that a label that was removed leaves no trace.
    if (own === null && last?.class_or_confidence === null) last.token += token;
    else made.push({ token, class_or_confidence: own });
  };
  const inside = textOf(tokens).slice(range.from, range.to);
  let from = 0;
  let isAdded = false;
  for (const { token, class_or_confidence: own = null } of tokens) {
    const to = from + token.length;
    add(token.slice(0, Math.max(range.from - from, 0)), own);
    if (!isAdded && to > range.from) {
      add(inside, mark);
      isAdded = true;
    }
    add(token.slice(Math.max(range.to - from, 0)), own);
    from = to;
  }
  return made;
}

/** The part of a text inside `root` that the reader has selected, by elements with `data-from`. */
export function selected(root: HTMLElement, selection: Selection | null): Range | null {
  if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
  const range = selection.getRangeAt(0);
  if (!range.intersectsNode(root)) return null;
  const found: Range = { from: Infinity, to: 0 };
  for (const element of root.querySelectorAll<HTMLElement>("[data-from]")) {
    if (!range.intersectsNode(element)) continue;
    const { length } = element.textContent;
    const start = element.contains(range.startContainer) ? at(range.startContainer, range.startOffset, length) : 0;
    const end = element.contains(range.endContainer) ? at(range.endContainer, range.endOffset, length) : length;
    if (start >= end) continue;
    const from = Number(element.dataset.from);
    found.from = Math.min(found.from, from + start);
    found.to = Math.max(found.to, from + end);
  }
  return found.from < found.to ? found : null;
}

/** Offsets in elements count children, not characters. */
function at(node: Node, offset: number, length: number): number {
  if (node.nodeType === Node.TEXT_NODE) return offset;
  return offset === 0 ? 0 : length;
}
