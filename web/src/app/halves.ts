/**
 * Where the halves are that do not come with the shell.
 *
 * The registry loads this, and the icons and phrases of `more.ts` with it, for any component that is not one of the
 * commonest. Both are one chunk, which the server has the browser preload: `web/build/chunks.ts`.
 */

import "$ui/more";
import "../state/doors";
import type { HalfModule } from "./registry";

type Loader = () => Promise<HalfModule>;

// NOTE: all but the folders in `common.ts`.
const FILES = import.meta.glob<HalfModule>([
  "../../../limelight/components/*/[A-Z]*.svelte",
  "!../../../limelight/components/{button,column,form,group,row,textbox}/*",
]) as Record<string, Loader>;

const loaders = byTag(FILES);

// NOTE: here and not in the shell, as a page that is worth an address within has more than the commonest.
if (location.hash) void import("./fragment").then(({ follow }) => follow(location.hash));

/** What loads the half for a tag. */
export function find(tag: string): Loader | undefined {
  return loaders.get(tag);
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
