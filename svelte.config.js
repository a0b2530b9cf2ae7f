import { vitePreprocess } from "@sveltejs/vite-plugin-svelte";

/** CSS without comments and idle blanks; what stands in quotes stays. Svelte leaves those in what it puts into scripts. */
const packed = (css) =>
  css
    .replace(/("[^"]*"|'[^']*')|\/\*[^]*?\*\//g, (_, text = "") => text)
    .replace(/("[^"]*"|'[^']*')|\s*([{};,]|:(?=\s))\s*|\s+/g, (_, text, mark) => text ?? mark ?? " ")
    .replaceAll(";}", "}");

/**
 * Puts a component's styles into our layer, so that an author's `css=`, which is in none, wins without `!important`.
 * NOTE: the layers and their order are in web/src/theme/base.css and limelight/themes/css.py.
 *
 * @type {import("svelte/compiler").PreprocessorGroup}
 */
const layered = {
  name: "layered",
  style({ content, filename }) {
    if (filename?.includes("/node_modules/")) return undefined;
    return { code: `@layer limelight.components{${packed(content)}}` };
  },
};

/** @type {import("@sveltejs/vite-plugin-svelte").SvelteConfig} */
export default {
  // Svelte strips type annotations itself; nothing needs a second pass.
  preprocess: [vitePreprocess({ script: false, style: false }), layered],
  compilerOptions: {
    runes: true,
    // A component's styles travel inside its chunk: one request for each component instead of two.
    css: "injected",
  },
};
