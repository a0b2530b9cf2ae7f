/** LaTeX formulas as HTML. KaTeX and its fonts load with the first formula. */

import type Katex from "katex";

let katex: typeof Katex | undefined;
let isRefused = false;

export function isReady(): boolean {
  return katex !== undefined || isRefused;
}

/** Loads KaTeX. Never rejects: without it formulas show their source. */
export async function load(): Promise<void> {
  if (isReady()) return;
  try {
    const [{ default: loaded }] = await Promise.all([import("katex"), import("katex/dist/katex.min.css")]);
    katex = loaded;
  } catch (error) {
    isRefused = true;
    console.warn("Formulas stay as LaTeX:", error);
  }
}

/** The formula as HTML with MathML for screen readers; null while KaTeX is not there. */
export function drawn(tex: string, display: boolean): string | null {
  return (
    katex?.renderToString(tex, {
      displayMode: display,
      throwOnError: false,
      strict: "ignore",
      // Formulas come from models and readers: no links, no files, no endless macros.
      trust: false,
      maxExpand: 1_000,
      maxSize: 50,
    }) ?? null
  );
}
