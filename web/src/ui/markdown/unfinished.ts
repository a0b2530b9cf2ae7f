/**
 * Markdown that breaks off in the middle, as a reader should see it: what began is closed, what is only half a sign waits.
 *
 * Text shown once never goes away again when more comes. What is given back begins as the text did; only its last block
 * differs. Reads text, draws nothing.
 */

import { writtenAt, type IsWritten } from "./html";
import { formulaAt, type Delimiter } from "./math";

/** Marks of quotations and lists that a line begins with. */
const MARKS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)))*[ \t]*/;
const LIST_MARK = /(?:[-*+]|\d{1,9}[.)])[ \t]/;
/** A last line that more characters could turn into something else: a bullet, a rule, an underline, a heading. */
const HALF_LINE = /^(?:[ \t>]*(?:[-*+]|\d{1,9}[.)]?|#{1,6}|[-_=*\s]+|`{1,2}|~{1,2}|\||\[[^\]\n]+\]:[^\n]*|\[\^[^\]\n]*\]?)?[ \t]*)$/;
const HALF_TASK = /^\[(?:[ xX]?\]?)[ \t]*$/;
const HALF_TAG = /<(?:[/!?a-z][^<>]{0,300})?$/i;
const HALF_ENTITY = /&#?\w{0,10}$/;
/** Longest formula that is waited for without a line of its own, in characters: `$` is also a sign for money. */
const PATIENCE = 200;

/** The text as it should be drawn while more of it comes. */
export function closed(text: string, { delimiters, isWritten }: { delimiters: readonly Delimiter[]; isWritten?: IsWritten | undefined }): string {
  const { start, fence } = lastBlock(text);
  if (fence !== "") return withoutHalfFence(text, fence);
  const before = text.slice(0, start);
  const block = text.slice(start);
  // What is indented is code, unless it belongs to a list.
  if (/^(?: {4}|\t)/.test(block) && !/^[ \t>]*(?:[-*+]|\d{1,9}[.)])[ \t]/m.test(before)) return text;
  const isText = isWritten !== undefined && writtenAt(block.trimStart(), isWritten) !== "";
  if (/^ {0,3}<[/!?a-z]/i.test(block) && !isText) return before + block.replace(HALF_TAG, "");
  return before + table(inlineClosed(withoutHalfLine(block), delimiters));
}

interface Block {
  /** Where it begins. */
  start: number;
  /** The fence of code that it is within, or "". */
  fence: string;
}

