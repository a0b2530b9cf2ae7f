/** What Handlebars' expressions mean: paths, `if`, `unless`, `each`, `with` and `lookup`. Parses no templates. */

/** Where an expression stands. */
export interface Context {
  /** What `this` is. */
  data: unknown;
  parent: Context | null;
  /** `@index` and the like, and names given with `as |name|`. */
  names: Readonly<Record<string, unknown>>;
}

type Part = (context: Context) => string;

export interface Helpers {
  text(context: Context, expression: string): string;
  raw(context: Context, expression: string): string;
  blocks: Readonly<Record<string, BlockHelper>>;
}

/** The parts are the body and what stands behind `else`. */
type BlockHelper = (context: Context, expression: string, parts: readonly [Part, Part?]) => string;

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
  "`": "&#x60;",
  "=": "&#x3D;",
};

export const helpers: Helpers = {
  text: (context, expression) => shown(evaluate(context, expression)).replace(/[&<>"'`=]/g, (c) => ESCAPES[c] ?? c),
  raw: (context, expression) => shown(evaluate(context, expression)),
  blocks: {
    if: (context, expression, [body, otherwise]) =>
      (isTrue(evaluate(context, expression)) ? body : otherwise)?.(context) ?? "",
    unless: (context, expression, [body, otherwise]) =>
      (isTrue(evaluate(context, expression)) ? otherwise : body)?.(context) ?? "",
    with(context, expression, [body, otherwise]) {
      const [path, [name]] = parameters(expression);
      const data = evaluate(context, path);
      if (!isTrue(data)) return otherwise?.(context) ?? "";
      return body({ data, parent: context, names: { ...context.names, ...named([[name, data]]) } });
    },
    each(context, expression, [body, otherwise]) {
      const [path, [item, key]] = parameters(expression);
      const list = entries(evaluate(context, path));
      if (list.length === 0) return otherwise?.(context) ?? "";
      return list
        .map(([index, data], at) => {
          const place = { "@index": at, "@key": index, "@first": at === 0, "@last": at === list.length - 1 };
          const names = { ...context.names, ...place, ...named([[item, data], [key, index]]) };
          return body({ data, parent: context, names });
        })
        .join("");
    },
  },
};

/** `value as |item key|` as the path and the names. */
function parameters(expression: string): [string, string[]] {
  const match = /^([^]*?)\s+as\s+\|\s*([^|]*?)\s*\|\s*$/.exec(expression);
  return match === null ? [expression, []] : [match[1] ?? "", (match[2] ?? "").split(/\s+/)];
}

function named(pairs: readonly [string | undefined, unknown][]): Record<string, unknown> {
  return Object.fromEntries(pairs.filter(([name]) => name !== undefined));
}

function entries(data: unknown): [string | number, unknown][] {
  if (Array.isArray(data)) return data.map((item, index) => [index, item]);
  return typeof data === "object" && data !== null ? Object.entries(data) : [];
}

function evaluate(context: Context, expression: string): unknown {
  const words = expression.trim().match(/"[^"]*"|'[^']*'|[^\s]+/g) ?? [];
  const [first = "", object, key] = words;
  if (first === "lookup" && object !== undefined && key !== undefined) {
    return member(value(context, object), String(value(context, key)));
  }
  if (words.length > 1) throw new SyntaxError(`{{${expression}}} calls '${first}', which is not known`);
  return value(context, first);
}

function value(context: Context, word: string): unknown {
  if (/^(["']).*\1$/.test(word)) return word.slice(1, -1);
  if (/^-?\d+(?:\.\d+)?$/.test(word)) return Number(word);
  if (word === "true" || word === "false") return word === "true";
  return path(context, word);
}

function path(context: Context, word: string): unknown {
  let place = context;
  let rest = word;
  while (rest.startsWith("../")) {
    place = place.parent ?? place;
    rest = rest.slice(3);
  }
  const [first = "", ...others] = rest.replace(/^\.\//, "this.").split(/[./]/).filter(Boolean);
  return others.reduce(member, start(place, first));
}

function start(place: Context, name: string): unknown {
  if (name === "" || name === "this") return place.data;
  if (name === "@root") return root(place).data;
  return Object.hasOwn(place.names, name) ? place.names[name] : member(place.data, name);
}

function root(place: Context): Context {
  return place.parent === null ? place : root(place.parent);
}

/** Own members only: a template must not reach constructors. */
function member(data: unknown, name: string): unknown {
  if (typeof data === "string") return name === "length" ? data.length : undefined;
  if (typeof data !== "object" || data === null || !Object.hasOwn(data, name)) return undefined;
  return (data as Record<string, unknown>)[name];
}

function isTrue(data: unknown): boolean {
  return Array.isArray(data) ? data.length > 0 : Boolean(data);
}

function shown(data: unknown): string {
  return data === null || data === undefined ? "" : String(data);
}
