/** Tag → browser half. A half is the folder's main file; it loads when a block with its tag is on the page. */

import type { Component } from "svelte";
import type { Host } from "$ui/contract";
import { type Emptiness, learn } from "../state/empty";
import { COMMON } from "./common";
import Ticker from "./Ticker.svelte";

export type Half = Component<{ host: Host }>;

type HalfModule = { default: Half } & Emptiness;

type Loader = () => Promise<HalfModule>;

// NOTE: all but the folders in `common.ts`.
const FILES = import.meta.glob<HalfModule>([
  "../../../limelight/components/*/[A-Z]*.svelte",
  "!../../../limelight/components/{button,column,form,group,row,textbox}/*",
]) as Record<string, Loader>;

const loaders = byTag(FILES);

/** A component in Svelte's sense that puts nothing on the page. */
const nothing: Half = () => ({});

/** Blocks that draw nothing. A folder with a half of its own wins. */
const loaded = new Map<string, Half>([
  ["state", nothing],
  ["timer", Ticker],
  ...COMMON,
]);

/** The half, if it is loaded already. */
export function half(tag: string): Half | undefined {
  return loaders.has(tag) && !fetched.has(tag) ? undefined : loaded.get(tag);
}

const fetched = new Set<string>();

/** Load the half. Null if there is none for the tag; rejects when its file cannot be fetched. */
export async function load(tag: string): Promise<Half | null> {
  const loader = loaders.get(tag);
  if (loader === undefined || fetched.has(tag)) return loaded.get(tag) ?? null;
  const [{ default: made, ...others }] = await Promise.all([loader(), import("$ui/more")]);
  loaded.set(tag, made);
  learn(tag, others);
  fetched.add(tag);
  return made;
}

/** Load what a page needs; a half that fails is told by the block itself. */
export async function loadAll(tags: readonly string[]): Promise<void> {
  await Promise.allSettled(tags.map(load));
}

/** Of the files in a folder only the one named like it is a half; others are its parts. */
export function byTag<T>(files: Readonly<Record<string, T>>): Map<string, T> {
  const found = new Map<string, T>();
  for (const [path, file] of Object.entries(files)) {
    const [folder = "", name = ""] = path.split("/").slice(-2);
    if (name === `${pascalCase(folder)}.svelte`) found.set(folder.replaceAll("_", ""), file);
  }
  return found;
}

/** `checkbox_group` → `CheckboxGroup`, `code_` → `Code`. */
function pascalCase(folder: string): string {
  return folder
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
