/**
 * Lists by item and tables by row: what comes at their end costs the same however long they are.
 *
 * Items and rows with more of them behind stay as they are, but for one thing: a blank line anywhere makes paragraphs
 * of the texts of all items. Makes HTML that is not safe yet; touches no page.
 */

import type { Token, Tokens } from "marked";
import type { Segment } from "./segments";

type Whole = Tokens.List | Tokens.Table;

/** What was read of an item or a row. */
interface Source {
  token: Tokens.ListItem | Tokens.TableCell[];
  raw: string;
}

/** How tokens become HTML. */
export interface Drawing {
  html(tokens: Token[]): string;
  walk(tokens: Token[], see: (token: Token) => void): void;
  isGrowing(): boolean;
  /** Whether headings need ids, which depend on all headings of the text. */
  readonly isNumbered: boolean;
}

/** Tags that cannot end an item or a cell, nor reach beyond it. */
const PHRASING = new Set(
  "a abbr b bdi bdo br cite code data del dfn em i img ins kbd mark q s samp small span strong sub sup time u var wbr".split(" "),
);

/** One item, or one row. */
export class Part implements Segment {
  private readonly final: string;
  private readonly awaited: string | undefined;
  /** Whether the text has tags of its own. */
  readonly hasTags: boolean;

  readonly raw: string;
  private readonly token: Source["token"];

  constructor(
    private readonly whole: Whole,
    { token, raw }: Source,
    private readonly drawing: Drawing,
  ) {
    this.token = token;
    this.raw = raw;
    this.final = this.isLoose ? `${raw}\0loose` : raw;
    this.awaited = raw.includes("[^") ? `${this.final}\0growing` : undefined;
    this.hasTags = raw.includes("<");
  }

  get signature(): string {
    return this.awaited !== undefined && this.drawing.isGrowing() ? this.awaited : this.final;
  }

  /** Whether there is a blank line within it, or behind it. */
  get isParted(): boolean {
    if (Array.isArray(this.token)) return false;
    return /\n[ \t]*\n[ \t]*$/.test(this.raw) || this.token.tokens.some(({ type, raw }) => type === "space" && /\n.*\n/.test(raw));
  }

  /** Whether it is the same wherever it stands. */
  get isContained(): boolean {
    const { drawing } = this;
    let isContained = true;
    drawing.walk(this.tokens, (token) => {
      if (token.type === "html" && !isPhrasing(token.raw)) isContained = false;
      if (token.type === "heading" && drawing.isNumbered) isContained = false;
    });
    return isContained;
  }

  html(): string {
    const { whole, token, drawing } = this;
    if (Array.isArray(token)) {
      const drawn = drawing.html([{ ...(whole as Tokens.Table), header: [], rows: [token] }]);
      return drawn.slice(drawn.indexOf("<tbody>") + "<tbody>".length, drawn.lastIndexOf("</tbody>"));
    }
    const drawn = drawing.html([{ ...(whole as Tokens.List), start: 1, items: [token] }]);
    return drawn.slice("<ul>\n".length, drawn.lastIndexOf("</"));
  }

  private get tokens(): Token[] {
    return Array.isArray(this.token) ? this.token.flatMap(({ tokens }) => tokens) : this.token.tokens;
  }

  private get isLoose(): boolean {
    return !Array.isArray(this.token) && this.token.loose;
  }
}

/** A list or a table, as a segment. */
export class Divided implements Segment {
  readonly signature: string;

  constructor(
    /** Its HTML without the parts. */
    readonly shell: string,
    readonly parts: readonly Part[],
  ) {
    this.signature = `${shell}\0divided`;
  }

  html(): string {
    const end = /<\/[uo]l>\n$|<\/tbody><\/table>\n$/.exec(this.shell)?.index ?? this.shell.length;
    return this.shell.slice(0, end) + this.parts.map((part) => part.html()).join("") + this.shell.slice(end);
  }
}

/** A list or a table without its parts, as HTML. */
export function shellOf(whole: Whole, drawing: Drawing): string {
  if (whole.type === "list") return drawing.html([{ ...whole, items: [] }]);
  return drawing.html([{ ...whole, rows: [] }]).replace(/<\/table>\n$/, "<tbody></tbody></table>\n");
}

/** The parts of a block, if it can be divided; `goesOn` if its head came with others before. */
export function partsOf(block: Token, drawing: Drawing, goesOn: boolean): Part[] | undefined {
  let parts: Part[] = [];
  if (block.type === "list") {
    const list = block as Tokens.List;
    parts = list.items.map((item) => new Part(list, { token: item, raw: item.raw }, drawing));
  } else if (block.type === "table") {
    const table = block as Tokens.Table;
    const lines = table.raw.replace(/\n+$/, "").split("\n").slice(goesOn ? 0 : 2);
    if (lines.length !== table.rows.length) return undefined;
    parts = table.rows.map((row, index) => new Part(table, { token: row, raw: lines[index] ?? "" }, drawing));
  }
  return parts.length > 0 && parts.every((part) => part.isContained) ? parts : undefined;
}

/** The beginning of a list or a table that goes on to the end of the text. */
export class Begun {
  /** The text of it. */
  raw: string;
  readonly parts: Part[] = [];
  readonly shell: string;
  private readonly head: string;
  private isLoose = false;

  constructor(
    readonly whole: Whole,
    drawing: Drawing,
  ) {
    this.shell = shellOf(whole, drawing);
    if (whole.type === "table") {
      this.head = this.raw = `${whole.raw.split("\n", 2).join("\n")}\n`;
    } else {
      const [, bullet = "", sign] = /^ {0,3}([-*+]|\d{1,9}([.)]))/.exec(whole.raw) ?? [];
      // So far to the right that no bullet behind it belongs to an item within.
      this.head = `${sign === undefined ? bullet : `1${sign}`}    x\n`;
      this.raw = "";
    }
  }

  /** What stands before the rest of the text so that it is read as going on with this. */
  get prefix(): string {
    return this.isLoose ? `${this.head}\n` : this.head;
  }

  /** Adds parts behind which there are more. False, and nothing is added, if it is the later ones that part the items. */
  take(parts: readonly Part[], isLoose: boolean): boolean {
    if ((this.isLoose || parts.some((part) => part.isParted)) !== isLoose) return false;
    this.isLoose = isLoose;
    this.raw += parts.map(({ raw }) => (this.whole.type === "table" ? `${raw}\n` : raw)).join("");
    this.parts.push(...parts);
    return true;
  }

  /** Takes the prefix away from what was read with it. False if the rest is something else, or changes what there is. */
  goesOn(block: Token): boolean {
    const { prefix } = this;
    if (block.type !== this.whole.type || !block.raw.startsWith(prefix)) return false;
    if (block.type === "list") {
      const list = block as Tokens.List;
      if (list.items.length < 2 || list.items[0]?.text.trimEnd() !== "x" || list.loose !== this.isLoose) return false;
      list.items.shift();
    }
    block.raw = block.raw.slice(prefix.length);
    return true;
  }
}

function isPhrasing(html: string): boolean {
  return html.split("<").slice(1).every((tag) => PHRASING.has(/^\/?([a-z][\w-]*)/i.exec(tag)?.[1]?.toLowerCase() ?? ""));
}
