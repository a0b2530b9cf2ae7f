/** What is picked, what is typed, and which choices the open list offers. Draws nothing. */

import type { Host } from "$ui/contract";
import {
  asSet,
  matching,
  placesOf,
  startingWith,
  toChoices,
  type Choice,
  type Value,
} from "./choices";
import type { DropdownProps } from "./dropdown.gen";

export type DropdownValue = Value | readonly Value[];
export type DropdownHost = Host<DropdownProps, DropdownValue>;

/** Something picked: a choice, or a value of the reader's own with no place among the choices. */
export interface Picked {
  index: number | null;
  text: string;
  value: Value;
}

/** Choices of the server's, and how it stands with finding them; see `parts/search.svelte.ts`. */
export interface Finding {
  /** Those found, and after them those picked. */
  readonly choices: readonly Choice[];
  /** How many of them the list holds. */
  readonly count: number;
  /** Enter was pressed with nothing to pick. True if that means something here. */
  enter(): boolean;
}

/** Milliseconds after which typed letters begin a new word. */
const TYPEAHEAD_MS = 600;
const PAGE_ROWS = 10;

export class Picking {
  isOpen = $state(false);
  /** What the reader typed since the list was opened; null when nothing. */
  query: string | null = $state(null);
  /** Row that Enter picks; -1 is none. */
  active = $state(-1);

  /** Set once the part that searches on the server is there. */
  finding: Finding | null = $state.raw(null);

  readonly choices: readonly Choice[] = $derived.by(
    () => this.finding?.choices ?? toChoices(this.host.props.choices),
  );
  readonly isMultiple = $derived.by(() => this.host.props.multiselect === true);
  readonly takesCustom = $derived.by(() => this.host.props.allow_custom_value === true);
  readonly isFilterable = $derived.by(() => this.host.props.filterable !== false);

  private readonly places = $derived.by(() => placesOf(this.choices));

  readonly values: readonly Value[] = $derived.by(() => {
    const { value } = this.host;
    if (value === null || value === undefined) return [];
    return Array.isArray(value) ? (value as readonly Value[]) : [value as Value];
  });

  /** In the order picked. */
  readonly picked: readonly Picked[] = $derived.by(() =>
    this.values.map((value) => {
      const index = this.places.get(value) ?? null;
      const choice = index === null ? undefined : this.choices[index];
      return { index, text: choice?.text ?? String(value), value };
    }),
  );

  private readonly pickedPlaces = $derived.by(() =>
    asSet(this.picked.map(({ index }) => index)),
  );

  private readonly matches: readonly number[] = $derived.by(() =>
    this.finding || this.query === null
      ? [...this.choices.keys()].slice(0, this.finding?.count)
      : matching(this.choices, this.query),
  );

  /** Choices that the list holds, by place among all. */
  readonly rows: readonly number[] = $derived.by(() =>
    this.matches.slice(0, this.host.props.num_choices_shown ?? this.matches.length),
  );

  /** How many match, drawn or not. */
  readonly matchCount = $derived.by(() => this.matches.length);

  readonly isFull = $derived.by(() => {
    const { max_choices } = this.host.props;
    return this.isMultiple && max_choices !== undefined && this.values.length >= max_choices;
  });

  /** Text in the field. */
  readonly text = $derived.by(
    () => this.query ?? (this.isMultiple ? "" : (this.picked[0]?.text ?? "")),
  );

  private letters = "";
  private lettersAt = 0;

  constructor(private readonly host: DropdownHost) {}

  isPicked(index: number): boolean {
    return this.pickedPlaces.has(index);
  }

  /** Whether a click on this choice does something. */
  isAble(index: number): boolean {
    return !this.isFull || this.isPicked(index);
  }

  open(): void {
    if (this.isOpen) return;
    this.isOpen = true;
    const [first] = this.picked;
    this.active = !this.isMultiple && first?.index != null ? this.rows.indexOf(first.index) : -1;
  }

  /** Close the list and forget what was typed. */
  close(): void {
    this.isOpen = false;
    this.query = null;
    this.active = -1;
  }

  type(text: string): void {
    this.isOpen = true;
    this.query = text;
    this.active = -1;
    if (!this.finding) this.point();
  }

  /** Let Enter pick the first choice; a custom value is taken as typed, unless the reader moved to a choice. */
  point(): void {
    if (!this.takesCustom && this.query && this.rows.length > 0) this.active = 0;
  }

