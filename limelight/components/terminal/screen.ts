/**
 * What a terminal shows for a text with escape sequences: lines with their styles. Draws nothing.
 *
 * Takes the text piece by piece, in time that grows with the piece; a sequence may be cut in two between pieces.
 * Understands what progress bars and coloured logs use, and swallows every other sequence.
 */

import { PLAIN, restyle, withLink, type Style } from "./style";

/** Text in one style. */
export interface Run {
  text: string;
  readonly style: Style;
}

/** Lines that the cursor can go back to, from the last. */
const WINDOW = 200;
/** A longer line goes on in the next. */
export const MAX_COLUMNS = 20_000;
/** How far a sequence moves the cursor beyond the end of a line. */
const MAX_MOVE = 512;
/** Of a sequence that has not ended yet; what is longer is swallowed unread. */
const MAX_PENDING = 4096;
/** Lines too many that are kept, so that not each new one moves all others. */
const SLACK = 1024;

/* eslint-disable no-control-regex -- control characters are what it is about */
const TEXT = /[^\x00-\x1f\x7f-\x9f]+/y;
const CSI = /\x1b\[([0-?]*)[ -/]*([@-~])?/y;
const STRING = /\x1b([\]PX^_])([^\x07\x1b\n\x9c]*)(\x07|\x9c|\x1b\\)?/y;
const SHORT = /\x1b[ -/]*([0-~])?/y;
/* eslint-enable no-control-regex */
const SURROGATE = /[\ud800-\udfff]/;

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

const widthOf = (text: string): number => (SURROGATE.test(text) ? [...text].length : text.length);

/** One line. What is only written at its end costs nothing per character. */
export class Line {
  private made: Run[] = [];
  /** Characters with their styles, once something in the middle was written over. */
  private cells: { char: string; style: Style }[] | null = null;
  private width = 0;

  /** When it began, in milliseconds since 1970; 0 if nobody saw it begin. */
  constructor(readonly at: number) {}

  get columns(): number {
    return this.cells?.length ?? this.width;
  }

  get runs(): readonly Run[] {
    if (this.cells === null) return this.made;
    const runs: Run[] = [];
    for (const { char, style } of this.cells) {
      const last = runs.at(-1);
      if (last?.style === style) last.text += char;
      else runs.push({ text: char, style });
    }
    return runs;
  }

  get text(): string {
    return this.runs.map(({ text }) => text).join("");
  }

  write(column: number, text: string, style: Style): void {
    if (this.cells === null && column === this.width) {
      const last = this.made.at(-1);
      if (last?.style === style) last.text += text;
      else this.made.push({ text, style });
      this.width += widthOf(text);
      return;
    }
    const cells = this.unpack();
    while (cells.length < column) cells.push({ char: " ", style: PLAIN });
    let at = column;
    for (const char of text) cells[at++] = { char, style };
  }

  /** Take away what stands at and behind a column. */
  cut(column: number): void {
    if (column === 0) {
      this.made = [];
      this.cells = null;
      this.width = 0;
    } else if (column < this.columns) {
      this.unpack().length = column;
    }
  }

  /** Nobody will write here any more. */
  seal(): void {
    if (this.cells === null) return;
    const { runs, columns } = this;
    this.made = [...runs];
    this.width = columns;
    this.cells = null;
  }

  private unpack(): { char: string; style: Style }[] {
    this.cells ??= this.made.flatMap(({ text, style }) => [...text].map((char) => ({ char, style })));
    return this.cells;
  }
}

export class Screen {
  /** Number of the first line that was changed since `settle` was called; counted from 0, through all that ever were. */
  changed = 0;
  /** How many times everything was taken away. */
  wipes = 0;
  private lines: Line[] = [];
  private dropped = 0;
  private row = 0;
  private column = 0;
  private saved: readonly [number, number] = [0, 0];
  private style = PLAIN;
  private pending = "";
  private now = 0;

  constructor(private readonly most: number) {
    this.wipe();
  }

  /** Number of the first line there is. */
  get first(): number {
    return Math.max(this.dropped, this.end - this.most);
  }

  /** Number of the line behind the last. */
  get end(): number {
    return this.dropped + this.lines.length;
  }

  line(number: number): Line {
    const line = this.lines[number - this.dropped];
    if (line === undefined) throw new RangeError(`There is no line ${number}.`);
    return line;
  }

  /** Everything as plain text. */
  get text(): string {
    return this.lines
      .slice(this.first - this.dropped)
      .map(({ text }) => text)
      .join("\n");
  }

  /** Forget what was changed. */
  settle(): void {
    this.changed = this.end;
  }

  /** Take the next piece. `now` is when it came, 0 if unknown. */
  write(piece: string, now = 0): void {
    const text = this.pending + piece;
    this.pending = "";
    this.now = now;
    for (let at = 0; at < text.length; ) {
      const plain = match(TEXT, text, at);
      if (plain !== null) {
        this.put(plain[0]);
        at += plain[0].length;
      } else if (text[at] === "\x1b") {
        at = this.sequence(text, at);
      } else {
        this.control(text[at] ?? "");
        at += 1;
      }
    }
  }

  private put(text: string): void {
    let rest = text;
    while (rest !== "") {
      const room = MAX_COLUMNS - this.column;
      // A character of two units counts twice here: the line ends a little early, but never inside one.
      const part = rest.length > room ? rest.slice(0, Math.max(2, room)).replace(/[\ud800-\udbff]$/, "") : rest;
      this.touch().write(this.column, part, this.style);
      this.column += widthOf(part);
      rest = rest.slice(part.length);
      if (rest !== "" || this.column >= MAX_COLUMNS) this.feed();
    }
  }

