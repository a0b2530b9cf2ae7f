/** The files that a File shows, and their order while the reader changes it. Draws nothing. */

import type { FileData } from "$ui/contract";

/** What crosses the wire: one file, several, or none. */
export type FileValue = FileData | readonly FileData[] | null;

/** The files of a value, in order. */
export function filesOf(value: FileValue): readonly FileData[] {
  if (value === null) return [];
  return isList(value) ? value : [value];
}

function isList(value: FileData | readonly FileData[]): value is readonly FileData[] {
  return Array.isArray(value);
}

/** The list with one item moved to another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const copy = [...list];
  const [item] = copy.splice(from, 1);
  if (item !== undefined) copy.splice(to, 0, item);
  return copy;
}

/** Which row a vertical position falls on: the first whose middle lies below it, else the last. */
export function rowAt(y: number, rows: readonly { top: number; height: number }[]): number {
  const found = rows.findIndex(({ top, height }) => y < top + height / 2);
  return found === -1 ? Math.max(0, rows.length - 1) : found;
}

/** The order of the files while one is dragged: a preview until it is let go. */
export class Ordering {
  /** Place of the dragged file in the preview; null when none is. */
  dragged = $state<number | null>(null);

  #files: () => readonly FileData[];
  #settle: (files: readonly FileData[]) => void;
  #preview = $state.raw<readonly FileData[] | null>(null);

  /** `files` is read anew at each use; `settle` is called with an order that differs. */
  constructor(files: () => readonly FileData[], settle: (files: readonly FileData[]) => void) {
    this.#files = files;
    this.#settle = settle;
  }

  /** The files as they are to be drawn. */
  get files(): readonly FileData[] {
    return this.#preview ?? this.#files();
  }

  lift(index: number): void {
    this.#preview = this.#files();
    this.dragged = index;
  }

  /** Show the dragged file at another place. */
  hover(index: number): void {
    if (this.#preview === null || this.dragged === null || index === this.dragged) return;
    this.#preview = moved(this.#preview, this.dragged, index);
    this.dragged = index;
  }

  drop(): void {
    const order = this.#preview;
    this.cancel();
    const before = this.#files();
    if (order?.some((file, index) => file !== before[index])) this.#settle(order);
  }

  cancel(): void {
    this.#preview = null;
    this.dragged = null;
  }

  /** Move a file by the keyboard. Returns its new place, or null at the end of the list. */
  step(index: number, by: -1 | 1): number | null {
    const to = index + by;
    const files = this.#files();
    if (to < 0 || to >= files.length) return null;
    this.#settle(moved(files, index, to));
    return to;
  }
}
