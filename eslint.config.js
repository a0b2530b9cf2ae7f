import eslint from "@eslint/js";
import svelte from "eslint-plugin-svelte";
import globals from "globals";
import typescript from "typescript-eslint";
import svelteConfig from "./svelte.config.js";

/** `$derived` is nearly always the better choice, so each `$effect` says in a comment why it is not. */
const effectNeedsReason = {
  meta: { type: "suggestion", messages: { reason: "Say in a comment above this $effect why $derived would not do." } },
  create(context) {
    return {
      CallExpression(node) {
        const callee = node.callee.type === "MemberExpression" ? node.callee.object : node.callee;
        if (callee.type !== "Identifier" || callee.name !== "$effect") return;
        const statement = node.parent.type === "ExpressionStatement" ? node.parent : node;
        if (context.sourceCode.getCommentsBefore(statement).length === 0) context.report({ node, messageId: "reason" });
      },
    };
  },
};

/** What a component's browser half may import; `outside` matches the paths that leave its folder. */
function halfMayImport(files, outside) {
  const message = "A component imports only $ui, $i18n, $theme, svelte, its own folder and npm libraries.";
  const patterns = [
    { regex: `${outside}|(^|/)web/src/|^\\$(?!(ui|i18n|theme)(/|$))`, message },
    { regex: "^@gradio/", message: "The official client is for tests only." },
  ];
  return { files: [files], ignores: ["**/*.test.ts"], rules: { "no-restricted-imports": ["error", { patterns }] } };
}

export default typescript.config(
  { ignores: ["node_modules/", "limelight/server/assets/", "**/*.gen.ts", ".venv/", "dist/", "docs/"] },
  eslint.configs.recommended,
  ...typescript.configs.strict,
  ...typescript.configs.stylistic,
  ...svelte.configs.recommended,
  {
    plugins: { limelight: { rules: { "effect-needs-reason": effectNeedsReason } } },
    languageOptions: { globals: { ...globals.browser } },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/consistent-indexed-object-style": "off",
      "@typescript-eslint/no-empty-function": "off",
      "@typescript-eslint/unified-signatures": "off",
      "limelight/effect-needs-reason": "error",
      "max-params": ["error", 3],
      "no-console": ["error", { allow: ["warn", "error"] }],
      eqeqeq: ["error", "always", { null: "ignore" }],
      // TypeScript knows better than these two.
      "no-undef": "off",
      "no-redeclare": "off",
    },
  },
  {
    files: ["**/*.svelte", "**/*.svelte.ts"],
    languageOptions: {
      parserOptions: { parser: typescript.parser, extraFileExtensions: [".svelte"], svelteConfig },
    },
    rules: {
      // Props are destructured with `let`, the values of others with `const`: one keyword reads better.
      "prefer-const": "off",
      // Relative links are the rule here: the page has no router and no base path.
      "svelte/no-navigation-without-resolve": "off",
      // A component renders text of the app's author; where it is HTML, the line says who sanitised it.
      "svelte/no-at-html-tags": "error",
    },
  },
  halfMayImport("limelight/components/*/*.{ts,svelte}", "^\\.\\./"),
  halfMayImport("limelight/components/*/*/**/*.{ts,svelte}", "^(\\.\\./){2,}"),
  {
    files: ["**/*.test.ts", "web/vitest.setup.ts"],
    rules: { "@typescript-eslint/no-non-null-assertion": "off", "max-params": "off" },
  },
  {
    files: ["*.config.{js,ts}", "vite.aliases.ts", "web/build/**/*.ts"],
    languageOptions: { globals: { ...globals.node } },
  },
);
