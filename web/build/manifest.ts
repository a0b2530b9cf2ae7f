import { readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import type { Manifest, Plugin } from "vite";

const COMPONENT = /\/limelight\/components\/[^/]+\/[A-Z][^/]*\.svelte$|\/web\/src\/ui\/more\.ts$/;

/**
 * Gives each component, and what the registry loads with most of them, its own entry in the manifest, also where several share one chunk.
 *
 * The server looks a block's file up by `../limelight/components/<folder>/<Name>.svelte` to preload it. Vite writes
 * such an entry only for a chunk that holds a single dynamic import.
 */
export function manifestOfComponents(): Plugin {
  let root = "";
  return {
    name: "limelight:manifest",
    apply: "build",
    configResolved(config) {
      root = config.root;
    },
    async writeBundle({ dir }, bundle) {
      if (dir === undefined) return;
      const path = join(dir, ".vite", "manifest.json");
      const manifest = JSON.parse(await readFile(path, "utf8")) as Manifest;
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== "chunk") continue;
        const written = Object.values(manifest).find((entry) => entry.file === chunk.fileName);
        for (const id of chunk.moduleIds.filter((module) => COMPONENT.test(module))) {
          const src = relative(root, id);
          manifest[src] ??= { ...written, file: chunk.fileName, src, isDynamicEntry: true };
        }
      }
      await writeFile(path, JSON.stringify(manifest, null, 2));
    },
  };
}
