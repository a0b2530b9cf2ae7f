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

/** Found on nearly every page, so they come with the shell, and what they need with them. */
const COMMON = /\/limelight\/components\/(button|textbox|row|column|form|group)\//;
const COMPONENT = /\/limelight\/components\//;
const SVELTE = /\/node_modules\/(svelte|esm-env|clsx)\//;
// Markdown and calendars are parts of several components, but not of every page.
const SHARED = /\/web\/src\/(ui(?!\/(?:markdown|dates)\/(?!locale\.))|i18n|theme|state|client)\//;
const MORE = /\/web\/src\/(ui\/(more[a-z]*\.ts|BlockLabel\.svelte)|app\/halves\.ts|state\/doors\.ts|client\/answer\.ts)$/;
/** Parts of Svelte that the shell and the commonest components do without. */
const RARE_SVELTE =
  /\/svelte\/src\/(.*\?spread|reactivity\/(?!create-subscriber)|internal\/client\/(proxy\b|dom\/(blocks\/(await|key|html|svelte-element|svelte-head)|elements\/(attachments|actions|transitions|bindings\/(?!this|shared))))\b)/;
/** A part of several components, and heavier than all other such parts together. */
const UPLOAD = /\/web\/src\/ui\/(Upload\.svelte|(dropping|uploader)\.svelte\.ts)/;
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
 * That is Svelte's runtime, whatever `main.ts` imports statically, and the commonest components with their shared parts.
 */
export function shellChunk(id: string, graph: Graph): string | null {
  if (RARE_SVELTE.test(id)) return null;
  if (SVELTE.test(id) || BUNDLER.test(id) || COMMON.test(id)) return "shell";
  const importers = (of: string): readonly string[] => graph.getModuleInfo(of)?.importers ?? [];
  const isEntry = (of: string): boolean => graph.getModuleInfo(of)?.isEntry ?? false;
  if (search(id, importers, isEntry)) return "shell";
  return isShared(id, graph) && search(id, importers, (of) => COMMON.test(of)) ? "shell" : null;
}

/** Halves and parts that every page has. NOTE: what the shell imports statically; the rest brings its style along. */
const OF_SHELL =
  /\/limelight\/components\/(button|textbox|row|column|form|group)\/|\/web\/src\/(app\/(App|Node)|ui\/(Block|BlockTitle|Footer|Icon|StatusTracker))\.svelte$/;

/** The style of the shell's parts stands in its style sheet: there before the page is drawn, in one piece. */
export function styleOfShell({ filename }: { filename: string }): { css: "external" } | undefined {
  return OF_SHELL.test(filename) ? { css: "external" } : undefined;
}

/** "more" for what comes with the first component that is not one of the commonest, and the list of them all. */
export function moreChunk(id: string): string | null {
  return MORE.test(id) || RARE_SVELTE.test(id) ? "more" : null;
}

/** "uploading" for what components that take files share. */
export function uploadingChunk(id: string): string | null {
  return UPLOAD.test(id) ? "uploading" : null;
}

/** "parts" for what other components share, so that a page with any number of them needs one request for it. */
export function partsChunk(id: string, graph: Graph): string | null {
  return isShared(id, graph) ? "parts" : null;
}

/**
 * Whether several components are made of it.
 *
 * A shared part that brings an npm library along (Markdown, highlighting) does not count, and neither does one that is
 * only imported dynamically, nor a style sheet: they load with the first component that wants them.
 */
function isShared(id: string, graph: Graph): boolean {
  if (!SHARED.test(id) || id.endsWith(".css")) return false;
  const importers = (of: string): readonly string[] => graph.getModuleInfo(of)?.importers ?? [];
  if (!search(id, importers, (of) => COMPONENT.test(of))) return false; // a part of the shell that is loaded on demand
  const info = graph.getModuleInfo(id);
  const isDynamicOnly = info !== null && info.importers.length === 0 && info.dynamicImporters.length > 0;
  const imported = (of: string): readonly string[] => graph.getModuleInfo(of)?.importedIds ?? [];
  return !isDynamicOnly && !search(id, imported, isLibrary);
}
