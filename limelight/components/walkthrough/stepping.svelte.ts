/** Which step is shown, and which ones the reader can go to. Draws nothing. */

import type { Host } from "$ui/contract";
import { isThere, selection, type Around, type PageProps, type Walkable } from "$ui/tabs";
import type { WalkthroughProps } from "./walkthrough.gen";

/** What `Walkthrough` reads of a step. */
export interface StepProps extends PageProps {
  id?: number;
}

export type StepHost = Host<StepProps>;

/** Where a step stands for the reader. */
export type Stage = "done" | "current" | "reached" | "pending";

/** The name of a step in `selected` and in the page. */
export function nameOf(step: StepHost): number {
  return step.props.id ?? step.id;
}

/** The steps of one `Walkthrough`; handed to them as a context. */
export class Walk implements Around, Walkable<StepHost> {
  /** Those that can be seen, in order. */
  readonly steps: readonly StepHost[] = $derived.by(() =>
    (this.host.children as readonly StepHost[]).filter((child) => child.tag === "walkthroughstep" && isThere(child)),
  );
  /** The one that `selected` names, if it can be seen; else the first. A step without `id` goes by its place, too. */
  readonly current: StepHost | null = $derived.by(() => {
    const { selected } = this.host.props;
    const { steps } = this;
    if (selected === undefined) return steps[0] ?? null;
    const all = this.host.children;
    return (
      steps.find((step) => step.props.id === selected) ??
      steps.find((step) => step.props.id === undefined && step.id === selected) ??
      steps.find((step) => step.props.id === undefined && all.findIndex(({ id }) => id === step.id) === selected) ??
      steps[0] ??
      null
    );
  });
  readonly place: number = $derived.by(() => this.steps.findIndex((step) => this.isCurrent(step)));

  // How far the reader was before going back: these steps stay open until a function leads on from where they are.
  #furthest = $state(0);

  constructor(private readonly host: Host<WalkthroughProps>) {}

  isCurrent(step: StepHost): boolean {
    return this.current?.id === step.id;
  }

  /** Place among all steps, as listeners are told. */
  indexOf(step: StepHost): number {
    return this.steps.findIndex(({ id }) => id === step.id);
  }

  stage(step: StepHost): Stage {
    const at = this.indexOf(step);
    if (at === this.place) return "current";
    if (at < this.place) return "done";
    return at <= this.#furthest ? "reached" : "pending";
  }

  /** Whether the reader can go there. */
  isOpen(step: StepHost): boolean {
    const stage = this.stage(step);
    return stage === "current" || (stage !== "pending" && step.props.interactive !== false);
  }

  /** The reader chose a step. */
  select(step: StepHost): void {
    if (this.isCurrent(step) || !this.isOpen(step)) return;
    this.#furthest = Math.max(this.#furthest, this.place);
    this.host.set({ selected: nameOf(step) });
    this.host.dispatch("select", selection(step, this.indexOf(step)));
  }

  /** A function chose the step that is shown now. */
  led(): void {
    this.#furthest = this.place;
  }

  /** The next step that the reader can go to, or null at the end. */
  neighbour(step: StepHost, by: 1 | -1): StepHost | null {
    for (let at = this.indexOf(step) + by; ; at += by) {
      const next = this.steps[at];
      if (next === undefined) return null;
      if (this.isOpen(next)) return next;
    }
  }

  /** The first or last step that the reader can go to. */
  end(which: "first" | "last"): StepHost | null {
    const open = this.steps.filter((step) => this.isOpen(step));
    return open.at(which === "first" ? 0 : -1) ?? null;
  }
}
