/**
 * What halves say of values before anything is drawn, by tag. Knows no tag by name.
 *
 * A half says so with exports of its `<script module>`: `empty` is what listeners get in place of null, `first` is the
 * value of an interactive block whose author gave none, and `adopt` makes the value of one that came from a function.
 */

/** The new value, of what came and what was there. The props are those that came along. */
export type Adopt = (next: unknown, old: unknown, props: Readonly<Record<string, unknown>>) => unknown;

export interface Emptiness {
  empty?: unknown;
  first?: unknown;
  adopt?: Adopt;
}

const known = new Map<string, Emptiness>();

/** Note what a half says. */
export function learn(tag: string, said: Emptiness): void {
  known.set(tag, said);
}

/** What stands for null; null for most. */
export function emptyOf(tag: string): unknown {
  return known.get(tag)?.empty ?? null;
}

/** What an interactive block begins with; null for most. */
export function firstOf(tag: string): unknown {
  return known.get(tag)?.first ?? null;
}

/** What a value from a function becomes; it stays for most. */
export function adopted(tag: string, ...[next, old, props]: Parameters<Adopt>): unknown {
  return known.get(tag)?.adopt?.(next, old, props) ?? next;
}
