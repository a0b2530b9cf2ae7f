/** A JSON value as rows, one for each line of the tree that is unfolded. Draws nothing. */

export type Kind = "object" | "array" | "string" | "number" | "bool" | "null";

/** One line of the tree. */
export interface Row<V = unknown> {
  /** Where it stands, as a JSON pointer; the closing line of a branch has the branch's, with a space behind. */
  path: string;
  /** 0 at the top. */
  depth: number;
  /** Shown in front of the value: a quoted name, or a number in a list. */
  key: string | null;
  kind: Kind;
  /** A leaf's value as JSON; the bracket of a branch. */
  text: string;
  /** Whether a branch is unfolded; null for leaves and closing lines. */
  isOpen: boolean | null;
  /** Items of a branch. */
  count: number;
  /** Whether another one follows in the same branch. */
  comma: boolean;
  isEnd: boolean;
  /** Place among its neighbours, from 1, and how many they are. */
  place: number;
  size: number;
  /** What it was read from. */
  value: V;
}

/** A value as the tree sees it. */
export interface Reading<V> {
  kind: Kind;
  /** A leaf as JSON. */
  text: string;
  /** Names of members; null for what is no object. */
  names: readonly string[] | null;
  items: readonly V[];
}

interface Options<V> {
  isOpen: (path: string, depth: number, value: V) => boolean;
  /** Number the items of lists. */
  indices: boolean;
  read: (value: V) => Reading<V>;
}

interface Spot {
  path: string;
  depth: number;
  key: string | null;
  place: number;
  size: number;
}

const BRACKETS = { object: ["{", "}"], array: ["[", "]"] } as const;

export function kindOf(value: unknown): Kind {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return "array";
  if (typeof value === "object") return "object";
  if (typeof value === "boolean") return "bool";
  return typeof value === "number" ? "number" : "string";
}

/** Reads what `JSON.parse` makes. */
export function plain(value: unknown): Reading<unknown> {
  const kind = kindOf(value);
  if (kind === "array") return { kind, text: "", names: null, items: value as unknown[] };
  if (kind === "object") {
    const branch = value as Record<string, unknown>;
    const names = Object.keys(branch);
    return { kind, text: "", names, items: names.map((name) => branch[name]) };
  }
  return { kind, text: JSON.stringify(value ?? null), names: null, items: [] };
}

function* walk<V>(value: V, spot: Spot, options: Options<V>): Generator<Row<V>> {
  const { kind, text, names, items } = options.read(value);
  const comma = spot.place < spot.size;
  const row = { ...spot, kind, comma, isEnd: false, value };
  if (kind !== "object" && kind !== "array") {
    yield { ...row, text, isOpen: null, count: 0 };
    return;
  }
  const [opening, closing] = BRACKETS[kind];
  const count = items.length;
  if (count === 0) {
    yield { ...row, text: opening + closing, isOpen: null, count };
    return;
  }
  const isOpen = options.isOpen(spot.path, spot.depth, value);
  yield { ...row, text: opening, isOpen, count, comma: comma && !isOpen };
  if (!isOpen) return;
  for (const [index, item] of items.entries()) {
    const name = names?.[index] ?? String(index);
    const key = names ? JSON.stringify(name) : options.indices ? name : null;
    yield* walk(
      item,
      { path: `${spot.path}/${name}`, depth: spot.depth + 1, key, place: index + 1, size: count },
      options,
    );
  }
  yield { ...row, path: `${spot.path} `, key: null, text: closing, isOpen: null, count, isEnd: true };
}

/** The first `limit` rows, and whether there are more. What is folded or beyond the limit costs nothing. */
export function rowsOf<V>(
  value: V,
  options: Options<V> & { limit: number },
): { rows: readonly Row<V>[]; hasMore: boolean } {
  const rows: Row<V>[] = [];
  for (const row of walk(value, { path: "", depth: 0, key: null, place: 1, size: 1 }, options)) {
    if (rows.length === options.limit) return { rows, hasMore: true };
    rows.push(row);
  }
  return { rows, hasMore: false };
}

/** Row that a key moves to from another, by the tree pattern of WAI-ARIA; null if the key is none of these. */
export function target<V>(rows: readonly Row<V>[], from: number, key: string): Row<V> | null {
  const items = rows.filter((row) => !row.isEnd);
  const current = rows[from];
  const at = current ? items.indexOf(current) : -1;
  switch (key) {
    case "ArrowDown":
      return items[at + 1] ?? null;
    case "ArrowUp":
      return items[at - 1] ?? null;
    case "Home":
      return items[0] ?? null;
    case "End":
      return items.at(-1) ?? null;
    case "inside":
      return items[at + 1] ?? null;
    case "outside":
      return items.slice(0, at).findLast((row) => row.depth < (current?.depth ?? 0)) ?? null;
    default:
      return null;
  }
}
