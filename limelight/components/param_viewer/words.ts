/** Types and descriptions cut into what is drawn alike. Knows just enough of Python and TypeScript for types and defaults. */

import { safeHref } from "$ui/address";

export interface Word {
  text: string;
  kind: "plain" | "string" | "number" | "keyword";
}

export interface Segment {
  text: string;
  href?: string;
  isCode?: boolean;
}

const WORDS =
  /(?<string>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|(?<keyword>\b(?:None|True|False|null|undefined|true|false|void|keyof|typeof|readonly|lambda)\b)|(?<number>(?<![\w.])-?\d[\d._]*(?:e[+-]?\d+)?\b)/gi;
const MARKUP = /`(?<code>[^`\n]+)`|\[(?<label>[^\]\n]+)\]\((?<target>[^()\s]+)\)/g;

/** `code` as words with their kind; joined they are `code` again. */
export function words(code: string): Word[] {
  const found: Word[] = [];
  let end = 0;
  for (const match of code.matchAll(WORDS)) {
    const { string, keyword } = match.groups ?? {};
    found.push({ text: code.slice(end, match.index), kind: "plain" });
    found.push({ text: match[0], kind: string ? "string" : keyword ? "keyword" : "number" });
    end = match.index + match[0].length;
  }
  found.push({ text: code.slice(end), kind: "plain" });
  return found.filter(({ text }) => text !== "");
}

/** A line of a description: `code` and [links](https://example.com) apart, the latter only where they are safe. */
export function segments(line: string): Segment[] {
  const found: Segment[] = [];
  let end = 0;
  for (const match of line.matchAll(MARKUP)) {
    const { code, label, target } = match.groups ?? {};
    const href = target === undefined ? null : safeHref(target);
    found.push({ text: line.slice(end, match.index) });
    if (code !== undefined) found.push({ text: code, isCode: true });
    else found.push({ text: label ?? "", ...(href === null ? {} : { href }) });
    end = match.index + match[0].length;
  }
  found.push({ text: line.slice(end) });
  return found.filter(({ text }) => text !== "");
}
