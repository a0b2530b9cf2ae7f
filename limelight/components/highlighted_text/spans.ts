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
