/** Changes of a document: each gives a new one and shares with the old what stayed. Loaded when the reader may edit. */

import type { Kind, Row } from "$ui/jsontree";
import { make, MOST_LEVELS, NUMBER, type Node } from "./document";

/** The nodes from the top to one of them; empty if it is not there. */
export function route(root: Node, id: number): readonly Node[] {
  if (root.id === id) return [root];
  for (const item of root.items) {
    const inner = route(item, id);
    if (inner.length > 0) return [root, ...inner];
  }
  return [];
}

/** The document with a node replaced by others, or by none. */
function swap(root: Node, id: number, change: (node: Node, place: number, parent: Node) => readonly Node[]): Node {
  const parent = route(root, id).at(-2);
  if (parent === undefined) return root;
  const items = parent.items.flatMap((item, at) => (item.id === id ? change(item, at, parent) : [item]));
  return put(root, parent.id, { ...parent, items });
}

/** The document with other content for a node, which keeps its name and id. */
export function put(root: Node, id: number, { kind, text, items }: Node): Node {
  const nodes = route(root, id);
  let node: Node | undefined = nodes.at(-1);
  if (node === undefined) return root;
  node = { ...node, kind, text, items };
  for (const parent of nodes.slice(0, -1).reverse()) {
    const inner: Node = node;
    node = { ...parent, items: parent.items.map((item) => (item.id === inner.id ? inner : item)) };
  }
  return node;
}

/** A name that no member of an object has, made from another. */
export function free(parent: Node, wanted: string): string {
  const taken = new Set(parent.items.map(({ name }) => name));
  let name = wanted;
  for (let number = 2; taken.has(name); number++) name = `${wanted}_${number}`;
  return name;
}

/** Null if another member has the name already. */
export function rename(root: Node, id: number, name: string): Node | null {
  const parent = route(root, id).at(-2);
  if (parent?.items.some((item) => item.name === name && item.id !== id)) return null;
  return swap(root, id, (node) => [{ ...node, name }]);
}

export const remove = (root: Node, id: number): Node => swap(root, id, () => []);

const copied = (node: Node): Node => ({
  ...make(node.kind, node.text, node.items.map(copied)),
  name: node.name,
});

export function duplicate(root: Node, id: number): Node {
  return swap(root, id, (node, _, parent) => {
    const name = parent.kind === "object" ? free(parent, node.name) : "";
    return [node, { ...copied(node), name }];
  });
}

/** Add an empty text: in a branch at its end, or behind a leaf. Its id comes back, too. */
export function add(root: Node, id: number): { root: Node; id: number } {
  const nodes = route(root, id);
  const node = nodes.at(-1);
  const isBranch = node?.kind === "object" || node?.kind === "array";
  const parent = isBranch ? node : nodes.at(-2);
  const depth = isBranch ? nodes.length : nodes.length - 1;
  if (parent === undefined || depth > MOST_LEVELS) return { root, id };
  const made = { ...make("string"), name: parent.kind === "object" ? free(parent, "key") : "" };
  const at = isBranch ? parent.items.length : parent.items.findIndex((item) => item.id === id) + 1;
  return { root: put(root, parent.id, { ...parent, items: parent.items.toSpliced(at, 0, made) }), id: made.id };
}

/** Move a node among its neighbours. */
export function move(root: Node, id: number, by: 1 | -1): Node {
  const parent = route(root, id).at(-2);
  const at = parent?.items.findIndex((item) => item.id === id) ?? -1;
  const node = parent?.items[at];
  if (!parent || !node || at + by < 0 || at + by >= parent.items.length) return root;
  const items = parent.items.toSpliced(at, 1).toSpliced(at + by, 0, node);
  return put(root, parent.id, { ...parent, items });
}

export const isNumber = (text: string): boolean => {
  NUMBER.lastIndex = 0;
  return NUMBER.exec(text)?.[0] === text;
};

/** A node as another kind; as much of it as the kind can hold. */
export function retype(node: Node, kind: Kind): Node {
  const { text, items } = node;
  if (kind === node.kind) return node;
  if (kind === "array") return { ...node, kind, text: "", items: items.map((item) => ({ ...item, name: "" })) };
  if (kind === "object") {
    return { ...node, kind, text: "", items: items.map((item, at) => ({ ...item, name: `${at}` })) };
  }
  const plain = { string: text, number: isNumber(text) ? text : "0", bool: text === "true" ? text : "false", null: "null" };
  return { ...node, kind, text: plain[kind], items: [] };
}

/** Ids of the nodes whose name or value has a text, in whatever case, in order. */
export function search(root: Node, query: string): number[] {
  const wanted = query.toLowerCase();
  const found: number[] = [];
  const visit = (node: Node): void => {
    if (`${node.name}\n${node.text}`.toLowerCase().includes(wanted)) found.push(node.id);
    node.items.forEach(visit);
  };
  if (wanted !== "") visit(root);
  return found;
}

/** What to do with one row of the tree, what has the focus then, and what of it is edited next. */
export function perform(
  what: string,
  root: Node,
  { row, rows }: { row: Row<Node>; rows: readonly Row<Node>[] },
): { root: Node; id: number; edits?: "name" | "value" } {
  const { id } = row.value;
  if (what === "add") {
    const made = add(root, id);
    if (made.id === id) return made;
    return { ...made, edits: route(made.root, made.id).at(-2)?.kind === "object" ? "name" : "value" };
  }
  if (what === "duplicate") return { root: duplicate(root, id), id };
  if (what !== "remove") return { root: move(root, id, what === "up" ? -1 : 1), id };
  if (row.depth === 0) return { root, id };
  const at = rows.indexOf(row);
  const next = rows.slice(at + 1).find(({ depth }) => depth <= row.depth);
  const after = next?.depth === row.depth ? next : rows[at - 1];
  return { root: remove(root, id), id: after?.value.id ?? root.id };
}
