/** The tree of files as far as it is known: what is open, where the reader stands, what is chosen. Draws nothing. */

import type { Host } from "$ui/contract";
import type { FileExplorerProps } from "./file_explorer.gen";

export type Place = readonly string[];
export type ExplorerHost = Host<FileExplorerProps, readonly Place[] | null>;

/** A file or folder that the server has told of. */
export interface Entry {
  readonly name: string;
  readonly place: Place;
  readonly key: string;
  /** What is in the folder; null for a file. */
  readonly inside: Inside | null;
  /** Whether it matches the glob. */
  readonly isValid: boolean;
  /** 1 at the top. */
  readonly level: number;
  /** From 1, among its siblings. */
  readonly position: number;
  readonly siblings: number;
  readonly parent: Entry | null;
}

/** Of folders only: there may be very many files, and they never change. */
export class Inside {
  isOpen = $state(false);
  state: "unread" | "reading" | "read" | "failed" = $state("unread");
  children: readonly Entry[] = $state.raw([]);
}

/** Milliseconds after which typed letters begin a new word. */
const TYPEAHEAD_MS = 600;
const PAGE_ROWS = 10;
/** Folders opened by themselves to show what is chosen. */
const MOST_REVEALED = 20;

const keyOf = (place: Place): string => place.join("/");

export class Tree {
  /** Entry that the keyboard acts on. */
  active: string | null = $state(null);
  top: Inside["state"] = $state("unread");

  private roots: readonly Entry[] = $state.raw([]);
  private letters = "";
  private lettersAt = 0;

  readonly isMultiple = $derived.by(() => this.host.props.file_count !== "single");
  private readonly places: readonly Place[] = $derived.by(() => this.host.value ?? []);
  private readonly chosen = $derived.by(() => asSet(this.places.map(keyOf)));
  readonly count = $derived.by(() => this.places.length);

  /** What is to be seen, from top to bottom. */
  readonly rows: readonly Entry[] = $derived.by(() => {
    const rows: Entry[] = [];
    const add = (entries: readonly Entry[]): void => {
      for (const entry of entries) {
        rows.push(entry);
        if (entry.inside?.isOpen) add(entry.inside.children);
      }
    };
    add(this.roots);
    return rows;
  });

  private readonly rowOf = $derived.by(() => asMap(this.rows));
  readonly at = $derived.by(() => (this.active === null ? -1 : (this.rowOf.get(this.active) ?? -1)));

  constructor(private readonly host: ExplorerHost) {}

  /** Read the tree from its beginning. */
  async start(): Promise<void> {
    this.roots = [];
    this.active = null;
    this.top = "reading";
    const mine = this.roots;
    try {
      const read = toEntries(await this.host.call("ls", []), null);
      if (this.roots !== mine) return; // begun anew meanwhile
      this.roots = read;
      this.top = "read";
      this.active = this.roots[0]?.key ?? null;
      await this.reveal();
    } catch {
      if (this.roots === mine) this.top = "failed";
    }
  }

  /** Open the folders in which something is chosen. */
  private async reveal(): Promise<void> {
    for (const place of this.places.slice(0, MOST_REVEALED)) {
      let inside: readonly Entry[] = this.roots;
      for (const name of place.slice(0, -1)) {
        const folder = inside.find((entry) => entry.name === name && entry.inside !== null);
        if (!folder?.inside) break;
        if (!folder.inside.isOpen) await this.open(folder);
        inside = folder.inside.children;
      }
    }
  }

  isChosen(entry: Entry): boolean {
    return this.chosen.has(entry.key);
  }

  /** Whether a click on its box does something. */
  isAble(entry: Entry): boolean {
    return entry.isValid && (this.isMultiple || entry.inside === null);
  }

