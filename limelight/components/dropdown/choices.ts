/** Choices as the list shows them, and which of them match what the reader typed. Knows nothing of the page. */

export type Value = string | number | boolean | null;

export interface Choice {
  /** Shown to the reader. */
  text: string;
  value: Value;
  /** The text without case and accents, for finding it. */
  folded: string;
}

type Pair = readonly [unknown, unknown];

/** The text without case and accents: "Émile" is found by "emi". */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** What the server sends where choices are searched for: no more than the texts of the first values. */
export const isSearch = (wire: unknown): wire is { search: readonly unknown[] } =>
  typeof wire === "object" && wire !== null && "search" in wire;

/** Choices from the wire: pairs of text and value; a lone value is its own text. */
export function toChoices(wire: unknown): readonly Choice[] {
  const entries = isSearch(wire) ? wire.search : ((wire ?? []) as readonly unknown[]);
  return entries.map((entry) => {
    const [text, value] = (Array.isArray(entry) ? entry : [entry, entry]) as unknown as Pair;
    const shown = String(text ?? "");
    return { text: shown, value: value as Value, folded: fold(shown) };
  });
}

/** Place of the first choice with each value. */
export function placesOf(choices: readonly Choice[]): ReadonlyMap<Value, number> {
  const places = new Map<Value, number>();
  for (const [index, { value }] of choices.entries()) {
    if (!places.has(value)) places.set(value, index);
  }
  return places;
}

export function asSet<T>(items: readonly T[]): ReadonlySet<T> {
  return new Set(items);
}

/** Positions of the choices whose text holds the query, in their order; all of them for an empty one. */
export function matching(choices: readonly Choice[], query: string): readonly number[] {
  const wanted = fold(query.trim());
  const found: number[] = [];
  for (const [index, choice] of choices.entries()) {
    if (choice.folded.includes(wanted)) found.push(index);
  }
  return found;
}

/** Place of the first row at or after `from`, around the end, whose text begins with `typed`; -1 if none does. */
export function startingWith(rows: readonly Choice[], typed: string, from: number): number {
  const wanted = fold(typed);
  for (let walked = 0; walked < rows.length; walked++) {
    const at = (from + walked) % rows.length;
    if (rows[at]?.folded.startsWith(wanted)) return at;
  }
  return -1;
}

/** First and last row (exclusive) to draw of a long list that is scrolled to `top`. */
export function visibleRows(
  count: number,
  { top, height, row }: { top: number; height: number; row: number },
): readonly [number, number] {
  const spare = 8;
  const first = Math.max(0, Math.min(count, Math.floor(top / row)) - spare);
  return [first, Math.min(count, first + Math.ceil(height / row) + 2 * spare)];
}
