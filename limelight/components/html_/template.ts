/**
 * An author's template as a function of its values: a JavaScript template, with Handlebars' expressions in it.
 *
 * Both are compiled into one template literal, so that a value never becomes code: what stands in it is text.
 */

import { helpers, type Context, type Helpers } from "./handlebars";

export type Values = Readonly<Record<string, unknown>>;

type Compiled = (h: Helpers, c: Context, ...values: unknown[]) => string;

const compiled = new Map<string, Compiled>();
const REMEMBERED = 500;

/** The template with its values filled in. Throws what the template throws. */
export function filled(template: string, values: Values): string {
  const names = Object.keys(values).filter(isName);
  const key = [template, ...names].join("\0");
  let make = compiled.get(key);
  if (make === undefined) {
    make = compile(template, names);
    if (compiled.size >= REMEMBERED) compiled.clear();
    compiled.set(key, make);
  }
  // A value that is not there shows nothing; scripts and conditions see null.
  const given = names.map((name) => (name === "value" ? (values[name] ?? "") : values[name]));
  return make(helpers, { data: values, parent: null, names: {} }, ...given);
}

function compile(template: string, names: readonly string[]): Compiled {
  // The template is the author's own code.
  return new Function("__h", "__c", ...names, `return \`${new Translator(template).literal()}\`;`) as Compiled;
}

const RESERVED = new Set(
  (
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null package private protected " +
    "public return static super switch this throw true try typeof var void while with yield"
  ).split(" "),
);

function isName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !RESERVED.has(name) && !/^__[hc]$/.test(name);
}

/** `text` is outside of `${}` or in a template literal of the author's; `code` is inside of `${}`. */
interface Mode {
  kind: "text" | "code";
  /** Braces open in code. */
  depth: number;
}

/** An open Handlebars block, and the `else if` blocks that end with it. */
interface Block {
  name: string;
  chained: number;
}

/** Rewrites a template as the inside of a JavaScript template literal. */
class Translator {
  private at = 0;
  private out = "";
  private readonly modes: Mode[] = [{ kind: "text", depth: 0 }];
  private readonly blocks: Block[] = [];

  constructor(private readonly source: string) {}

  literal(): string {
    while (this.at < this.source.length) {
      if (this.mode.kind === "text") this.text();
      else this.code();
    }
    const open = this.blocks.at(-1);
    if (open !== undefined) throw new SyntaxError(`{{#${open.name}}} is not closed`);
    return this.out;
  }

  private get mode(): Mode {
    return this.modes.at(-1) ?? { kind: "text", depth: 0 };
  }

  private get isOutside(): boolean {
    return this.modes.length === 1;
  }

  private starts(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  /** Copies up to a place. */
  private copy(end: number): void {
    this.out += this.source.slice(this.at, end);
    this.at = end;
  }

  private text(): void {
    if (this.starts("${")) {
      this.copy(this.at + 2);
      this.modes.push({ kind: "code", depth: 0 });
    } else if (this.starts("{{")) this.mustache();
    else if (this.starts("\\")) this.backslash();
    else if (this.starts("`")) {
      if (this.isOutside) this.out += "\\";
      else this.modes.pop();
      this.copy(this.at + 1);
    } else this.copy(this.at + 1);
  }

  /** Escapes that JavaScript knows stay; others are backslashes, as CSS and regular expressions need them. */
  private backslash(): void {
    const isEscape = !this.isOutside || /[`$\\{nrtux'"\n]/.test(this.source[this.at + 1] ?? "");
    if (!isEscape) this.out += "\\";
    this.copy(this.at + (isEscape ? 2 : 1));
  }

  private code(): void {
    const character = this.source[this.at] ?? "";
    if (character === '"' || character === "'") this.copy(this.endOf(/(["'])(?:\\[^]|(?!\1)[^\\])*\1/y));
    else if (this.starts("//")) this.copy(this.endOf(/\/\/[^\n]*/y));
    else if (this.starts("/*")) this.copy(this.endOf(/\/\*[^]*?\*\//y));
    else if (character === "`") {
      this.copy(this.at + 1);
      this.modes.push({ kind: "text", depth: 0 });
    } else {
      if (character === "{") this.mode.depth++;
      else if (character === "}" && this.mode.depth-- === 0) this.modes.pop();
      this.copy(this.at + 1);
    }
  }

  private endOf(pattern: RegExp): number {
    pattern.lastIndex = this.at;
    return pattern.test(this.source) ? pattern.lastIndex : this.at + 1;
  }

  private mustache(): void {
    const pattern = /\{\{(?:!--[^]*?--\}\}|(\{)\s*~?([^{}]*?)~?\s*\}\}\}|~?([^{}]*?)~?\}\})/y;
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.source);
    if (match === null) {
      this.copy(this.at + 2);
      return;
    }
    this.at = pattern.lastIndex;
    if (match[1] !== undefined) this.print("raw", match[2] ?? "");
    else this.expression((match[3] ?? "").trim());
  }

  private expression(text: string): void {
    if (text === "" || text.startsWith("!")) return;
    if (text.startsWith("&")) this.print("raw", text.slice(1));
    else if (text.startsWith("#")) this.open(text.slice(1).trim());
    else if (text.startsWith("/")) this.close(text.slice(1).trim());
    else if (text === "else" || text === "^") this.out += "`,(__c)=>`";
    else if (/^else\s/.test(text)) {
      const block = this.blocks.at(-1);
      if (block === undefined) throw new SyntaxError("{{else}} stands outside of a block");
      this.out += "`,(__c)=>`";
      block.chained++;
      this.call(text.slice(4).trim());
    } else this.print("text", text);
  }

  private print(how: "text" | "raw", expression: string): void {
    this.out += `\${__h.${how}(__c,${JSON.stringify(expression.trim())})}`;
  }

  private open(text: string): void {
    this.blocks.push({ name: /^\S*/.exec(text)?.[0] ?? "", chained: 0 });
    this.call(text);
  }

  private call(text: string): void {
    const [, name = "", rest = ""] = /^(\S+)\s*([^]*)$/.exec(text) ?? [];
    if (!Object.hasOwn(helpers.blocks, name)) throw new SyntaxError(`{{#${name}}} is not known`);
    this.out += `\${__h.blocks.${name}(__c,${JSON.stringify(rest)},[(__c)=>\``;
  }

  private close(name: string): void {
    const block = this.blocks.pop();
    if (block?.name !== name) throw new SyntaxError(`{{/${name}}} closes nothing`);
    this.out += "`])}".repeat(block.chained + 1);
  }
}
