/** Props by name, each a signal of its own. What `SvelteMap` does, as far as blocks need it and in a fifth of the code. */

class Cell {
  value = $state.raw<unknown>();

  constructor(value: unknown) {
    this.value = value;
  }
}

export class Props {
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- `names` says when it changes
  readonly #cells = new Map<string, Cell>();
  /** Counts how often a prop was added or removed. Who asks for one that is not there waits for that. */
  #names = $state.raw(0);

  get(name: string): unknown {
    const cell = this.#cells.get(name);
    if (cell !== undefined) return cell.value;
    void this.#names;
    return undefined;
  }

  has(name: string): boolean {
    void this.#names;
    return this.#cells.has(name);
  }

  keys(): string[] {
    void this.#names;
    return [...this.#cells.keys()];
  }

  set(name: string, value: unknown): void {
    const cell = this.#cells.get(name);
    if (cell !== undefined) {
      cell.value = value;
      return;
    }
    this.#cells.set(name, new Cell(value));
    this.#names += 1;
  }

  delete(name: string): void {
    const cell = this.#cells.get(name);
    if (cell === undefined) return;
    this.#cells.delete(name);
    cell.value = undefined; // for those who have read it
    this.#names += 1;
  }
}
