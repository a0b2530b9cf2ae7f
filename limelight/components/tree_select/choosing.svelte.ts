/** The tree of choices: what is open, what is chosen and half chosen, and what typing leaves of it. Draws nothing. */

import type { Host } from "$ui/contract";
import { TreeWalk, type Inside } from "$ui/treewalk.svelte";
import {
  allOf,
  asCounts,
  asSet,
  fold,
  keyOf,
  leavesOf,
  matching,
  pathOf,
  toChoices,
  type Choice,
  type One,
  type Scalar,
} from "./choices";
import type { TreeSelectProps } from "./tree_select.gen";

export type TreeSelectHost = Host<TreeSelectProps, One | readonly One[] | null>;

/** Something chosen, as it is shown in the field. */
export interface Chip {
  readonly key: string;
  readonly text: string;
  readonly choice: Choice | null;
}

/** Branches that are opened by themselves to show what is chosen. */
const MOST_REVEALED = 20;

export class Choosing extends TreeWalk<Choice> {
  isOpened = $state(false);
  /** What the reader typed since the tree was opened; null when nothing. */
  query: string | null = $state(null);
  top: Inside<Choice>["state"] = $state("unread");

  readonly isMultiple = $derived.by(() => this.host.props.multiselect === true);
  readonly isFilterable = $derived.by(() => this.host.props.filterable !== false);
  /** Branches are read when they are opened. */
  readonly isLazy = $derived.by(() => (this.host.props.choices as unknown) === true);
  readonly cascades = $derived.by(() => this.isMultiple && !this.isLazy && this.host.props.cascade !== false);

  readonly values: readonly One[] = $derived.by(() => {
    const { value } = this.host;
    if (value === null || value === undefined) return [];
    return this.isMultiple ? (value as readonly One[]) : [value as One];
  });
  private readonly chosen = $derived.by(() => asSet(this.values.map(keyOf)));
  private readonly byKey = $derived.by(() => allOf(this.roots));

  /** With `cascade`: how many leaves of each branch are chosen. */
  private readonly counts = $derived.by(() => {
    const counts = asCounts();
    if (!this.cascades) return counts;
    for (const value of this.values) {
      for (let at = this.byKey.get(keyOf(value))?.parent; at; at = at.parent) counts.add(at.key);
    }
    return counts;
  });

  /** With something typed: the choices that it leaves, and the branches that lead to them. */
  private readonly left = $derived.by(() => {
    const wanted = fold(this.query?.trim() ?? "");
    return wanted === "" ? null : matching(this.roots, wanted);
  });

  /** A branch that is chosen as a whole stands for what is in it. */
  readonly chips: readonly Chip[] = $derived.by(() => {
    const chips: Chip[] = [];
    const shown = asCounts();
    for (const value of this.values) {
      let choice = this.byKey.get(keyOf(value)) ?? null;
      while (this.cascades && choice?.parent && this.isChosen(choice.parent)) choice = choice.parent;
      const key = choice?.key ?? keyOf(value);
      if (shown.get(key) > 0) continue;
      shown.add(key);
      const last = Array.isArray(value) ? (value as readonly Scalar[]).at(-1) : value;
      chips.push({ key, text: choice?.name ?? String(last), choice });
    }
    return chips;
  });

  readonly isFull = $derived.by(() => {
    const { max_choices } = this.host.props;
    return this.isMultiple && max_choices !== undefined && this.values.length >= max_choices;
  });

  constructor(private readonly host: TreeSelectHost) {
    super();
  }

  /** Make the tree of the choices; read its top, and the way to what is chosen. */
  async start(): Promise<void> {
    const { choices, expanded } = this.host.props;
    this.active = null;
    if (!this.isLazy) {
      this.roots = toChoices(choices, null, { isLazy: false, expanded });
      this.top = "read";
      return;
    }
    this.roots = [];
    this.top = "reading";
    const mine = this.roots;
    try {
      const read = toChoices(await this.host.call("children", []), null, { isLazy: true, expanded });
      if (this.roots !== mine) return; // begun anew meanwhile
      this.roots = read;
      this.top = "read";
      await this.reveal();
    } catch {
      if (this.roots === mine) this.top = "failed";
    }
  }

