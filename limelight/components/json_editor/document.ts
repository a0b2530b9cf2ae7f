/**
 * JSON as a document that can be edited: read from text with exact errors. `written.ts` makes text of it again.
 *
 * Numbers stay the text that they are, so none loses a digit. NaN and the infinities of Python are known. A member
 * keeps its place, and no two of an object have one name. Nothing is ever changed in place.
 */

import type { Kind, Reading } from "$ui/jsontree";

export interface Node {
  /** Stays the same while the node is edited. */
  readonly id: number;
  readonly kind: Kind;
  /** Its name in an object. */
  readonly name: string;
  /** What a text says; a number, true, false or null as JSON. */
  readonly text: string;
  readonly items: readonly Node[];
}

/** Levels of lists and objects; the server takes no more. */
export const MOST_LEVELS = 100;

/** Where a text stops being JSON. */
export class Mistake extends Error {
  constructor(
    readonly reason: Reason,
    readonly at: number,
    readonly detail = "",
  ) {
    super(reason);
  }
}

export type Reason = "value" | "comma" | "colon" | "name" | "string" | "end" | "twice" | "deep";

/* eslint-disable no-control-regex -- JSON has no control characters in texts */
const SPACE = /[ \t\n\r]*/y;
const TEXT = /[^"\\\x00-\x1f]*/y;
/* eslint-enable no-control-regex */
const ESCAPE = /\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/y;
export const NUMBER = /-?(?:(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|Infinity)|NaN/y;
const WORD = /true|false|null/y;

let last = 0;

export function make(kind: Kind, text = "", items: readonly Node[] = []): Node {
  return { id: ++last, kind, name: "", text, items };
}

class Parser {
  private at = 0;

  constructor(private readonly source: string) {}

  document(): Node {
    const node = this.value(0);
    if (this.at < this.source.length) this.fail("end");
    return node;
  }

  private fail(reason: Reason, detail = "", at = this.at): never {
    throw new Mistake(reason, at, detail);
  }

  private take(pattern: RegExp): string | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source);
    if (found === null) return null;
    this.at += found[0].length;
    return found[0];
  }

  private sign(): string {
    this.take(SPACE);
    return this.source[this.at] ?? "";
  }

  private value(depth: number): Node {
    const sign = this.sign();
    let node: Node;
    if (sign === "{" || sign === "[") node = this.branch(sign, depth);
    else if (sign === '"') node = make("string", this.string());
    else {
      const word = this.take(WORD);
      const number = word === null ? this.take(NUMBER) : null;
      if (word === null && number === null) this.fail("value");
      node = word === null ? make("number", number ?? "") : make(word === "null" ? "null" : "bool", word);
    }
    this.take(SPACE);
    return node;
  }

  private branch(opening: "{" | "[", depth: number): Node {
    if (depth === MOST_LEVELS) this.fail("deep");
    const [kind, closing] = opening === "{" ? (["object", "}"] as const) : (["array", "]"] as const);
    const items: Node[] = [];
    const names = new Set<string>();
    this.at += 1;
    if (this.sign() === closing) {
      this.at += 1;
      return make(kind);
    }
    for (;;) {
      const name = kind === "object" ? this.name(names) : "";
      const item = this.value(depth + 1);
      items.push(kind === "object" ? { ...item, name } : item);
      const sign = this.sign();
      if (sign !== "," && sign !== closing) this.fail("comma", closing);
      this.at += 1;
      if (sign === closing) return make(kind, "", items);
    }
  }

  private name(names: Set<string>): string {
    if (this.sign() !== '"') this.fail("name");
    const start = this.at;
    const name = this.string();
    if (names.has(name)) this.fail("twice", name, start);
    names.add(name);
    if (this.sign() !== ":") this.fail("colon");
    this.at += 1;
    return name;
  }

  private string(): string {
    const start = this.at;
    this.at += 1;
    for (;;) {
      this.take(TEXT);
      if (this.source[this.at] === '"') break;
      if (this.take(ESCAPE) === null) this.fail("string");
    }
    this.at += 1;
    return JSON.parse(this.source.slice(start, this.at)) as string;
  }
}

/** Throws a `Mistake` where the text is not JSON. */
export function parse(source: string): Node {
  return new Parser(source).document();
}

/** A leaf as JSON. */
export const leaf = ({ kind, text }: Node): string => (kind === "string" ? JSON.stringify(text) : text);

/** For `rowsOf`. */
export function read(node: Node): Reading<Node> {
  const { kind, items } = node;
  const names = kind === "object" ? items.map(({ name }) => name) : null;
  return { kind, text: leaf(node), names, items };
}

/** The new document with the ids of the old one where it has a node at the same place. */
export function adopt(node: Node, old: Node): Node {
  const twins = new Map(old.items.map((item, at) => [old.kind === "object" ? item.name : at, item]));
  const items = node.items.map((item, at) => {
    const twin = twins.get(node.kind === "object" ? item.name : at);
    return twin ? adopt(item, twin) : item;
  });
  return { ...node, id: old.id, items };
}
