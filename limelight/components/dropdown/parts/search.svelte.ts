/** Choices that a function of the server's finds as the reader types. Loaded only where there is such a function. */

import { untrack } from "svelte";
import { asSet, toChoices, type Choice, type Value } from "../choices";
import type { DropdownHost, Finding, Picking } from "../picking.svelte";
import View from "./Search.svelte";

export { View };

/** A pause in typing after which the server is asked. */
const PAUSE_MS = 150;
/** As many as the server takes. */
const MOST_ASKED = 100;

/** Begins to search for a dropdown; `end` stops it. */
export function begin(host: DropdownHost, picking: Picking): { search: Search; end: () => void } {
  const search = new Search(host, picking);
  const watch = (): void => {
    // Asking the server is no value: it follows from what the reader does.
    $effect(() => {
      const { isOpen, query } = picking;
      if (isOpen) untrack(() => search.want(query ?? ""));
      else untrack(() => search.rest());
    });
    // Python may set values that the page has never seen.
    $effect(() => {
      const { values } = picking;
      untrack(() => void search.name(values));
    });
  };
  // For as long as the dropdown searches, whichever component began it.
  const end: () => void = /* requests are no values */ $effect.root(watch);
  picking.finding = search;
  return {
    search,
    end: () => {
      end();
      search.rest();
      picking.finding = null;
    },
  };
}

export class Search implements Finding {
  state: "idle" | "busy" | "failed" = $state("idle");
  /** Whether the server has more than it sent. */
  hasMore = $state(false);

  private found: readonly Choice[] = $state.raw([]);
  /** Choices that were picked or named: their texts outlive the search that found them. */
  private known: readonly Choice[] = $state.raw([]);
  readonly choices: readonly Choice[] = $derived.by(() => {
    const found = asSet(this.found.map(({ value }) => value));
    const known = (value: Value): Choice | undefined => this.known.find((choice) => choice.value === value);
    return [
      ...this.found.map((choice) => known(choice.value) ?? choice), // a text that is shown stays as it is
      ...this.known.filter(({ value }) => !found.has(value)),
    ];
  });
  readonly count = $derived.by(() => this.found.length);

  /** What the reader wants found; null while the list is closed. */
  private wanted: string | null = null;
  private number = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  /** What the server did not know. */
  private nameless: readonly Value[] = [];

  constructor(
    private readonly host: DropdownHost,
    private readonly picking: Picking,
  ) {
    this.known = toChoices(host.props.choices);
  }

  /** Find choices soon; at once when the list has just been opened. */
  want(query: string): void {
    if (query === this.wanted) return;
    const pause = this.wanted === null ? 0 : PAUSE_MS;
    this.wanted = query;
    clearTimeout(this.timer);
    this.number++; // an answer to what was typed before is none any more
    this.state = "busy";
    this.timer = setTimeout(() => void this.ask(), pause);
  }

  /** The list is closed. */
  rest(): void {
    clearTimeout(this.timer);
    this.number++;
    this.wanted = null;
    this.state = "idle";
  }

  /** Ask once more. */
  again(): void {
    this.state = "busy";
    void this.ask();
  }

  enter(): boolean {
    if (this.state === "failed") this.again();
    return this.state === "busy"; // there may be something to pick soon
  }

  private async ask(): Promise<void> {
    const mine = ++this.number;
    try {
      const answer = await this.host.call("search", this.wanted ?? "");
      if (mine !== this.number) return;
      const { pairs, has_more } = answer as { pairs: readonly unknown[]; has_more: boolean };
      this.keep();
      const at = this.picking.rows[this.picking.active];
      const active = at === undefined ? undefined : this.choices[at]?.value;
      this.found = toChoices(pairs);
      this.hasMore = has_more;
      this.state = "idle";
      this.picking.active = active === undefined ? -1 : this.found.findIndex(({ value }) => value === active);
      if (this.picking.active < 0) this.picking.point();
    } catch {
      if (mine === this.number) this.state = "failed";
    }
  }

  /** Learn the texts of values, those that the page does not know yet. */
  async name(values: readonly Value[]): Promise<void> {
    this.keep();
    const known = asSet([...this.nameless, ...this.choices.map(({ value }) => value)]);
    const asked = values.filter((value) => !known.has(value)).slice(0, MOST_ASKED);
    if (asked.length === 0) return;
    this.nameless = [...this.nameless, ...asked].slice(-MOST_ASKED);
    try {
      const named = toChoices((await this.host.call("labels", asked)) as readonly unknown[]);
      this.known = [...this.known, ...named];
    } catch {
      // The values are shown instead; they are asked for again with the next value.
      const failed = asSet(asked);
      this.nameless = this.nameless.filter((value) => !failed.has(value));
    }
  }

  /** Keep the texts of what is picked. */
  private keep(): void {
    const picked = asSet(this.picking.values);
    this.known = this.choices.filter(({ value }) => picked.has(value));
  }
}
