/**
 * A Markdown text as segments that are drawn one by one; when the text grows, finished segments stay as they are.
 *
 * A segment is one block, or several that an HTML element spans. Makes HTML that is not safe yet; touches no page.
 */

import { Marked, type Token, type TokenizerAndRendererExtension, type Tokens, type TokensList } from "marked";
import { Begun, Divided, partsOf, shellOf, type Drawing, type Part } from "./division";
import { Notes, noteExtensions, type NoteWords } from "./footnotes";
import { balance, withWritten, writtenAt, type IsWritten } from "./html";
import { mathExtensions, type Delimiter } from "./math";
import { closed } from "./unfinished";

export interface Options {
  /** Each line break of the text is one on the page. */
  lineBreaks: boolean;
  /** Headings get ids, and links to themselves. */
  headerLinks: boolean;
  /** HTML of the text that could run code is removed. */
  sanitize: boolean;
  delimiters: readonly Delimiter[];
  /** Tags that are shown as they are written. */
  isWritten?: IsWritten | undefined;
}

export interface Segment {
  /** Equal signatures draw the same. */
  readonly signature: string;
  /** The HTML; not safe yet. */
  html(): string;
  /** Only code whose fence is not closed yet. */
  readonly fence?: Fence | undefined;
  /** Of a list or a table: what it consists of, each drawn by itself, and its HTML without that. */
  readonly parts?: readonly Part[] | undefined;
  readonly shell?: string | undefined;
}

/** Code that goes on to the end of the text. */
export interface Fence {
  /** What encloses it. */
  readonly sign: string;
  /** Where in the text its first line begins. */
  readonly start: number;
}

