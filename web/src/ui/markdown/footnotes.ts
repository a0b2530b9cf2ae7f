/** Footnotes in Markdown: `[^a]` in the text and `[^a]: the note`. Numbers them in the order of their first mention. */

import type { Token, TokenizerAndRendererExtension, Tokens } from "marked";

/** Words around the notes, in the reader's language. */
export interface NoteWords {
  title: string;
  back: (number: number) => string;
}

interface Reference extends Tokens.Generic {
  label: string;
  raw: string;
  /** 0 until it is known that there is such a note. */
  number: number;
  /** Which mention of the note this is, from 1. */
  mention: number;
  prefix: string;
}

interface Definition extends Tokens.Generic {
  label: string;
  tokens: Token[];
}

interface Note {
  number: number;
  mentions: number;
  tokens: Token[];
}

const DEFINITION = /^ {0,3}\[\^([^\]\s]{1,80})\]:[ \t]*([^\n]*(?:\n(?!\s*\n| {0,3}\[\^[^\]\s]{1,80}\]:)[^\n]+)*)(?:\n+|$)/;
const REFERENCE = /^\[\^([^\]\s]{1,80})\](?!:)/;

/** Makes marked know notes. One that is not there yet is drawn as if it were while the text grows. */
export const noteExtensions = (isGrowing: () => boolean): TokenizerAndRendererExtension[] => [
  {
    name: "noteDefinition",
    level: "block",
    start: (source) => {
      const at = source.search(/\n {0,3}\[\^[^\]\s]{1,80}\]:/);
      return at === -1 ? undefined : at + 1;
    },
    tokenizer(source) {
      const match = DEFINITION.exec(source);
      if (match === null) return undefined;
      const text = (match[2] ?? "").replace(/\n[ \t]+/g, "\n");
      return { type: "noteDefinition", raw: match[0], label: match[1], tokens: this.lexer.inline(text, []) };
    },
    childTokens: ["tokens"],
    renderer: () => "",
  },
  {
    name: "noteReference",
    level: "inline",
    start: (source) => {
      const at = source.indexOf("[^");
      return at === -1 ? undefined : at;
    },
    tokenizer(source) {
      const match = REFERENCE.exec(source);
      if (match === null) return undefined;
      return { type: "noteReference", raw: match[0], label: match[1], number: 0, mention: 0, prefix: "" };
    },
    renderer(token) {
      const { number, mention, prefix, raw, label } = token as Reference;
      if (number === 0) return isGrowing() ? `<sup class="footnote-ref">${attribute(label)}</sup>` : attribute(raw);
      const id = `${prefix}ref-${number}${mention > 1 ? `-${mention}` : ""}`;
      return `<sup class="footnote-ref"><a href="#${prefix}note-${number}" id="${id}">${number}</a></sup>`;
    },
  },
];

/** The notes of a text. `number` must see each token once, in order; then `section` is complete. */
export class Notes {
  private readonly definitions = new Map<string, Definition>();
  private readonly cited = new Map<string, Note>();

  constructor(private readonly prefix: string) {}

  get isEmpty(): boolean {
    return this.definitions.size === 0;
  }

  define(token: Token): void {
    if (token.type !== "noteDefinition") return;
    const definition = token as Definition;
    if (!this.definitions.has(definition.label)) this.definitions.set(definition.label, definition);
  }

  /** Gives a mention its number; the number, for a mention of a note that exists. */
  number(token: Token): number {
    if (token.type !== "noteReference") return 0;
    const reference = token as Reference;
    const definition = this.definitions.get(reference.label);
    if (definition === undefined) return 0;
    let note = this.cited.get(reference.label);
    if (note === undefined) {
      note = { number: this.cited.size + 1, mentions: 0, tokens: definition.tokens };
      this.cited.set(reference.label, note);
    }
    note.mentions++;
    Object.assign(reference, { number: note.number, mention: note.mentions, prefix: this.prefix });
    return note.number;
  }

  /** The list of notes, or "" if the text mentions none. */
  section(inline: (tokens: Token[]) => string, words: NoteWords): string {
    if (this.cited.size === 0) return "";
    const items = [...this.cited.values()].map((note) => {
      const back = `<a class="footnote-back" href="#${this.prefix}ref-${note.number}" aria-label="${attribute(words.back(note.number))}">↩</a>`;
      return `<li id="${this.prefix}note-${note.number}">${inline(note.tokens)} ${back}</li>`;
    });
    return `<section class="footnotes" aria-label="${attribute(words.title)}"><ol>${items.join("\n")}</ol></section>\n`;
  }
}

function attribute(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
}