function lastBlock(text: string): Block {
  let fence = "";
  let start = 0;
  let at = 0;
  for (const line of text.split("\n")) {
    const end = at + line.length + 1;
    const bare = line.replace(MARKS, "");
    if (fence !== "") {
      const closing = /^(?:`+|~+)/.exec(bare)?.[0] ?? "";
      if (closing.startsWith(fence) && bare.trim() === closing) {
        fence = "";
        start = end;
      }
    } else {
      fence = /^(?:`{3,}(?=[^`]*$)|~{3,})/.exec(bare)?.[0] ?? "";
      if (line.trim() === "" && end <= text.length) start = end;
    }
    at = end;
  }
  return { start: Math.min(start, text.length), fence };
}

/** Code without a last line that could become the end of its fence. */
export function withoutHalfFence(text: string, fence: string): string {
  const at = text.lastIndexOf("\n") + 1;
  const line = text.slice(at).replace(/^[ \t>]*/, "");
  return line !== "" && fence.startsWith(line) && line.length < fence.length ? text.slice(0, at) : text;
}

function withoutHalfLine(block: string): string {
  const at = block.lastIndexOf("\n") + 1;
  const line = block.slice(at);
  const bare = line.replace(MARKS, "");
  if (HALF_LINE.test(line) || bare === "" || HALF_LINE.test(bare)) return block.slice(0, at);
  if (HALF_TASK.test(bare) && bare !== line) return block.slice(0, at) + line.slice(0, line.length - bare.length).trimEnd();
  return block;
}

/** A table whose second line is not complete: its head waits for its end, then it stands there with a line made up. */
function table(block: string): string {
  const lines = block.trimEnd().split("\n");
  const head = lines.findIndex((line) => line.replace(MARKS, "").startsWith("|"));
  if (head === -1) return block;
  const isHalf = lines.length - head === 2 && !block.endsWith("\n") && /^[ \t|:>-]*$/.test(lines[head + 1] ?? "");
  if (isHalf) return table(`${lines.slice(0, -1).join("\n")}\n`);
  if (lines.length - head > 1) return block;
  const line = lines[head] ?? "";
  const cells = line.replace(MARKS, "").replace(/\\\|/g, "").trim();
  const above = lines.slice(0, head).join("\n");
  if (cells.length < 2 || !cells.endsWith("|") || !block.endsWith("\n")) return above === "" ? "" : `${above}\n`;
  const indent = " ".repeat(line.length - line.replace(MARKS, "").length);
  const quote = /^[ \t]*>/.test(line) ? (/^[ \t>]*/.exec(line)?.[0] ?? "") : indent;
  return `${block}${quote}|${"---|".repeat(cells.split("|").length - 2)}\n`;
}

function inlineClosed(block: string, delimiters: readonly Delimiter[]): string {
  return new Inline(block, delimiters).closed();
}

interface Opened {
  sign: string;
  /** Where in what is drawn it stands. */
  at: number;
}

/** Reads one block once, from its start to its end. */
class Inline {
  /** What is drawn so far. */
  private drawn = "";
  private at = 0;
  private open: Opened[] = [];

  constructor(
    private readonly source: string,
    private readonly delimiters: readonly Delimiter[],
  ) {}

  closed(): string {
    while (this.at < this.source.length) this.step();
    return this.end(this.drawn);
  }

  private end(drawn: string): string {
    const isInTag = HALF_TAG.exec(drawn);
    const text = drawn.slice(0, isInTag?.index).replace(HALF_ENTITY, "").replace(/!$/, "");
    const body = text.trimEnd();
    const rest = text.slice(body.length);
    let closers = "";
    let shown = body;
    for (const { sign, at } of this.open.toReversed()) {
      if (sign === "[") {
        shown = shown.slice(0, at) + shown.slice(at + 1);
      } else if (at + sign.length >= shown.length) {
        shown = shown.slice(0, at);
      } else {
        closers += sign;
      }
    }
    return shown + closers + rest;
  }

  private step(): void {
    const { source, at } = this;
    if (at === 0 || source[at - 1] === "\n") this.line();
    if (this.at >= source.length) return;
    const character = source[this.at] ?? "";
    if (this.formula()) return;
    if (character === "\\") this.take(this.at + 1 < source.length ? 2 : 0, 1);
    else if (character === "`") this.code();
    else if (character === "*" || character === "_" || character === "~") this.emphasis(character);
    else if (character === "[" || (character === "!" && source[this.at + 1] === "[")) this.bracket(character);
    else if (character === "]") this.label();
    else this.take(1);
  }

  /** Copies so many characters, and goes on behind them or `skip` of them. */
  private take(count: number, skip = count): void {
    this.drawn += this.source.slice(this.at, this.at + count);
    this.at += Math.max(count, skip);
  }

  /** Nothing is drawn of what is left. */
  private hold(): void {
    this.at = this.source.length;
  }

  private line(): void {
    const end = this.source.indexOf("\n", this.at);
    const line = this.source.slice(this.at, end === -1 ? undefined : end);
    const marks = MARKS.exec(line)?.[0] ?? "";
    // What a new item, heading or row begins does not go on with what was open before.
    if (LIST_MARK.test(marks) || /^(?:#{1,6}[ \t]|\|)/.test(line.slice(marks.length))) this.open = [];
    this.take(marks.length);
  }

  private formula(): boolean {
    const rest = this.source.slice(this.at, this.at + 6_000);
    const delimiter = this.delimiters.find(({ left }) => rest.startsWith(left));
    const isHalf = this.at + 1 === this.source.length && this.delimiters.some(({ left }) => left.startsWith(rest));
    if (isHalf) this.hold();
    if (delimiter === undefined || isHalf) return isHalf;
    const formula = formulaAt(rest, this.delimiters);
    if (formula !== null) {
      this.take(formula.raw.length);
      return true;
    }
    const isMoney = delimiter.left === "$" && (!/^\$[^\s\d$]/.test(rest) || rest.length > PATIENCE || rest.includes("\n"));
    if (isMoney || rest.length > 5_000) return false;
    this.hold();
    return true;
  }

  private code(): void {
    const rest = this.source.slice(this.at);
    const sign = /^`+/.exec(rest)?.[0] ?? "";
    const end = closingTicks(rest, sign.length);
    if (end !== -1) {
      this.take(end);
      return;
    }
    const content = rest.slice(sign.length).replace(/`+$/, "");
    if (/^(?:\s*)$/.test(content)) {
      this.hold();
      return;
    }
    this.drawn += sign + content.trimEnd() + sign;
    this.hold();
  }

  private emphasis(character: string): void {
    const { source, at } = this;
    let end = at;
    while (source[end] === character) end++;
    const sign = source.slice(at, end);
    const before = source[at - 1] ?? " ";
    const after = source[end];
    const isWord = /[\p{L}\p{N}]/u.test(before);
    const opened = /\s/.test(before) ? -1 : this.open.findLastIndex(({ sign: other }) => other.startsWith(character));
    if (opened >= 0 && this.close(opened, sign, after)) return;
    if (after === undefined) {
      this.hold();
      return;
    }
    const isSingle = sign.length === 1;
    const opens = !/\s/.test(after) && !(isWord && (character === "_" || isSingle)) && sign.length <= (character === "~" ? 2 : 3);
    if (opens && !(character === "~" && isSingle)) this.open.push({ sign, at: this.drawn.length });
    this.take(sign.length);
  }

  /** Whether the signs end what the ones at `index` began. */
  private close(index: number, sign: string, after: string | undefined): boolean {
    const opened = this.open[index];
    if (opened === undefined) return false;
    if (after !== undefined && sign[0] === "_" && /[\p{L}\p{N}]/u.test(after)) return false;
    if (sign.length < opened.sign.length && after === undefined) {
      this.hold();
      return true;
    }
    if (sign.length > opened.sign.length && after === undefined && index === 0) {
      this.drawn += opened.sign;
      this.open.length = 0;
      this.hold();
      return true;
    }
    this.open.length = index;
    const left = opened.sign.slice(sign.length);
    if (left !== "") this.open.push({ sign: left, at: opened.at });
    this.take(sign.length);
    return true;
  }

  private bracket(character: string): void {
    const rest = this.source.slice(this.at);
    const isNote = rest.startsWith("[^");
    if (character === "!" || isNote) {
      const whole = isNote ? /^\[\^[^\]\s]*\]/.exec(rest) : /^!\[[^\]]*\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\]|(?=[^([]))/.exec(rest);
      if (whole !== null) this.take(whole[0].length);
      else if (rest === "[^" || rest.length < 400 || rest.length < 3_000 && /\]\([^)\s]*$/.test(rest)) this.hold();
      else this.take(1);
      return;
    }
    if (this.at + 1 === this.source.length) {
      this.hold();
      return;
    }
    this.open.push({ sign: "[", at: this.drawn.length });
    this.take(1);
  }

  private label(): void {
    const index = this.open.findLastIndex(({ sign }) => sign === "[");
    const opened = this.open[index];
    if (opened === undefined) {
      this.take(1);
      return;
    }
    const rest = this.source.slice(this.at + 1);
    const target = /^(?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[[^\]\n]*\])/.exec(rest);
    const isHalf = target === null && (rest === "" || (/^[([][^\n]*$/.test(rest) && rest.length < 3_000));
    if (isHalf) {
      this.hold();
      return;
    }
    this.open.splice(index, 1);
    this.take(1 + (target?.[0].length ?? 0));
  }
}

/** Where code that begins with so many backticks ends; -1 if it does not. */
function closingTicks(rest: string, count: number): number {
  for (const run of rest.matchAll(/`+/g)) {
    if (run.index > 0 && run[0].length === count) return run.index + count;
  }
  return -1;
}
