/**
 * Our own icons as outlines on a 24 by 24 grid, drawn by `Icon.svelte` with a rounded 2-unit stroke.
 *
 * A circle is two arcs. Nothing here is filled. These are the ones of the shell and of the commonest components;
 * `more.ts` adds the others.
 */

import type { MORE_ICONS } from "./moreicons";

const COMMON = {
  code: "M8.5 7L3.5 12l5 5M15.5 7l5 5-5 5",
  settings:
    "M4 7h9M17 7h3M15 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM4 17h3M11 17h9M9 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4z",
  send: "M12 20V5M6 11l6-6 6 6",
  stop: "M7 6h10a1 1 0 0 1 1 1v10a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1z",
} as const;

export type CommonIcon = keyof typeof COMMON;
export type IconName = CommonIcon | keyof typeof MORE_ICONS;

/** Name → path, of the icons that the page has loaded. */
export const ICONS: Partial<Record<IconName, string>> = { ...COMMON };
