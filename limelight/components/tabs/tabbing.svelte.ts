/** Which tab is shown, and how the reader moves between them. Draws nothing. */

import type { Host } from "$ui/contract";
import { isThere, selection, type Around, type PageProps, type Walkable } from "$ui/tabs";
import type { TabsProps } from "./tabs.gen";

/** What `Tabs` reads of a tab. */
export interface TabProps extends PageProps {
  alignment?: "left" | "right";
}

export type TabHost = Host<TabProps>;

/** The name of a tab in `selected` and in the page. */
export function nameOf(tab: TabHost): number | string {
  return tab.props.id ?? tab.id;
}

/** The tabs of one `Tabs`; handed to its panels as a context. */
export class TabsState implements Around, Walkable<TabHost> {
  /** All of them, in the order written. */
  readonly all: readonly TabHost[] = $derived.by(() =>
    this.host.children.filter((child) => child.tag === "tabitem"),
  );
  /** Those that can be seen, in the order drawn: at the start, then at the end of the line. */
  readonly shown: readonly TabHost[] = $derived.by(() => {
    const there = this.all.filter(isThere);
    const atEnd = there.filter((tab) => tab.props.alignment === "right");
    return [...there.filter((tab) => tab.props.alignment !== "right"), ...atEnd];
  });
  /** The one that `selected` names, if it can be seen; else the first that can. */
  readonly current: TabHost | null = $derived.by(() => {
    const { selected } = this.host.props;
    const named =
      this.all.find((tab) => tab.props.id === selected && selected !== undefined) ??
      this.all.find((tab) => tab.props.id === undefined && tab.id === selected);
    if (named && isThere(named)) return named;
    const there = this.all.filter(isThere);
    return there.find((tab) => tab.props.interactive !== false) ?? there[0] ?? null;
  });

  constructor(private readonly host: Host<TabsProps>) {}

  /** Place among all tabs, as listeners are told. */
  indexOf(tab: TabHost): number {
    return this.all.findIndex(({ id }) => id === tab.id);
  }

  isCurrent(tab: TabHost): boolean {
    return this.current?.id === tab.id;
  }

  /** The reader chose a tab. */
  select(tab: TabHost): void {
    if (tab.props.interactive === false || this.isCurrent(tab)) return;
    this.host.set({ selected: nameOf(tab) });
    this.host.dispatch("select", selection(tab, this.indexOf(tab)));
  }

  /** The next tab that can be chosen, walking by `step` and around the ends. */
  neighbour(tab: TabHost, step: 1 | -1): TabHost | null {
    const { shown } = this;
    const from = shown.findIndex(({ id }) => id === tab.id);
    for (let walked = 1; walked <= shown.length; walked++) {
      const next = shown.at((from + step * walked) % shown.length);
      if (next && next.props.interactive !== false) return next;
    }
    return null;
  }

  /** The first or last tab that can be chosen. */
  end(which: "first" | "last"): TabHost | null {
    const able = this.shown.filter((tab) => tab.props.interactive !== false);
    return able.at(which === "first" ? 0 : -1) ?? null;
  }
}