/** Blocks at the end that more text could still change. */
const UNSETTLED = 2;
/** Items or rows at the end that more text could still change. */
const UNSETTLED_PARTS = 2;
/** A definition whose title may go on to wherever its sign comes again, over blank lines and all. */
const OPEN_TITLE = /^ {0,3}\[(?:\\[\s\S]|[^[\]\\])+\]:\s*\S+\s+["(]/;

export class Segments {
  private readonly marked: Marked;
  /** Ids for the headings about to be drawn, in order. */
  private ids: string[] = [];
  private settled: readonly Group[] = [];
  private settledText = "";
  /** What stands behind the settled groups and is settled, too. */
  private begun: Begun | undefined;
  private isGrowing = false;
  private readonly drawing: Drawing;

  constructor(
    private readonly options: Options,
    /** Begins every id that must be unique on the page. */
    private readonly prefix: string,
    private readonly words: NoteWords,
  ) {
    const nextId = (): string | undefined => this.ids.shift();
    const { isWritten } = options;
    this.drawing = {
      html: (tokens) => this.marked.parser(tokens),
      walk: (tokens, see) => void this.marked.walkTokens(tokens, see),
      isGrowing: () => this.isGrowing,
      isNumbered: options.headerLinks,
    };
    this.marked = new Marked({
      gfm: true,
      breaks: options.lineBreaks,
      extensions: [
        ...mathExtensions(options.delimiters),
        ...noteExtensions(() => this.isGrowing),
        ...(isWritten === undefined ? [] : [writtenExtension(isWritten)]),
      ],
      tokenizer: {
        html: (source) => (isWritten !== undefined && writtenAt(source.trimStart(), isWritten) !== "" ? undefined : false),
      },
      renderer: {
        code: drawCode,
        html: ({ text }: Tokens.HTML | Tokens.Tag) => (isWritten === undefined ? text : withWritten(text, isWritten)),
        heading({ tokens, depth }) {
          const id = nextId();
          const attributes = id === undefined ? "" : ` id="${id}"`;
          return `<h${depth}${attributes}>${this.parser.parseInline(tokens)}</h${depth}>\n`;
        },
      },
    });
  }

  /** The segments of a text. Cheap if it is the last one with more at its end; more will come if it is growing. */
  of(given: string, isGrowing = false): Segment[] {
    this.isGrowing = isGrowing;
    const whole = given.includes("\r") ? given.replace(/\r\n?/g, "\n") : given;
    if (!whole.startsWith(this.settledText)) this.forget();
    if (!whole.startsWith(this.begun?.raw ?? "", this.settledText.length)) this.begun = undefined;
    let read = this.read(whole);
    if (this.begun !== undefined && !this.goesOn(this.begun, read)) {
      this.begun = undefined;
      read = this.read(whole);
    }
    if (!read.isLocal && this.start > 0) {
      // A definition means something for the whole text.
      this.forget();
      read = this.read(whole);
    }
    const { tokens, notes, length, isLocal } = read;
    const { start } = this;
    const fresh = this.grouped(tokens, length);
    if (isLocal) this.divide(fresh);
    const segments = this.signed([...this.settled, ...fresh], { links: tokens.links, notes });
    if (isLocal) this.settle(whole, fresh);
    return isGrowing && whole === given ? withFence(segments, { last: fresh.at(-1), length: start + length }) : segments;
  }

  /** Where what is not settled begins. */
  private get start(): number {
    return this.settledText.length + (this.begun?.raw.length ?? 0);
  }

  /** What is not settled, read as Markdown. */
  private read(whole: string): Read {
    const prefix = this.begun?.prefix ?? "";
    const rest = prefix + whole.slice(this.start);
    const text = this.isGrowing ? closed(rest, this.options) : rest;
    const tokens = this.lex(text);
    const notes = this.notesOf(tokens);
    return { tokens, notes, length: text.length - prefix.length, isLocal: notes.isEmpty && Object.keys(tokens.links).length === 0 };
  }

  /** The blocks of a text; one of plain text if it is nested so deep that reading it fails. */
  private lex(text: string): TokensList {
    try {
      return this.marked.lexer(text);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const paragraph = { type: "text", raw: text, text, escaped: false };
      return Object.assign([paragraph], { links: {} });
    }
  }

  private forget(): void {
    this.settled = [];
    this.settledText = "";
    this.begun = undefined;
  }

  private notesOf(tokens: TokensList): Notes {
    const notes = new Notes(this.prefix);
    this.marked.walkTokens(tokens, (token) => notes.define(token));
    return notes;
  }

  /** Whether the text goes on with what is begun, and with parts like those before. */
  private goesOn(begun: Begun, { tokens }: Read): boolean {
    const [block] = tokens;
    return block !== undefined && begun.goesOn(block) && partsOf(block, this.drawing, true) !== undefined;
  }

  /** Finds the parts of lists and tables. */
  private divide(fresh: readonly Group[]): void {
    for (const [index, group] of fresh.entries()) {
      const { block } = group;
      if (block === undefined) continue;
      if (index === 0) group.begun = this.begun;
      group.parts = partsOf(block, this.drawing, group.begun !== undefined);
    }
  }

  /** Keep the groups that end at a blank line and have enough blocks behind them, and parts that have more behind them. */
  private settle(text: string, fresh: readonly Group[]): void {
    const { start } = this;
    let length = start;
    let kept = { count: 0, length };
    const following = blocksAfter(fresh);
    let isOpen = false;
    for (const [index, group] of fresh.entries()) {
      length += group.raw.length;
      isOpen ||= OPEN_TITLE.test(group.raw);
      if (!isOpen && group.isParted && group.isClosed && (following[index] ?? 0) >= UNSETTLED) kept = { count: index + 1, length };
    }
    const last = fresh.at(-1);
    const isLong = !isOpen && last?.parts !== undefined && last.parts.length > UNSETTLED_PARTS && this.isSafe(fresh);
    if (isLong) kept = { count: fresh.length - 1, length: length - last.raw.length };
    const raw = fresh.slice(0, kept.count).reduce((sum, group) => sum + group.raw, "");
    // The lexer gives a text back in pieces; should it ever not, nothing is kept.
    if (!text.startsWith(raw, start)) return;
    if (kept.count > 0) {
      this.settled = [...this.settled, ...fresh.slice(0, kept.count)];
      this.settledText = text.slice(0, kept.length);
      this.begun = undefined;
    }
    if (isLong) this.begin(text, last);
  }

  /** Whether nothing that comes could make one block of the last one and those right before it. */
  private isSafe(fresh: readonly Group[]): boolean {
    const last = fresh.at(-1);
    if (last === undefined || last.begun !== undefined) return last !== undefined;
    const spans = (text: string): boolean => this.options.delimiters.some(({ left }) => text.includes(left));
    const parted = fresh.slice(0, -1).findLastIndex((group) => group.isParted);
    const before = fresh.slice(parted + 1, -1);
    return !spans(last.raw.slice(0, last.raw.indexOf("\n"))) && before.every((group) => group.isClosed && !spans(group.raw));
  }

  /** Settle the first parts of a list or a table at the end of the text. */
  private begin(text: string, group: Group): void {
    const { block, parts = [] } = group;
    if (block?.type !== "list" && block?.type !== "table") return;
    const begun = group.begun ?? new Begun(block as Tokens.List | Tokens.Table, this.drawing);
    const before = group.begun === undefined ? 0 : begun.raw.length;
    if (!begun.take(parts.slice(0, -UNSETTLED_PARTS), block.type === "list" && (block as Tokens.List).loose)) return;
    const isThere = text.startsWith(begun.raw.slice(before), this.settledText.length + before);
    this.begun = isThere ? begun : undefined;
  }

  private grouped(tokens: readonly Token[], length: number): Group[] {
    const groups: Group[] = [];
    const open: string[] = [];
    let isOpen = false;
    for (const token of tokens) {
      const last = groups.at(-1);
      const joins = isOpen || token.type === "space" || token.type === "def";
      if (joins && last !== undefined) last.add(token);
      else groups.push(new Group(token));
      if (token.type === "html") balance((token as Tokens.HTML).text, open, this.options.sanitize);
      isOpen = open.length > 0;
    }
    const last = groups.at(-1);
    if (last !== undefined) last.isClosed = !isOpen;
    // Only so that an empty text has no group.
    return length === 0 ? [] : groups;
  }

  private signed(groups: readonly Group[], { links, notes }: { links: TokensList["links"]; notes: Notes }): Segment[] {
    const defined = Object.keys(links).length > 0 ? JSON.stringify(links) : "";
    const taken = new Map<string, number>();
    const segments = groups.map((group): Segment => {
      if (group.segment !== undefined) return group.segment;
      const { block, begun, parts } = group;
      if (block !== undefined && parts !== undefined) {
        const shell = begun?.shell ?? shellOf(block as Tokens.List | Tokens.Table, this.drawing);
        return (group.segment = new Divided(shell, [...(begun?.parts ?? []), ...parts]));
      }
      const ids = this.options.headerLinks ? this.idsOf(group, taken) : [];
      const numbers = notes.isEmpty ? [] : this.numbersOf(group, notes);
      const isAwaited = this.isGrowing && group.raw.includes("[^");
      const signature = [group.raw, ids.join(" "), numbers.join(" "), group.raw.includes("[") ? defined : "", isAwaited ? "growing" : ""];
      return {
        signature: signature.filter(Boolean).join("\0"),
        html: () => {
          this.ids = [...ids];
          return this.marked.parser([...group.tokens]);
        },
      };
    });
    const section = notes.isEmpty ? "" : notes.section((tokens) => this.inline(tokens), this.words);
    if (section) segments.push({ signature: section, html: () => section });
    return segments;
  }

  private inline(tokens: Token[]): string {
    const paragraph = { type: "text", raw: "", text: "", tokens } as Token;
    return this.marked.parser([paragraph]).replace(/^<p>|<\/p>\n?$/g, "");
  }

  private idsOf(group: Group, taken: Map<string, number>): string[] {
    group.slugs ??= this.slugsOf(group);
    return group.slugs.map((slug) => {
      const count = taken.get(slug) ?? 0;
      taken.set(slug, count + 1);
      return count === 0 ? slug : `${slug}-${count}`;
    });
  }

  private slugsOf(group: Group): string[] {
    const slugs: string[] = [];
    this.marked.walkTokens([...group.tokens], (token) => {
      if (token.type === "heading") slugs.push(slug((token as Tokens.Heading).tokens));
    });
    return slugs;
  }

  private numbersOf(group: Group, notes: Notes): number[] {
    const numbers: number[] = [];
    this.marked.walkTokens(
      group.tokens.filter(({ type }) => type !== "noteDefinition"),
      (token) => {
        const number = notes.number(token);
        if (number > 0) numbers.push(number);
      },
    );
    return numbers;
  }
}

/** What stands behind the settled part of a text. */
interface Read {
  readonly tokens: TokensList;
  readonly notes: Notes;
  /** Of the text that was read. */
  readonly length: number;
  /** Whether it means nothing for the rest of the text. */
  readonly isLocal: boolean;
}

/** Tokens that are drawn together, with the blank lines behind them. */
class Group {
  readonly tokens: Token[];
  raw: string;
  /** Whether the HTML elements that it opens are closed. */
  isClosed = true;
  slugs: string[] | undefined;
  /** Of a list or a table: what was settled of it, and what came behind that. */
  begun: Begun | undefined;
  parts: Part[] | undefined;
  segment: Segment | undefined;

  constructor(token: Token) {
    this.tokens = [token];
    this.raw = token.raw;
  }

  add(token: Token): void {
    this.tokens.push(token);
    this.raw += token.raw;
  }

  get blocks(): number {
    return this.tokens.filter(({ type }) => type !== "space").length;
  }

  /** Its block, if there is only one. */
  get block(): Token | undefined {
    return this.blocks === 1 ? this.tokens.find(({ type }) => type !== "space") : undefined;
  }

  get isParted(): boolean {
    return /\n[ \t]*\n$/.test(this.raw);
  }
}

/** For each group, how many blocks stand behind it. */
function blocksAfter(groups: readonly Group[]): number[] {
  let sum = 0;
  return groups
    .toReversed()
    .map((group) => {
      const after = sum;
      sum += group.blocks;
      return after;
    })
    .toReversed();
}

/** The segments, of which the last one says if it is code that goes on. */
function withFence(segments: Segment[], { last, length }: { last: Group | undefined; length: number }): Segment[] {
  const token = last?.tokens.length === 1 ? last.tokens[0] : undefined;
  const segment = segments.at(-1);
  if (token?.type !== "code" || segment === undefined) return segments;
  const sign = /^(?:`{3,}|~{3,})/.exec(token.raw)?.[0];
  const line = token.raw.indexOf("\n") + 1;
  if (sign === undefined || line === 0 || isFenceClosed(token.raw)) return segments;
  return [...segments.slice(0, -1), { ...segment, fence: { sign, start: length - token.raw.length + line } }];
}

function writtenExtension(isWritten: IsWritten): TokenizerAndRendererExtension {
  return {
    name: "writtenTag",
    level: "inline",
    tokenizer(source) {
      const raw = writtenAt(source, isWritten);
      return raw === "" ? undefined : { type: "writtenTag", raw, text: raw };
    },
    renderer: ({ raw }) => escaped(raw),
  };
}

/** A fence that is not closed yet is marked: colouring it again with each word would be for nothing. */
function drawCode({ text, lang, raw, codeBlockStyle }: Tokens.Code): string {
  const language = languageOf(lang ?? "");
  const isOpen = codeBlockStyle !== "indented" && !isFenceClosed(raw);
  const name = language === "" ? "" : ` class="language-${escaped(language)}"`;
  return `<pre><code${name}${isOpen ? " data-open" : ""}>${escaped(text)}\n</code></pre>\n`;
}

/** The first word behind a fence, without the decoration that some tools put there: `{.python}`, `python:app.py`. */
function languageOf(info: string): string {
  return /^\{?\.?([^\s:,{}]+)/.exec(info.trim())?.[1]?.toLowerCase() ?? "";
}

function isFenceClosed(raw: string): boolean {
  const opening = /^ {0,3}(`{3,}|~{3,})/.exec(raw)?.[1] ?? "";
  const [first, ...others] = raw.trimEnd().split("\n");
  const last = others.at(-1)?.trim() ?? "";
  return first !== undefined && last.length >= opening.length && last === (opening[0] ?? " ").repeat(last.length);
}

/** A heading's text as part of an id; letters of every language stay. */
function slug(tokens: readonly Token[]): string {
  const words = plain(tokens)
    .toLowerCase()
    .trim()
    .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, "")
    .replace(/\s+/g, "-");
  return `h-${words}`;
}

function plain(tokens: readonly Token[]): string {
  return tokens
    .map((token) => {
      if ("tokens" in token && Array.isArray(token.tokens)) return plain(token.tokens as Token[]);
      if (token.type === "html") return "";
      return "text" in token ? String(token.text) : "";
    })
    .join("");
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");
}
