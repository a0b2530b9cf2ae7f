/** Walking through a tree: which rows are to be seen, what is open, and what keys do there. Draws nothing. */

/** What is inside a branch. Of branches only: there may be very many leaves, and they never change. */
export class Inside<N> {
  isOpen = $state(false);
  state: "unread" | "reading" | "read" | "failed" = $state("unread");
  children: readonly N[] = $state.raw([]);
}

/** A row of a tree. */
export interface TreeNode<N> {
  /** Unique in its tree. */
  readonly key: string;
  /** Shown, and found by typing. */
  readonly name: string;
  /** Null for a leaf. */
  readonly inside: Inside<N> | null;
  /** 1 at the top. */
  readonly level: number;
  /** From 1, among its siblings. */
  readonly position: number;
  readonly siblings: number;
  readonly parent: N | null;
}

/** Milliseconds after which typed letters begin a new word. */
const TYPEAHEAD_MS = 600;
const PAGE_ROWS = 10;
const MIRRORED: Readonly<Record<string, string>> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

export abstract class TreeWalk<N extends TreeNode<N>> {
  /** Row that the keyboard acts on. */
  active: string | null = $state(null);

  protected roots: readonly N[] = $state.raw([]);
  private letters = "";
  private lettersAt = 0;

  /** What is to be seen, from top to bottom. */
  readonly rows: readonly N[] = $derived.by(() => {
    const rows: N[] = [];
    const add = (nodes: readonly N[]): void => {
      for (const node of nodes) {
        if (!this.isShown(node)) continue;
        rows.push(node);
        if (node.inside && this.isOpen(node)) add(node.inside.children);
      }
    };
    add(this.roots);
    return rows;
  });

  private readonly rowOf = $derived.by(() => asMap(this.rows));
  readonly at = $derived.by(() => (this.active === null ? -1 : (this.rowOf.get(this.active) ?? -1)));

  abstract readonly isMultiple: boolean;
  abstract isChosen(node: N): boolean;
  /** Whether it can be chosen. */
  abstract isAble(node: N): boolean;
  /** Choose it, or not any more. */
  abstract pick(node: N): void;
  abstract open(branch: N): void | Promise<void>;

  /** Whether some, not all, of what is inside is chosen. */
  isMixed(_: N): boolean {
    return false;
  }

  isShown(_: N): boolean {
    return true;
  }

  isOpen(branch: N): boolean {
    return branch.inside?.isOpen === true;
  }

  toggle(branch: N): void {
    if (branch.inside?.isOpen) branch.inside.isOpen = false;
    else void this.open(branch);
  }

  /** What a click on a row, or Enter, does. */
  act(node: N): void {
    this.active = node.key;
    if (node.inside) this.toggle(node);
    else this.pick(node);
  }

  /** What a key does. True if it was one of the tree's. */
  key(key: string, isRightToLeft: boolean): boolean {
    const node = this.rows[this.at];
    if (!node) return false;
    switch (isRightToLeft ? (MIRRORED[key] ?? key) : key) {
      case "ArrowDown":
        return this.move(this.at + 1);
      case "ArrowUp":
        return this.move(this.at - 1);
      case "PageDown":
        return this.move(this.at + PAGE_ROWS);
      case "PageUp":
        return this.move(this.at - PAGE_ROWS);
      case "Home":
        return this.move(0);
      case "End":
        return this.move(this.rows.length - 1);
      case "ArrowRight":
        if (node.inside && !this.isOpen(node)) void this.open(node);
        else if (node.inside?.children[0]) this.move(this.at + 1);
        return true;
      case "ArrowLeft":
        if (node.inside?.isOpen) node.inside.isOpen = false;
        else if (node.parent) this.active = node.parent.key;
        return true;
      case "Enter":
        this.act(node);
        return true;
      case " ":
        if (this.isAble(node)) this.pick(node);
        else if (node.inside) this.toggle(node);
        return true;
      case "*":
        for (const sibling of node.parent?.inside?.children ?? this.roots) {
          if (sibling.inside) void this.open(sibling);
        }
        return true;
      default:
        return this.letter(key);
    }
  }

  /** Letters find a name that begins with them, from here downwards and on from the top. */
  private letter(key: string): boolean {
    if ([...key].length !== 1) return false;
    const now = performance.now();
    this.letters = now - this.lettersAt > TYPEAHEAD_MS ? key : this.letters + key;
    this.lettersAt = now;
    const wanted = this.letters.toLocaleLowerCase();
    const from = this.letters.length === 1 ? this.at + 1 : this.at;
    const order = [...this.rows.slice(from), ...this.rows.slice(0, from)];
    const found = order.find((node) => node.name.toLocaleLowerCase().startsWith(wanted));
    if (found) this.active = found.key;
    return true;
  }

  protected move(to: number): true {
    this.active = this.rows[Math.min(Math.max(to, 0), this.rows.length - 1)]?.key ?? null;
    return true;
  }
}

// Outside of the class, where the linter would have it be reactive: it is made anew instead.
function asMap<N extends TreeNode<N>>(rows: readonly N[]): { get: (key: string) => number | undefined } {
  return new Map(rows.map((node, at) => [node.key, at]));
}

/** First and last row that a window onto equally high rows shows, with some on both sides. */
export function shownRows(count: number, view: { top: number; height: number; row: number }): [number, number] {
  const extra = 10;
  const first = Math.floor(view.top / view.row) - extra;
  const last = Math.ceil((view.top + view.height) / view.row) + extra;
  const end = Math.min(count, Math.max(last, 0));
  return [Math.max(0, Math.min(first, end)), end];
}
