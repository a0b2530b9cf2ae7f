/** Choices inside choices, as the tree shows them, and which of them match what the reader typed. Knows nothing of the page. */

import { Inside, type TreeNode } from "$ui/treewalk.svelte";
import type { TreeSelectProps } from "./tree_select.gen";

export type Scalar = string | number | boolean;
/** A choice, or the path to it where branches are read when they are opened. */
export type One = Scalar | readonly Scalar[];
/** A choice, or a branch with choices inside. */
export interface Choice extends TreeNode<Choice> {
  readonly value: One;
  /** The name without case and accents, for finding it. */
  readonly folded: string;
  /** How many leaves there are in it; 1 for a leaf. */
  readonly leaves: number;
}

export const keyOf = (value: One): string => JSON.stringify(value);

/** The text without case and accents. */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

interface Told {
  label: string;
  value: Scalar;
  children?: unknown;
}

function isTold(item: unknown): item is Told {
  return typeof item === "object" && item !== null && "label" in item && "value" in item;
}

/** What the server tells of; what is no choice is passed over. */
export function toChoices(
  told: unknown,
  parent: Choice | null,
  options: { isLazy: boolean; expanded: TreeSelectProps["expanded"] },
): readonly Choice[] {
  const items = (Array.isArray(told) ? (told as unknown[]) : []).filter(isTold);
  const level = (parent?.level ?? 0) + 1;
  const { isLazy, expanded } = options;
  return items.map(({ label, value, children }, at) => {
    const own: One = isLazy ? [...((parent?.value ?? []) as readonly Scalar[]), value] : value;
    const inside = children === undefined ? null : new Inside<Choice>();
    const choice = {
      name: label,
      folded: fold(label),
      value: own,
      key: keyOf(own),
      inside,
      level,
      position: at + 1,
      siblings: items.length,
      parent,
      leaves: 1,
    };
    if (inside && !isLazy) {
      inside.children = toChoices(children, choice, options);
      inside.state = "read";
      inside.isOpen =
        expanded === true ||
        (typeof expanded === "number" && level <= expanded) ||
        (Array.isArray(expanded) && expanded.includes(value));
      choice.leaves = inside.children.reduce((sum, child) => sum + child.leaves, 0);
    }
    return choice;
  });
}

export function leavesOf(choice: Choice): readonly Choice[] {
  return choice.inside ? choice.inside.children.flatMap(leavesOf) : [choice];
}

export function pathOf(choice: Choice): readonly number[] {
  return [...(choice.parent ? pathOf(choice.parent) : []), choice.position - 1];
}

/** Keys of those whose name holds the text, with what is in them, and of the branches on the way to them. */
export function matching(roots: readonly Choice[], wanted: string): ReadonlyMap<string, "match" | "way" | "inside"> {
  const found = new Map<string, "match" | "way" | "inside">();
  const look = (choices: readonly Choice[], isInside: boolean): boolean => {
    let isAny = false;
    for (const choice of choices) {
      const isMatch = choice.folded.includes(wanted);
      const isWay = look(choice.inside?.children ?? [], isInside || isMatch);
      if (isWay) found.set(choice.key, "way");
      else if (isMatch) found.set(choice.key, "match");
      else if (isInside) found.set(choice.key, "inside");
      isAny ||= isMatch || isWay;
    }
    return isAny;
  };
  look(roots, false);
  return found;
}

export function asSet(keys: readonly string[]): { has: (key: string) => boolean } {
  return new Set(keys);
}

export function asCounts(): { get: (key: string) => number; add: (key: string) => void } {
  const counts = new Map<string, number>();
  const get = (key: string): number => counts.get(key) ?? 0;
  return { get, add: (key) => counts.set(key, get(key) + 1) };
}

export function allOf(roots: readonly Choice[]): ReadonlyMap<string, Choice> {
  const all = new Map<string, Choice>();
  const add = (choices: readonly Choice[]): void => {
    for (const choice of choices) {
      all.set(choice.key, choice);
      if (choice.inside) add(choice.inside.children);
    }
  };
  add(roots);
  return all;
}
