import type { Plugin } from "vite";

const HYDRATION = /\/svelte\/src\/internal\/client\/dom\/hydration\.js$/;
const FLAGS = /\/svelte\/src\/internal\/flags\/index\.js$/;

/** A switch of the runtime that nothing here ever turns on: `let` becomes `const`, and its setter does nothing. */
function fix(code: string, name: string, setters: readonly RegExp[]): string {
  let fixed = code.replace(`export let ${name} = false;`, `export const ${name} = false;`);
  if (fixed === code) throw new Error(`Svelte has no switch '${name}' any more: look at web/build/svelte.ts`);
  for (const setter of setters) fixed = fixed.replace(setter, "");
  return fixed;
}

/**
 * Leaves out what Svelte's runtime can do and our pages never ask for: taking over HTML that Svelte made on a server,
 * components of Svelte 4, `await` in components and tracing.
 *
 * The runtime asks a variable each time; as constants the minifier sees that, and drops about a fifth of it.
 */
export function onlyUsedSvelte(): Plugin {
  return {
    name: "limelight:only-used-svelte",
    apply: "build",
    enforce: "pre",
    transform(code, id) {
      if (HYDRATION.test(id)) return { code: fix(code, "hydrating", [/^\thydrating = value;$/m]), map: null };
      if (!FLAGS.test(id)) return null;
      const names = ["async_mode_flag", "legacy_mode_flag", "tracing_mode_flag"];
      const fixed = names.reduce((all, name) => fix(all, name, [new RegExp(`^\\t${name} = (?:true|false);$`, "gm")]), code);
      return { code: fixed, map: null };
    },
  };
}