  /** Read and open the branches in which something is chosen. */
  async reveal(): Promise<void> {
    for (const value of this.values.slice(0, MOST_REVEALED)) {
      if (!this.isLazy) {
        for (let at = this.byKey.get(keyOf(value))?.parent; at; at = at.parent) if (at.inside) at.inside.isOpen = true;
        continue;
      }
      let inside: readonly Choice[] = this.roots;
      for (let depth = 1; depth < (value as readonly Scalar[]).length; depth++) {
        const key = keyOf((value as readonly Scalar[]).slice(0, depth));
        const branch = inside.find((choice) => choice.key === key);
        if (!branch?.inside) break;
        await this.open(branch);
        inside = branch.inside.children;
      }
    }
  }

  // ---- what is open --------------------------------------------------------------------------

  show(): void {
    if (this.isOpened) return;
    this.isOpened = true;
    if (!this.isLazy) void this.reveal();
    else if (this.top === "failed") void this.start();
    const [first] = this.chips;
    this.active = first?.choice?.key ?? null;
    if (this.at < 0) this.move(0);
  }

  hide(): void {
    this.isOpened = false;
    this.query = null;
  }

  type(text: string): void {
    this.isOpened = true;
    this.query = text;
    const found = this.left === null ? undefined : this.rows.find((row) => this.left?.get(row.key) === "match");
    this.active = found?.key ?? this.rows[0]?.key ?? null;
  }

  override isShown(choice: Choice): boolean {
    return this.left === null || this.left.get(choice.key) !== undefined;
  }

  override isOpen(branch: Choice): boolean {
    if (!branch.inside) return false;
    return this.left?.get(branch.key) === "way" || branch.inside.isOpen;
  }

  async open(branch: Choice): Promise<void> {
    const { inside } = branch;
    if (inside === null || inside.state === "reading") return;
    inside.isOpen = true;
    if (inside.state === "read") return;
    inside.state = "reading";
    try {
      const { expanded } = this.host.props;
      inside.children = toChoices(await this.host.call("children", branch.value), branch, { isLazy: true, expanded });
      inside.state = "read";
    } catch {
      inside.isOpen = false;
      inside.state = "failed";
    }
  }

  // ---- what is chosen ------------------------------------------------------------------------

  isChosen(choice: Choice): boolean {
    if (this.cascades && choice.inside) return choice.leaves > 0 && this.counts.get(choice.key) === choice.leaves;
    return this.chosen.has(choice.key);
  }

  override isMixed(choice: Choice): boolean {
    return this.cascades && choice.inside !== null && this.counts.get(choice.key) > 0 && !this.isChosen(choice);
  }

  isAble(choice: Choice): boolean {
    if (!this.host.interactive) return false;
    if (choice.inside && this.host.props.leaves_only === true && !this.cascades) return false;
    return !this.isFull || this.isChosen(choice) || this.isMixed(choice);
  }

  pick(choice: Choice): void {
    if (!this.isAble(choice)) return;
    const selected = !this.isChosen(choice);
    if (!this.isMultiple) {
      this.hide();
      if (selected) this.set(choice.value);
    } else if (!this.cascades) {
      this.set(selected ? [...this.values, choice.value] : this.values.filter((value) => keyOf(value) !== choice.key));
    } else {
      const inside = leavesOf(choice);
      const keys = asSet(inside.map(({ key }) => key));
      const rest = this.values.filter((value) => !keys.has(keyOf(value)));
      const most = (this.host.props.max_choices ?? Infinity) - rest.length;
      this.set([...rest, ...(selected ? inside.slice(0, most).map(({ value }) => value) : [])]);
    }
    this.host.dispatch("select", { index: pathOf(choice), value: choice.value, selected });
  }

  override act(choice: Choice): void {
    this.active = choice.key;
    if (this.isAble(choice)) this.pick(choice);
    else if (choice.inside) this.toggle(choice);
  }

  /** Take what a chip stands for away. */
  remove(chip: Chip): void {
    if (chip.choice && this.isChosen(chip.choice)) this.pick(chip.choice);
    else this.set(this.values.filter((value) => keyOf(value) !== chip.key));
  }

  clear(): void {
    this.query = null;
    this.set(this.isMultiple ? [] : null);
  }

  private set(value: One | readonly One[] | null): void {
    this.host.value = value;
    this.host.dispatch("input");
  }
}
