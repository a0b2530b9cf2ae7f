import type { Plugin } from "vite";

const OLD_FORMATS = /,\s*url\([^)]+\.(?:woff|ttf)\)\s*format\((["'])(?:woff|truetype)\1\)/g;

/** Drops the `.woff` and `.ttf` twins of KaTeX's fonts: every browser that runs our modules reads woff2. */
export function onlyWoff2(): Plugin {
  return {
    name: "limelight:only-woff2",
    enforce: "pre",
    transform(code, id) {
      if (!/\/katex\/dist\/katex.*\.css/.test(id)) return null;
      return { code: code.replace(OLD_FORMATS, ""), map: null };
    },
  };
}
