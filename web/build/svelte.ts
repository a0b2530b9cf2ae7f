import { readFile } from "node:fs/promises";
import type { Plugin } from "vite";

const RUNTIME = /\/svelte\/src\/(.+)\.js$/;
/** Ends the id of a module's copy that has only what its importers want: see `splitSpreading`. */
const COPY = "?spread";

/** A piece of the runtime, and what stands in its place. */
type Change = readonly [from: string | RegExp, to: string];

/** A switch that nothing here ever turns on: `let` becomes `const`, and its setter does nothing. */
const off = (name: string): Change[] => [
  [`export let ${name} = false;`, `export const ${name} = false;`],
  [new RegExp(`^\\t${name} = (?:true|false|value);$`, "gm"), ""],
];

/** `fork()` of Svelte, which tries changes out before they are made. */
const NO_FORK: readonly Change[] = [[/\b(?:current_batch\?|batch|this)\.is_fork\b(?! =)/g, "false"]];

const CHANGES: Readonly<Record<string, readonly Change[]>> = {
  "internal/client/dom/hydration": off("hydrating"),
  "internal/flags/index": ["async_mode_flag", "legacy_mode_flag", "tracing_mode_flag"].flatMap(off),
  // Without `await` in components there is nothing to wait for.
  "internal/client/reactivity/async": [
    ["var pending = blockers.filter((b) => !b.settled);", ""],
    [/if \(async\.length === 0 && pending\.length === 0\) \{\s*fn\(deriveds\);\s*return;\s*\}/, "fn(deriveds);\n\treturn;"],
  ],
  "internal/client/reactivity/batch": NO_FORK,
  "internal/client/reactivity/deriveds": NO_FORK,
  "internal/client/runtime": NO_FORK,
  "internal/client/dom/blocks/boundary": NO_FORK,
  // Only `$state` with objects inside needs proxies, and the shell has none. They come with the first that has.
  "internal/client/reactivity/sources": [
    ...NO_FORK,
    ["import { proxy } from '../proxy.js';", "export let proxy = (value) => value;\nexport const set_proxy = (make) => (proxy = make);"],
  ],
  "internal/client/reactivity/props": [["import { proxy } from '../proxy.js';", "import { proxy } from './sources.js';"]],
  "internal/client/proxy": [
    ["export function proxy(value) {", "function made(value) {"],
    // "Pure", or the shell would wait for this file: it names it, in the list of what the runtime exports.
    [/$/, "\nimport { set_proxy } from './reactivity/sources.js';\nexport const proxy = /* @__PURE__ */ set_proxy(made);\n"],
  ],
  // Asked by the compiler only.
  utils: [[/(const DOM_PROPERTIES = \[)\s*\.\.\.DOM_BOOLEAN_ATTRIBUTES,/, "$1"]],
};

function change(code: string, path: string, [from, to]: Change): string {
  const changed = code.replace(from, to);
  if (changed === code) throw new Error(`Svelte's ${path}.js has no ${String(from)} any more: look at web/build/svelte.ts`);
  return changed;
}

/**
 * Leaves out what Svelte's runtime can do and our pages never ask for: taking over HTML that Svelte made on a server,
 * components of Svelte 4, `await` in components, forks and tracing.
 *
 * The runtime asks a variable each time; as constants the minifier sees that, and drops about a fifth of it.
 */
export function onlyUsedSvelte(): Plugin {
  return {
    name: "limelight:only-used-svelte",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      const path = RUNTIME.exec(id.replace(COPY, ""))?.[1];
      if (path === undefined) return null;
      const changed = (CHANGES[path] ?? []).reduce((all, one) => change(all, path, one), code);
      // Not left to the minifier: what only the checks of a development build use would cross from chunk to chunk.
      return { code: changed.replace("import { DEV } from 'esm-env';", "const DEV = false;"), map: null };
    },
  };
}

/**
 * Gives the part of the runtime that spreads attributes (`{...attributes}`, `svelte:element`) a module of its own.
 *
 * It stands in one file with what sets a single attribute. Every page needs that one, and the common components do
 * without spreading; so the file is there twice, each time with what is used of it, and `chunks.ts` parts them.
 */
export function splitSpreading(): Plugin {
  const apart = /\battribute_effect,\s|,\s*CLASS,\s*STYLE\b(?=\s*\} from '\.\/dom\/elements\/attributes\.js')/g;
  return {
    name: "limelight:split-spreading",
    apply: "build",
    enforce: "pre",
    async resolveId(source, importer) {
      if (!source.endsWith(COPY)) return null;
      const found = await this.resolve(source.slice(0, -COPY.length), importer);
      return found && { ...found, id: found.id + COPY, moduleSideEffects: false };
    },
    async load(id) {
      if (!id.endsWith(COPY)) return null;
      const code = await readFile(id.slice(0, -COPY.length), "utf8");
      return code.replace("'../../../../utils.js'", `'../../../../utils.js${COPY}'`);
    },
    transform(code, id) {
      if (RUNTIME.exec(id)?.[1] !== "internal/client/index") return null;
      const without = code.replace(apart, "");
      if (code.length - without.length < 30) throw new Error("Svelte's index.js has changed: look at web/build/svelte.ts");
      return { code: `${without}\nexport { attribute_effect, CLASS, STYLE } from './dom/elements/attributes.js${COPY}';`, map: null };
    },
  };
}