  /** Toggle (several) or take (one) the choice at this place. */
  pick(index: number): void {
    const choice = this.choices[index];
    if (!choice || !this.isAble(index)) return;
    if (!this.isMultiple) {
      this.close();
      if (choice.value !== this.host.value) this.set(choice.value);
      this.tell(index, choice.value, true);
      return;
    }
    const adds = !this.isPicked(index);
    this.set(
      adds ? [...this.values, choice.value] : this.values.filter((value) => value !== choice.value),
    );
    this.tell(index, choice.value, adds);
    this.query = null;
    this.active = this.rows.indexOf(index);
    if (this.isFull) this.close();
  }

  /** Take what is typed as a value. True if there was something to take. */
  commit(): boolean {
    const text = this.query;
    if (text === null || !this.takesCustom) return false;
    const known = this.choices.findIndex((choice) => choice.text === text);
    if (known >= 0) {
      if (!this.isPicked(known)) this.pick(known);
    } else if (!this.isMultiple) {
      if (text !== this.host.value) this.set(text);
    } else if (text.trim() !== "" && !this.isFull && !this.values.includes(text)) {
      this.set([...this.values, text]);
    }
    this.query = null;
    this.active = -1;
    if (!this.isMultiple) this.close();
    return true;
  }

  /** Take the nth picked value away. */
  remove(at: number): void {
    const gone = this.picked[at];
    if (!gone) return;
    this.set(this.values.filter((_, index) => index !== at));
    if (gone.index !== null) this.tell(gone.index, gone.value, false);
  }

  clear(): void {
    this.query = null;
    this.set(this.isMultiple ? [] : null);
  }

  /** What a key does. True if it was for the list, so that the browser shall not act on it. */
  key(key: string, { alt, control }: { alt: boolean; control: boolean }): boolean {
    if (control) return false;
    if (!this.isOpen) return this.keyWhileClosed(key, alt);
    switch (key) {
      case "ArrowDown":
        return this.move(this.active + 1);
      case "ArrowUp":
        if (alt) this.close();
        else this.move(this.active < 0 ? -1 : this.active - 1);
        return true;
      case "PageDown":
        return this.move(Math.min(this.active + PAGE_ROWS, this.rows.length - 1));
      case "PageUp":
        return this.move(Math.max(this.active - PAGE_ROWS, 0));
      case "Home":
        return this.query ? false : this.move(0);
      case "End":
        return this.query ? false : this.move(-1);
      case "Enter":
        return this.enter();
      case "Escape":
        this.close();
        return true;
      default:
        return this.letter(key);
    }
  }

  private keyWhileClosed(key: string, alt: boolean): boolean {
    if (key === "ArrowDown" || key === "ArrowUp") {
      this.open();
      if (this.active < 0 && !alt) this.move(key === "ArrowDown" ? 0 : -1);
      return true;
    }
    if (key === "Backspace" && this.isMultiple && this.text === "") {
      this.remove(this.values.length - 1);
      return true;
    }
    if (key === "Enter" && !this.isFilterable) {
      this.open();
      return true;
    }
    return this.letter(key);
  }

  private enter(): boolean {
    const index = this.rows[this.active];
    if (index !== undefined) this.pick(index);
    else if (!this.commit() && !this.finding?.enter()) this.close();
    return true;
  }

  /** Keys that are letters: they find a choice where there is no text to type. */
  private letter(key: string): boolean {
    if (key === "Backspace" && this.isMultiple && this.text === "") {
      this.remove(this.values.length - 1);
      return true;
    }
    if (this.isFilterable || [...key].length !== 1) return false;
    const now = performance.now();
    const isNewWord = now - this.lettersAt > TYPEAHEAD_MS;
    this.lettersAt = now;
    if (key === " " && (isNewWord || this.letters === "")) {
      if (!this.isOpen) this.open();
      else this.enter();
      return true;
    }
    this.letters = isNewWord ? key : this.letters + key;
    this.open();
    const rows = this.rows.map((index) => this.choices[index]).filter((row) => row !== undefined);
    const from = this.letters.length === 1 ? this.active + 1 : Math.max(0, this.active);
    const at = startingWith(rows, this.letters, from);
    if (at >= 0) this.active = at;
    return true;
  }

  /** Make a row the active one; around both ends. */
  private move(to: number): true {
    const count = this.rows.length;
    this.active = count === 0 ? -1 : (to + count) % count;
    return true;
  }

  private set(value: DropdownValue): void {
    this.host.value = value;
    this.host.dispatch("input");
  }

  private tell(index: number, value: Value, selected: boolean): void {
    this.host.dispatch("select", { index, value, selected });
  }
}
