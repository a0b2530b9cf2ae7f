/**
 * What a JSON Schema says about a document, for hints while it is edited. The server checks again, by `core.exactjson`.
 */

import type { Kind } from "$ui/jsontree";
import type { Phrase } from "$ui/phrases";
import { leaf, type Node } from "./document";
import { route } from "./edits";

/** The keywords that are known. */
export interface Schema {
  type?: string | readonly string[];
  enum?: readonly unknown[];
  const?: unknown;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

export interface Problem {
  key: Phrase;
  values: Record<string, string | number>;
}

const TYPES: Readonly<Record<Kind, string>> = {
  object: "object",
  array: "array",
  string: "string",
  number: "number",
  bool: "boolean",
  null: "null",
};

/** What may stand there by `enum`, as JSON; null if anything may. */
function choices(schema: Schema | undefined): readonly string[] | null {
  const values = schema?.enum?.filter((value) => typeof value !== "object" || value === null);
  return values === undefined ? null : values.map((value) => JSON.stringify(value));
}

/** The schema of an item or member. */
function inner(schema: Schema | undefined, parent: Node, node: Node): Schema | undefined {
  if (parent.kind === "array") return schema?.items;
  const own = schema?.properties?.[node.name];
  const others = schema?.additionalProperties;
  return own ?? (typeof others === "object" ? others : undefined);
}

function fits(node: Node, types: readonly string[]): boolean {
  if (types.includes(TYPES[node.kind])) return true;
  return node.kind === "number" && types.includes("integer") && Number.isInteger(Number(node.text));
}

function problemOf(node: Node, schema: Schema): Problem | null {
  const types = schema.type === undefined ? null : [schema.type].flat();
  if (types && !fits(node, types)) return { key: "ui.json_type", values: { wanted: types.join(", ") } };
  const allowed = schema.enum ?? ("const" in schema ? [schema.const] : null);
  const simple = allowed?.every((value) => typeof value !== "object" || value === null);
  const text = node.kind === "number" ? String(Number(node.text)) : leaf(node);
  if (allowed && simple && !allowed.some((value) => JSON.stringify(value) === text)) {
    return { key: "ui.json_enum", values: { wanted: allowed.map((value) => JSON.stringify(value)).join(", ") } };
  }
  const size = node.kind === "number" ? Number(node.text) : node.kind === "string" ? [...node.text].length : node.items.length;
  const bounds = {
    number: [schema.minimum, schema.maximum],
    string: [schema.minLength, schema.maxLength],
    array: [schema.minItems, schema.maxItems],
    object: [],
    bool: [],
    null: [],
  }[node.kind];
  const [low = -Infinity, high = Infinity] = bounds;
  if (size < low) return { key: node.kind === "number" ? "ui.json_minimum" : "ui.json_short", values: { wanted: low } };
  if (size > high) return { key: node.kind === "number" ? "ui.json_maximum" : "ui.json_long", values: { wanted: high } };
  const missing = schema.required?.filter((name) => !node.items.some((item) => item.name === name)) ?? [];
  if (node.kind === "object" && missing.length > 0) {
    return { key: "ui.json_required", values: { names: missing.join(", ") } };
  }
  return null;
}

/** The first thing that is wrong with each node, by its id. */
export function problems(root: Node, schema: Schema): Map<number, Problem> {
  const found = new Map<number, Problem>();
  const visit = (node: Node, own: Schema | undefined): void => {
    const problem = own && problemOf(node, own);
    if (problem) found.set(node.id, problem);
    if (own === undefined) return;
    for (const item of node.items) {
      const isKnown = node.kind !== "object" || own.properties?.[item.name] !== undefined;
      if (!isKnown && own.additionalProperties === false) found.set(item.id, { key: "ui.json_unknown", values: {} });
      visit(item, inner(own, node, item));
    }
  };
  visit(root, schema);
  return found;
}

/** JSON of what may stand at a node; null if anything may. */
export function choicesAt(root: Node, id: number, schema: Schema | undefined): readonly string[] | null {
  const nodes = schema ? route(root, id) : [];
  let own = schema;
  for (let at = 1; at < nodes.length; at++) {
    const [parent, node] = [nodes[at - 1], nodes[at]];
    own = parent && node ? inner(own, parent, node) : undefined;
  }
  return choices(own);
}
