/** The words of a short program by kind, for colouring. Knows just enough of each language for our own snippets. */

import type { Language } from "./snippets";

export type Kind = "plain" | "string" | "number" | "keyword" | "comment" | "call";

export interface Token {
  text: string;
  kind: Kind;
}

const KEYWORDS: Readonly<Record<Language, string>> = {
  python: "from|import|None|True|False|as|with|for|in|def|return",
  javascript: "import|from|const|let|await|async|null|true|false|new|return",
  bash: "curl|sed|EVENT_ID",
};

const STRINGS: Readonly<Record<Language, string>> = {
  python: String.raw`"(?:\\.|[^"\\])*"`,
  javascript: String.raw`"(?:\\.|[^"\\])*"`,
  bash: String.raw`'[^']*'|"[^"]*"`,
};

/** `source` cut into tokens; joined they are `source` again. */
export function tokens(language: Language, source: string): Token[] {
  const pattern = new RegExp(
    [
      `(?<string>${STRINGS[language]})`,
      language === "bash" ? String.raw`(?<comment>(?<=^|\s)#.*)` : String.raw`(?<comment>#.*|//.*)`,
      String.raw`(?<keyword>\b(?:${KEYWORDS[language]})\b)`,
      String.raw`(?<call>[A-Za-z_]\w*(?=\())`,
      String.raw`(?<number>(?<![\w.])-?\d[\d.]*(?:e[+-]?\d+)?\b)`,
    ].join("|"),
    "gm",
  );
  const result: Token[] = [];
  let end = 0;
  for (const match of source.matchAll(pattern)) {
    if (match.index > end) result.push({ text: source.slice(end, match.index), kind: "plain" });
    result.push({ text: match[0], kind: kindOf(match.groups ?? {}) });
    end = match.index + match[0].length;
  }
  if (end < source.length) result.push({ text: source.slice(end), kind: "plain" });
  return result;
}

function kindOf(groups: Record<string, string | undefined>): Kind {
  const kinds: readonly Kind[] = ["string", "comment", "keyword", "call", "number"];
  return kinds.find((kind) => groups[kind] !== undefined) ?? "plain";
}
