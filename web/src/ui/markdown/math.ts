/** LaTeX in Markdown: where a formula begins and ends. Draws nothing; `formula.ts` does. */

import type { TokenizerAndRendererExtension } from "marked";

/** What encloses a formula. */
export interface Delimiter {
  left: string;
  right: string;
  /** On a line of its own. */
  display: boolean;
}

export interface Formula {
  /** The source with its delimiters. */
  raw: string;
  tex: string;
  display: boolean;
}

/** Longest formula looked for, in characters: a stray delimiter must not make reading slow. */
const LONGEST = 5_000;

/** Delimiters in the order to try them: `$$` before `$`. Those that could never match are left out. */
export function ordered(given: readonly Readonly<Record<string, unknown>>[]): Delimiter[] {
  return given
    .filter(({ left, right }) => typeof left === "string" && left && typeof right === "string" && right)
    .map(({ left, right, display }) => ({
      left: String(left),
      right: String(right),
      display: display === true,
    }))
    .sort((a, b) => b.left.length - a.left.length);
}

/** The formula that `source` begins with. One never crosses a blank line, as in TeX. */
export function formulaAt(source: string, delimiters: readonly Delimiter[]): Formula | null {
  for (const delimiter of delimiters) {
    const { left, right, display } = delimiter;
    if (!source.startsWith(left)) continue;
    const end = closing(source, delimiter);
    if (end === -1) continue;
    const tex = source.slice(left.length, end);
    return { raw: source.slice(0, end + right.length), tex, display };
  }
  return null;
}

/** Where the right delimiter is: outside of braces, not escaped, and for `$` not the sign of an amount of money. */
function closing(source: string, { left, right }: Delimiter): number {
  const last = Math.min(source.length, left.length + LONGEST);
  let depth = 0;
  for (let i = left.length; i < last; i++) {
    const character = source[i];
    if (depth <= 0 && source.startsWith(right, i) && isClosing(source, { left, right, at: i })) {
      return i;
    }
    if (character === "\\") i++;
    else if (character === "{") depth++;
    else if (character === "}") depth--;
    else if (character === "\n" && /^[ \t]*(?:\n|$)/.test(source.slice(i + 1, i + 80))) return -1;
  }
  return -1;
}

function isClosing(source: string, found: { left: string; right: string; at: number }): boolean {
  const { left, right, at } = found;
  const tex = source.slice(left.length, at);
  if (tex.trim() === "") return false;
  if (left !== "$") return true;
  // "$5 and $6" is no formula, "$ x $" is one.
  const opens = /^\s/.test(tex);
  const closes = /\s$/.test(tex);
  return opens === closes && !/^\d/.test(source.slice(at + right.length, at + right.length + 1));
}

/** Makes marked know formulas; drawn as elements with `data-math` that hold the source. */
export function mathExtensions(delimiters: readonly Delimiter[]): TokenizerAndRendererExtension[] {
  if (delimiters.length === 0) return [];
  const displayed = delimiters.filter(({ display }) => display);
  const block: TokenizerAndRendererExtension = {
    name: "formulaBlock",
    level: "block",
    start: (source) => blockStart(source, displayed),
    tokenizer(source) {
      const indent = /^ {0,3}/.exec(source)?.[0] ?? "";
      const formula = formulaAt(source.slice(indent.length), displayed);
      if (formula === null) return undefined;
      const rest = /^[ \t]*(?:\n|$)/.exec(source.slice(indent.length + formula.raw.length));
      if (rest === null) return undefined;
      return { ...formula, type: "formulaBlock", source: formula.raw, raw: indent + formula.raw + rest[0] };
    },
    renderer: (token) => `<p>${placeholder(token as unknown as Drawn)}</p>\n`,
  };
  const inline: TokenizerAndRendererExtension = {
    name: "formula",
    level: "inline",
    start: (source) => earliest(source, delimiters),
    tokenizer(source) {
      const formula = formulaAt(source, delimiters);
      return formula === null ? undefined : { ...formula, type: "formula", source: formula.raw };
    },
    renderer: (token) => placeholder(token as unknown as Drawn),
  };
  return [block, inline];
}

interface Drawn {
  source: string;
  tex: string;
  display: boolean;
}

function placeholder({ source, tex, display }: Drawn): string {
  const kind = display ? "display" : "inline";
  return `<span data-math="${kind}" data-tex="${escaped(tex)}">${escaped(source)}</span>`;
}

function escaped(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;")
    .replace(/\n/g, "&#10;");
}

function earliest(source: string, delimiters: readonly Delimiter[]): number | undefined {
  const found = delimiters.map(({ left }) => source.indexOf(left)).filter((at) => at >= 0);
  return found.length > 0 ? Math.min(...found) : undefined;
}

/** Where a line of the first paragraph begins with a delimiter. */
function blockStart(source: string, delimiters: readonly Delimiter[]): number | undefined {
  const end = source.indexOf("\n\n");
  const paragraph = end === -1 ? source : source.slice(0, end);
  for (const line of paragraph.matchAll(/\n {0,3}(?=\S)/g)) {
    const at = line.index + line[0].length;
    if (delimiters.some(({ left }) => paragraph.startsWith(left, at))) return line.index + 1;
  }
  return undefined;
}
