import type { Plugin } from "vite";

const LAST = /export\{([^{}]*)\};?\s*$/;
const FROM = /\b(import|export)\{([^{}]*)\}from(["'`])\.\/([^"'`]+)\3/g;

/** What stands between the braces of an import or export: pairs of a name and what it is called on the other side. */
function pairs(list: string): [string, string][] {
  return list.split(",").filter(Boolean).map((pair) => {
    const [name = "", other = name] = pair.split(" as ");
    return [name, other];
  });
}

const joined = (name: string, other: string): string => (name === other ? name : `${name} as ${other}`);

/**
 * Lets chunks give away what is in them under the names that it has in them. The bundler's own names for it are as
 * short, but saying both takes a hundredth of the first script. Comes after the minifiers, which choose the names.
 */
export function plainExports(): Plugin {
  return {
    name: "limelight:exports",
    apply: "build",
    enforce: "post",
    // Names of files are made from what stood in them before: those of another version of this must be others.
    augmentChunkHash: () => "plain exports",
    generateBundle(_, bundle) {
      if (this.meta.watchMode) return;
      const renamed = new Map<string, Map<string, string>>();
      const chunks = Object.values(bundle).filter((file) => file.type === "chunk");
      for (const chunk of chunks.filter(({ isEntry }) => isEntry)) {
        const names = new Map<string, string>();
        chunk.code = chunk.code.replace(LAST, (_all, list: string) => {
          for (const [name, other] of pairs(list)) names.set(other, name);
          // In order they repeat one another most.
          return `export{${[...new Set(names.values())].sort().join()}};`;
        });
        renamed.set(chunk.fileName, names);
      }
      for (const chunk of chunks) {
        chunk.code = chunk.code.replace(FROM, (all: string, ...[verb = "", list = "", quote = "", file = ""]: string[]) => {
          const names = renamed.get(file);
          if (names === undefined) return all;
          const plain = pairs(list).map(([name, other]) => joined(names.get(name) ?? name, other));
          return `${verb}{${plain.join()}}from${quote}./${file}${quote}`;
        });
      }
    },
  };
}
