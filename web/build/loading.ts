import type { Plugin } from "vite";

const HELPER = "\0vite/preload-helper.js";

/** Scripts are fetched at once instead of one after the other. A style sheet that fails leaves the component without its style. */
const CODE = `
const fetched = {};
const fetchOnce = (file) => fetched[file] ??= new Promise((done) => {
  if ([...document.styleSheets].some(({ href }) => href === file)) return done(); // the server put it there
  const link = document.createElement("link");
  const isScript = file.endsWith(".js");
  link.rel = isScript ? "modulepreload" : "stylesheet";
  link.href = file;
  link.onload = link.onerror = done;
  if (isScript) done();
  document.head.append(link);
});
export const __vitePreload = (load, files = [], base) => {
  const made = load();
  return files.length ? Promise.all(files.map((file) => fetchOnce(new URL(file, base).href))).then(() => made) : made;
};
`;

/** What stands around each `import()`: what Vite's own does, without its care for old browsers. */
export function shortLoading(): Plugin {
  return {
    name: "limelight:loading",
    apply: "build",
    enforce: "pre",
    load: { order: "pre", handler: (id) => (id === HELPER ? CODE : null) },
  };
}
