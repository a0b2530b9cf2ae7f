import type { Plugin } from "vite";

const HELPER = "\0vite/preload-helper.js";

/** `files` are style sheets: the server preloads scripts. One that fails leaves the component without its style. */
const CODE = `
const fetched = {};
const style = (file) => fetched[file] ??= new Promise((done) => {
  if ([...document.styleSheets].some(({ href }) => href === file)) return done(); // the server put it there
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = file;
  link.onload = link.onerror = done;
  document.head.append(link);
});
export const __vitePreload = (load, files = [], base) => {
  const made = load();
  return files.length ? Promise.all(files.map((file) => style(new URL(file, base).href))).then(() => made) : made;
};
`;

/** What stands around each `import()`: Vite's own cares for old browsers and for preloading, ours for style sheets alone. */
export function shortLoading(): Plugin {
  return {
    name: "limelight:loading",
    apply: "build",
    enforce: "pre",
    load: { order: "pre", handler: (id) => (id === HELPER ? CODE : null) },
  };
}
