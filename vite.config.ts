import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { aliases } from "./vite.aliases.ts";
import { moreChunk, partsChunk, shellChunk, styleOfShell, uploadingChunk } from "./web/build/chunks.ts";
import { compressAssets } from "./web/build/compress.ts";
import { plainExports } from "./web/build/exports.ts";
import { shortLoading } from "./web/build/loading.ts";
import { manifestOfComponents } from "./web/build/manifest.ts";
import { minifyThoroughly } from "./web/build/minify.ts";
import { onlyWoff2 } from "./web/build/fonts.ts";
import { onlyUsedSvelte, splitSpreading } from "./web/build/svelte.ts";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("./web"),
  // Relative: the page works under any sub-path, proxy or iframe.
  base: "./",
  publicDir: false,
  cacheDir: here("./node_modules/.vite"),
  plugins: [shortLoading(), onlyUsedSvelte(), splitSpreading(), onlyWoff2(), svelte({ configFile: here("./svelte.config.js"), dynamicCompileOptions: styleOfShell }), minifyThoroughly(), plainExports(), manifestOfComponents(), compressAssets()],
  resolve: { alias: aliases },
  build: {
    outDir: here("./limelight/server/assets"),
    emptyOutDir: true,
    target: "es2022",
    manifest: true,
    // No `data:` URLs: fonts and images stay out of the CSS, and out of the content security policy.
    assetsInlineLimit: 0,
    assetsDir: "",
    chunkSizeWarningLimit: 700,
    reportCompressedSize: false,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: here("./web/src/main.ts"),
      // What is not used of Svelte's runtime does nothing, so no chunk has to be fetched for it.
      treeshake: { moduleSideEffects: [{ test: /\/svelte\/src\/(?!internal\/(?:flags|disclose))/, sideEffects: false }] },
      output: {
        entryFileNames: "[name]-[hash].js",
        chunkFileNames: "[name]-[hash].js",
        assetFileNames: "[name]-[hash][extname]",
        codeSplitting: {
          includeDependenciesRecursively: false,
          groups: [
            { name: shellChunk, debugName: "shell", priority: 20 },
            { name: moreChunk, debugName: "more", priority: 15 },
            { name: uploadingChunk, debugName: "uploading", priority: 12 },
            { name: partsChunk, debugName: "parts", priority: 10 },
          ],
        },
      },
    },
  },
});