  /** The line of the cursor, which is about to change. */
  private touch(): Line {
    this.changed = Math.min(this.changed, this.row);
    return this.line(this.row);
  }

  /** To the beginning of the next line. */
  private feed(): void {
    this.row += 1;
    this.column = 0;
    if (this.row < this.end) return;
    this.changed = Math.min(this.changed, this.row);
    this.lines.push(new Line(this.now));
    this.lines[this.lines.length - WINDOW - 1]?.seal();
    if (this.lines.length > this.most + SLACK) {
      const surplus = this.lines.length - this.most;
      this.lines.splice(0, surplus);
      this.dropped += surplus;
    }
  }

  private control(char: string): void {
    if (char === "\n" || char === "\v" || char === "\f") this.feed();
    else if (char === "\r") this.column = 0;
    else if (char === "\b") this.column = Math.max(0, this.column - 1);
    else if (char === "\t") this.tab();
  }

  private tab(): void {
    const stop = 8 - (this.column % 8);
    const { columns } = this.line(this.row);
    if (this.column >= columns) this.put(" ".repeat(stop));
    else this.column += stop;
  }

  /** Obey or swallow the sequence at `at`; where it ends. */
  private sequence(text: string, at: number): number {
    const kind = text[at + 1];
    if (kind === "[") {
      const [whole, params = "", final] = match(CSI, text, at) ?? [""];
      if (final === undefined && at + whole.length === text.length) return this.wait(text, at, "");
      if (final !== undefined) this.obey(final, params);
      return at + whole.length;
    }
    const string = match(STRING, text, at);
    if (string !== null) {
      const [whole, , body = "", end] = string;
      const last = at + whole.length;
      const isCut = last === text.length || (last === text.length - 1 && text[last] === "\x1b");
      // An APC, which means nothing, stands for what is too long to be kept.
      if (end === undefined && isCut) return this.wait(text, at, "\x1b_");
      if (end !== undefined && kind === "]") this.command(body);
      return last;
    }
    const [whole, final] = match(SHORT, text, at) ?? ["\x1b"];
    if (final === undefined && at + whole.length === text.length) return this.wait(text, at, "");
    if (final !== undefined && whole.length === 2) this.short(final);
    return at + whole.length;
  }

  /** Keep what has not ended for the next piece. */
  private wait(text: string, at: number, instead: string): number {
    const rest = text.slice(at);
    this.pending = rest.length > MAX_PENDING ? instead : rest;
    return text.length;
  }

  private short(final: string): void {
    if (final === "7") this.saved = [this.row, this.column];
    else if (final === "8") this.move(...this.saved);
    else if (final === "M") this.move(this.row - 1, this.column);
    else if (final === "E") this.feed();
    else if (final === "c") this.wipe();
  }

  /** An operating system command; of these only links are known. */
  private command(body: string): void {
    const link = /^8;[^;]*;(.*)$/.exec(body);
    if (link !== null) this.style = withLink(this.style, link[1] ?? "");
  }

  private move(row: number, column: number): void {
    const top = Math.max(this.first, this.end - WINDOW);
    this.row = Math.min(Math.max(row, top), this.end - 1);
    this.column = Math.min(Math.max(0, column), Math.max(MAX_MOVE, this.line(this.row).columns));
  }

  private obey(final: string, params: string): void {
    if (final === "m") {
      // Others with this letter, such as `>4m`, are no styles.
      if (!/[<-?]/.test(params)) this.style = restyle(this.style, params);
      return;
    }
    const [given = 0, other = 0] = params.split(";", 2).map((number) => Math.trunc(Number(number)) || 0);
    const count = Math.max(1, given);
    if (final === "A") this.move(this.row - count, this.column);
    else if (final === "B") this.move(this.row + count, this.column);
    else if (final === "C") this.move(this.row, this.column + count);
    else if (final === "D") this.move(this.row, this.column - count);
    else if (final === "E") this.move(this.row + count, 0);
    else if (final === "F") this.move(this.row - count, 0);
    else if (final === "G" || final === "`") this.move(this.row, count - 1);
    else if (final === "K") this.eraseLine(given);
    else if (final === "J") this.eraseBelow(given);
    else if (final === "H" || final === "f") {
      this.move(Math.max(this.first, this.end - WINDOW) + count - 1, Math.max(1, other) - 1);
    } else if (final === "s") this.saved = [this.row, this.column];
    else if (final === "u") this.move(...this.saved);
  }

  private eraseLine(what: number): void {
    const line = this.touch();
    if (what === 2) line.cut(0);
    else if (what === 0) line.cut(this.column);
    else line.write(0, " ".repeat(Math.min(this.column + 1, line.columns)), PLAIN);
  }

  private eraseBelow(what: number): void {
    if (what === 2 || what === 3) {
      this.wipe();
    } else if (what === 0) {
      this.touch().cut(this.column);
      this.lines.length = this.row - this.dropped + 1;
    }
  }

  private wipe(): void {
    this.dropped = 0;
    this.lines = [new Line(this.now)];
    this.row = 0;
    this.column = 0;
    this.saved = [0, 0];
    this.changed = 0;
    this.wipes += 1;
  }
}
