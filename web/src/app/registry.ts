/** Tag → browser half. A half is the folder's main file; it loads when a block with its tag is on the page. */

import type { Component } from "svelte";
import type { Host } from "$ui/contract";
import { type Emptiness, learn } from "../state/empty";
import { COMMON } from "./common";
import Ticker from "./Ticker.svelte";

export type Half = Component<{ host: Host }>;

export type HalfModule = { default: Half } & Emptiness;


/** A component in Svelte's sense that puts nothing on the page. */
const nothing: Half = () => ({});

/** Those of the shell, blocks that draw nothing, and whatever was loaded since. */
const loaded = new Map<string, Half>([
  ["api", nothing],
  ["state", nothing],
  ["timer", Ticker],
  ...COMMON,
]);

/** The half, if it is loaded already. */
export function half(tag: string): Half | undefined {
  return loaded.get(tag);
}

/** Load the half. Null if there is none for the tag; rejects when its file cannot be fetched. */
export async function load(tag: string): Promise<Half | null> {
  const known = loaded.get(tag);
  if (known !== undefined) return known;
  // Which file it is in stands with what most halves need, so that the shell is the same whatever others there are.
  const { find } = await import("./halves");
  const loader = find(tag);
  if (loader === undefined) return null;
  const { default: made, ...others } = await loader();
  loaded.set(tag, made);
  learn(tag, others);
  return made;
}

/** Load what a page needs; a half that fails is told by the block itself. */
export async function loadAll(tags: readonly string[]): Promise<void> {
  await Promise.allSettled(tags.map(load));
}
