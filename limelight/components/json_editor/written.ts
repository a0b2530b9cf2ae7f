/** A document as text. Loaded when the reader may edit. */

import { leaf, type Node } from "./document";

/** The document as text, with a line for each value. */
export function write(node: Node, indent = ""): string {
  const { kind, items } = node;
  if (kind !== "object" && kind !== "array") return leaf(node);
  const [opening, closing] = kind === "object" ? ["{", "}"] : ["[", "]"];
  if (items.length === 0) return opening + closing;
  const inner = `${indent}  `;
  const lines = items.map(
    (item) => `${inner}${kind === "object" ? `${JSON.stringify(item.name)}: ` : ""}${write(item, inner)}`,
  );
  return `${opening}\n${lines.join(",\n")}\n${indent}${closing}`;
}

/** Line and column of a place in a text, from 1. */
export function position(source: string, at: number): { line: number; column: number } {
  const before = source.slice(0, at);
  const line = before.split("\n").length;
  return { line, column: at - before.lastIndexOf("\n") };
}
