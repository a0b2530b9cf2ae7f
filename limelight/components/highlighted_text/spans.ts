/** Texts whose parts have a class or a score: how they are cut up for drawing, and labelled. Knows nothing of the page. */

/** A class, a score from -1 to 1, or neither. */
export type Mark = string | number | null;

export interface Token {
  token: string;
  class_or_confidence?: Mark;
}

/** From the first character to behind the last. */
export interface Range {
  from: number;
  to: number;
}

/** What can be pointed at: a token with a mark, or one without, or a word of it. */
export interface Piece extends Range {
  /** Of the token. */
  index: number;
  text: string;
  mark: Mark;
}

export interface Segment {
  text: string;
  from: number;
  isPicked: boolean;
}

export function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ token }) => token).join("");
}

export function isScored(tokens: readonly Token[]): boolean {
  return tokens.some(({ class_or_confidence: mark }) => typeof mark === "number");
}

/** The pieces of a text; `byWord` cuts what has no mark into words. */
export function piecesOf(tokens: readonly Token[], byWord: boolean): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  tokens.forEach(({ token, class_or_confidence: mark = null }, index) => {
    const texts = mark === null && byWord ? (token.match(/\S+\s*|\s+/g) ?? []) : [token];
    for (const text of texts) {
      pieces.push({ index, text, mark, from, to: from + text.length });
      from += text.length;
    }
  });
  return pieces;
}

/** A piece cut where the range begins and ends. */
export function segmentsOf({ text, from, to }: Piece, range: Range | null): Segment[] {
  const start = Math.min(Math.max(range?.from ?? to, from), to);
  const end = Math.max(Math.min(range?.to ?? to, to), start);
  const cuts = [
    { from, to: start, isPicked: false },
    { from: start, to: end, isPicked: true },
    { from: end, to, isPicked: false },
  ];
  return cuts
    .filter((cut) => cut.to > cut.from)
    .map((cut) => ({ text: text.slice(cut.from - from, cut.to - from), from: cut.from, isPicked: cut.isPicked }));
}

/** The range without blanks at its ends; null if there is nothing else. */
export function trimmed(text: string, { from, to }: Range): Range | null {
  const inside = text.slice(from, to);
  const start = from + inside.length - inside.trimStart().length;
  const end = to - inside.length + inside.trimEnd().length;
  return start < end ? { from: start, to: end } : null;
}

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
