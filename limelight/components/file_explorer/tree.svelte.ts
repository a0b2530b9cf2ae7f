/** The tree of files as far as it is known: what is open, where the reader stands, what is chosen. Draws nothing. */

import type { Host } from "$ui/contract";
import { Inside, TreeWalk, type TreeNode } from "$ui/treewalk.svelte";
import type { FileExplorerProps } from "./file_explorer.gen";

export type Place = readonly string[];
export type ExplorerHost = Host<FileExplorerProps, readonly Place[] | null>;

/** A file or folder that the server has told of. */
export interface Entry extends TreeNode<Entry> {
  readonly place: Place;
  /** Whether it matches the glob. */
  readonly isValid: boolean;
}

/** Folders opened by themselves to show what is chosen. */
const MOST_REVEALED = 20;

const keyOf = (place: Place): string => place.join("/");

export class Tree extends TreeWalk<Entry> {
  top: Inside<Entry>["state"] = $state("unread");

  readonly isMultiple = $derived.by(() => this.host.props.file_count !== "single");
  private readonly places: readonly Place[] = $derived.by(() => this.host.value ?? []);
  private readonly chosen = $derived.by(() => asSet(this.places.map(keyOf)));
  readonly count = $derived.by(() => this.places.length);

  constructor(private readonly host: ExplorerHost) {
    super();
  }

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
}

// Outside of the class, where the linter would have it be reactive: it is made anew instead.
function asSet(keys: readonly string[]): { has: (key: string) => boolean } {
  return new Set(keys);
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
      inside: type === "folder" ? new Inside<Entry>() : null,
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
