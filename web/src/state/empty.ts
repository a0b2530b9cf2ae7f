/**
 * What halves say of blocks without a value, by tag. Knows no tag by name.
 *
 * A half says so with exports of its `<script module>`: `empty` is what listeners get in place of null, and `first`
 * is the value of an interactive block whose author gave none.
 */

export interface Emptiness {
  empty?: unknown;
  first?: unknown;
}

const known = new Map<string, Emptiness>();

/** Note what a half says. */
export function learn(tag: string, { empty = null, first = null }: Emptiness): void {
  known.set(tag, { empty, first });
}

/** What stands for null; null for most. */
export function emptyOf(tag: string): unknown {
  return known.get(tag)?.empty ?? null;
}

/** What an interactive block begins with; null for most. */
export function firstOf(tag: string): unknown {
  return known.get(tag)?.first ?? null;
}
