/** What blocks have in common of which one is shown at a time: tabs, and the steps of a walkthrough. Draws nothing. */

import type { ComponentProps, Host } from "./contract";

/** What the block around them reads of a page. */
export interface PageProps extends ComponentProps {
  id?: number | string;
}

export type PageHost = Host<PageProps>;

/** What a block tells its pages, as the context of this name. */
export const AROUND = "limelight:tabs";

export interface Around {
  isCurrent(page: PageHost): boolean;
  indexOf(page: PageHost): number;
}

/** How the keyboard moves among the pages that can be shown. */
export interface Walkable<P> {
  neighbour(page: P, by: 1 | -1): P | null;
  end(which: "first" | "last"): P | null;
}

/** Id of the panel of a page. */
export function panelOf(page: PageHost): string {
  return page.props.elem_id || `component-${page.id}`;
}

/** Id of the button of a page. */
export function buttonOf(page: PageHost): string {
  return page.props.elem_id ? `${page.props.elem_id}-button` : `tab-${page.id}`;
}

/** Whether it can be seen at all. */
export function isThere(page: PageHost): boolean {
  return page.props.visible !== false && page.props.visible !== "hidden";
}

/** What listeners are told of the page that is shown. */
export function selection(page: PageHost, index: number): { value: string; index: number; selected: true } {
  return { value: page.props.label ?? "", index, selected: true };
}

/** Where a key leads from a page; null if nowhere, or if the key is for something else. */
export function keyTarget<P>(event: KeyboardEvent, page: P, pages: Walkable<P>): P | null {
  const forth = getComputedStyle(event.currentTarget as Element).direction === "rtl" ? -1 : 1;
  switch (event.key) {
    case "ArrowRight":
      return pages.neighbour(page, forth);
    case "ArrowLeft":
      return pages.neighbour(page, forth === 1 ? -1 : 1);
    case "Home":
      return pages.end("first");
    case "End":
      return pages.end("last");
    default:
      return null;
  }
}
