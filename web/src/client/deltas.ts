/**
 * Edits between two successive outputs of a generator.
 *
 * Applied copy-on-write: containers on an edit's path are copied once, everything else keeps its identity, so that the
 * page redraws only what changed. Knows nothing of messages.
 */

/** `[action, path, value]`; the path `[]` is the whole value. */
export type Edit = readonly [
  action: "replace" | "append" | "add" | "delete",
  path: readonly (string | number)[],
  value: unknown,
];

type Container = unknown[] | Record<string, unknown>;

/** `value` after `edits`, in order. `value` itself stays as it is. */
export function apply(value: unknown, edits: readonly Edit[]): unknown {
  const own = new Set<object>(); // containers made by this call: safe to change
  let root = value;
  for (const [action, path, item] of edits) {
    if (path.length === 0) {
      root = action === "append" ? joined(root, item) : item;
      continue;
    }
    root = copy(root, own);
    let at = root as Container;
    for (const key of path.slice(0, -1)) {
      const child = copy(member(at, key), own);
      put(at, key, child);
      at = child;
    }
    edit(at, path[path.length - 1] ?? "", [action, item]);
  }
  return root;
}

function edit(at: Container, key: string | number, [action, item]: [Edit[0], unknown]): void {
  switch (action) {
    case "replace":
      put(at, key, item);
      break;
    case "append":
      put(at, key, joined(member(at, key), item));
      break;
    case "add":
      if (Array.isArray(at)) at.splice(Number(key), 0, item);
      else at[key] = item;
      break;
    case "delete":
      if (Array.isArray(at)) at.splice(Number(key), 1);
      else Reflect.deleteProperty(at, key);
      break;
  }
}

function copy(value: unknown, own: Set<object>): Container {
  if (typeof value !== "object" || value === null) {
    throw new TypeError(`an edit's path leads into ${JSON.stringify(value)}`);
  }
  if (own.has(value)) return value as Container;
  const made: Container = Array.isArray(value)
    ? [...(value as unknown[])]
    : { ...(value as Record<string, unknown>) };
  own.add(made);
  return made;
}

function member(at: Container, key: string | number): unknown {
  return Array.isArray(at) ? at[Number(key)] : at[key];
}

function put(at: Container, key: string | number, value: unknown): void {
  if (Array.isArray(at)) at[Number(key)] = value;
  else at[key] = value;
}

/** Only text and lists are appended to; a position not seen before starts from nothing. */
function joined(old: unknown, rest: unknown): unknown {
  if (Array.isArray(old) && Array.isArray(rest)) return [...(old as unknown[]), ...(rest as unknown[])];
  if (old === null || old === undefined) return rest;
  return `${old as string}${rest as string}`;
}
