/** Structural sharing: a new value made of as much of the old one as is equal. Knows nothing of messages. */

/**
 * `next`, with every part that equals the part of `old` in the same place replaced by it.
 *
 * Equal values come back as `old` itself, so that identity tells whether anything changed, and lists redraw only what did.
 */
export function share(old: unknown, next: unknown): unknown {
  if (Object.is(old, next)) return old;
  if (Array.isArray(old) && Array.isArray(next)) return shareList(old, next);
  if (isPlain(old) && isPlain(next)) return shareObject(old, next);
  return next;
}

function shareList(old: unknown[], next: unknown[]): unknown[] {
  let same = old.length === next.length;
  const made = next.map((item, i) => {
    const kept = i < old.length ? share(old[i], item) : item;
    if (same && !Object.is(kept, old[i])) same = false;
    return kept;
  });
  return same ? old : made;
}

function shareObject(old: Record<string, unknown>, next: Record<string, unknown>): unknown {
  const keys = Object.keys(next);
  let same = keys.length === Object.keys(old).length;
  const made: Record<string, unknown> = {};
  for (const key of keys) {
    const kept = Object.hasOwn(old, key) ? share(old[key], next[key]) : next[key];
    if (same && !(Object.hasOwn(old, key) && Object.is(kept, old[key]))) same = false;
    made[key] = kept;
  }
  return same ? old : made;
}

/** Only what JSON can say; files, maps and class instances are compared by identity. */
function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
