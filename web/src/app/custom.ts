/** The author's own CSS, markup for the head and JavaScript. */

import type { Config } from "../client/protocol";
import { compile } from "../state/script";

/**
 * Add what the server has not put into the page itself.
 *
 * NOTE: the page made by `limelight/server/routes/pages.py` marks what it holds with `data-custom`.
 */
export function adopt({ css, head }: Pick<Config, "css" | "head">): void {
  if (css && !isThere("css")) {
    const style = document.createElement("style");
    style.dataset["custom"] = "css";
    style.textContent = css;
    document.head.append(style);
  }
  if (head && !isThere("head")) {
    const parsed = document.createRange().createContextualFragment(head); // its scripts run, unlike with innerHTML
    document.head.append(parsed);
  }
}

/** Run the author's function once the page is drawn. Its failure is the author's, and told on the console. */
export async function run(js: Config["js"]): Promise<void> {
  if (typeof js !== "string" || js.trim() === "") return;
  try {
    await compile(js)();
  } catch (error) {
    console.error("js= of the app failed:", error);
  }
}

function isThere(what: string): boolean {
  return document.querySelector(`[data-custom="${what}"]`) !== null;
}