  async open(folder: Entry): Promise<void> {
    const { inside, place } = folder;
    if (inside === null || inside.state === "reading") return;
    inside.isOpen = true;
    if (inside.state === "read") return;
    inside.state = "reading";
    try {
      inside.children = toEntries(await this.host.call("ls", place), folder);
      inside.state = "read";
    } catch {
      inside.isOpen = false;
      inside.state = "failed";
    }
  }

  private toggle(folder: Entry): void {
    if (folder.inside?.isOpen) folder.inside.isOpen = false;
    else void this.open(folder);
  }

  /** Choose it, or not any more. */
  pick(entry: Entry): void {
    if (!this.host.interactive || !this.isAble(entry)) return;
    const selected = !this.isChosen(entry);
    if (!this.isMultiple) this.host.value = selected ? [entry.place] : [];
    else if (selected) this.host.value = [...this.places, entry.place];
    else this.host.value = this.places.filter((place) => keyOf(place) !== entry.key);
    this.host.dispatch("input");
    this.host.dispatch("select", { index: entry.place, value: entry.key, selected });
  }

  /** What a click on a row, or Enter, does. */
  act(entry: Entry): void {
    this.active = entry.key;
    if (entry.inside) this.toggle(entry);
    else this.pick(entry);
  }

  /** What a key does. True if it was one of the tree's. */
  key(key: string, isRightToLeft: boolean): boolean {
    const entry = this.rows[this.at];
    if (!entry) return false;
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
        if (!entry.inside?.isOpen) void this.open(entry);
        else if (entry.inside.children[0]) this.active = entry.inside.children[0].key;
        return true;
      case "ArrowLeft":
        if (entry.inside?.isOpen) entry.inside.isOpen = false;
        else if (entry.parent) this.active = entry.parent.key;
        return true;
      case "Enter":
        this.act(entry);
        return true;
      case " ":
        if (this.isAble(entry)) this.pick(entry);
        else if (entry.inside) this.toggle(entry);
        return true;
      case "*":
        for (const sibling of entry.parent?.inside?.children ?? this.roots) void this.open(sibling);
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
    const found = order.find((entry) => entry.name.toLocaleLowerCase().startsWith(wanted));
    if (found) this.active = found.key;
    return true;
  }

  private move(to: number): true {
    this.active = this.rows[Math.min(Math.max(to, 0), this.rows.length - 1)]?.key ?? null;
    return true;
  }
}

const MIRRORED: Readonly<Record<string, string>> = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };

// Outside of the class, where the linter would have them be reactive: they are made anew instead.
function asSet(keys: readonly string[]): { has: (key: string) => boolean } {
  return new Set(keys);
}

function asMap(rows: readonly Entry[]): { get: (key: string) => number | undefined } {
  return new Map(rows.map((entry, at) => [entry.key, at]));
}

/** What the server's answer tells of; what is no entry is passed over. */
export function toEntries(answer: unknown, parent: Entry | null): Entry[] {
  const told = (Array.isArray(answer) ? (answer as unknown[]) : []).filter(isTold);
  return told.map(({ name, type, valid }, at) => {
    const place = [...(parent?.place ?? []), name];
    return {
      name,
      place,
      key: keyOf(place),
      inside: type === "folder" ? new Inside() : null,
      isValid: valid !== false,
      level: place.length,
      position: at + 1,
      siblings: told.length,
      parent,
    };
  });
}

interface Told {
  name: string;
  type: string;
  valid?: boolean;
}

function isTold(item: unknown): item is Told {
  return typeof item === "object" && item !== null && "name" in item && typeof item.name === "string" && "type" in item;
}

/** First and last row that a window onto equally high rows shows, with some on both sides. */
export function shownRows(count: number, view: { top: number; height: number; row: number }): [number, number] {
  const extra = 10;
  const first = Math.floor(view.top / view.row) - extra;
  const last = Math.ceil((view.top + view.height) / view.row) + extra;
  const end = Math.min(count, Math.max(last, 0));
  return [Math.max(0, Math.min(first, end)), end];
}
