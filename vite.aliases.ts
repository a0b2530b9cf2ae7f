import { fileURLToPath } from "node:url";

const source = (folder: string): string => fileURLToPath(new URL(`./web/src/${folder}`, import.meta.url));

/** The three doors into `web/src` that a component may use; `tsconfig.json` has the same ones under `paths`. */
export const aliases = {
  $ui: source("ui"),
  $i18n: source("i18n"),
  $theme: source("theme"),
};
