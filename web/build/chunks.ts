/** Which chunk a module goes to. Knows the folders of this repository, nothing of what the modules do. */

/** As much of the bundler's view of a module as is needed here. */
interface ModuleInfo {
  importedIds: readonly string[];
  importers: readonly string[];
  dynamicImporters: readonly string[];
  isEntry: boolean;
}

interface Graph {
  getModuleInfo(id: string): ModuleInfo | null;
}

const LAYOUT = /\/limelight\/components\/(row|column|form|group)\//;
const SVELTE = /\/node_modules\/(svelte|esm-env|clsx)\//;
// Markdown is a part of many components, but not of every page.
const SHARED = /\/web\/src\/(ui(?!\/markdown\/)|i18n|theme|state|client)\//;
const BUNDLER = /^\0(vite|rolldown)\//;

const isLibrary = (id: string): boolean => id.includes("/node_modules/") && !SVELTE.test(id);

/** Whether `reaches` holds for `id` or for anything found from there along `next`. */
function search(id: string, next: (id: string) => readonly string[], reaches: (id: string) => boolean): boolean {
  const seen = new Set([id]);
  for (const current of seen) {
    if (reaches(current)) return true;
    for (const neighbour of next(current)) seen.add(neighbour);
  }
  return false;
}

/**
 * "shell" for what every page needs, null for the rest.
 *
 * That is Svelte's runtime, whatever `main.ts` imports statically, and the parts that components share. A shared part
 * that brings an npm library along (Markdown, highlighting) stays out, and so does one that is only imported
 * dynamically: they load with the first component that wants them.
 */
export function shellChunk(id: string, graph: Graph): string | null {
  if (SVELTE.test(id) || BUNDLER.test(id)) return "shell";
  const imported = (of: string): readonly string[] => graph.getModuleInfo(of)?.importedIds ?? [];
  const importers = (of: string): readonly string[] => graph.getModuleInfo(of)?.importers ?? [];
  if (search(id, importers, (of) => graph.getModuleInfo(of)?.isEntry ?? false)) return "shell";
  if (!SHARED.test(id)) return null;
  const info = graph.getModuleInfo(id);
  const isDynamicOnly = info !== null && info.importers.length === 0 && info.dynamicImporters.length > 0;
  return isDynamicOnly || search(id, imported, isLibrary) ? null : "shell";
}

/** "layout" for the containers found on nearly every page, null for the rest: each other component is a chunk. */
export function layoutChunk(id: string): string | null {
  return LAYOUT.test(id) ? "layout" : null;
}
