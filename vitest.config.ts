import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { aliases } from "./vite.aliases.ts";

export default defineConfig({
  plugins: [svelte({ configFile: fileURLToPath(new URL("./svelte.config.js", import.meta.url)) }), svelteTesting()],
  resolve: { alias: aliases },
  test: {
    environment: "jsdom",
    // Starting jsdom for each file is most of the time; threads start quicker than processes.
    pool: "threads",
    maxWorkers: 2,
    include: ["web/**/*.test.ts", "limelight/components/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    setupFiles: ["web/vitest.setup.ts"],
    restoreMocks: true,
    unstubGlobals: true,
    // Ends what hangs; what is slow on a busy machine may take its time.
    testTimeout: 60_000,
  },
});
