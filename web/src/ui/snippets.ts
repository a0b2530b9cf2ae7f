/** Ready-made calls of an endpoint in Python, JavaScript and curl, with values filled in. Text only, no markup. */

import type { ApiEndpoint, ApiParameter, Schema } from "./footer";

export type Language = "python" | "javascript" | "bash";

/** One argument of the call shown. */
export interface Argument {
  name: string;
  /** JSON; files as FileData objects. */
  value: unknown;
}

export interface Call {
  /** Absolute URL of the app. */
  root: string;
  /** With its slash, as "/greet". */
  endpoint: string;
  args: readonly Argument[];
  /** Whether the app asks for a name and password. */
  auth?: boolean;
}

interface FileLike {
  path?: unknown;
  url?: unknown;
  meta: { _type: "gradio.FileData" };
}

// Beyond this the value on the page (a long text, a table) would bury the call; the example stands in for it.
const LONGEST_VALUE = 1_200;

/** Values for a call: what stands on the page, else the default, else the example. */
export function argumentsOf(
  endpoint: ApiEndpoint,
  current: (index: number) => unknown = () => undefined,
): Argument[] {
  return endpoint.parameters.map((parameter, index) => ({
    name: parameter.parameter_name,
    value: firstUsable(parameter, current(index)),
  }));
}

function firstUsable(parameter: ApiParameter, current: unknown): unknown {
  if (current !== undefined && current !== null && current !== "" && fits(current)) return current;
  if (parameter.parameter_has_default && fits(parameter.parameter_default)) {
    return parameter.parameter_default;
  }
  return parameter.example_input ?? null;
}

function fits(value: unknown): boolean {
  try {
    return (JSON.stringify(value)?.length ?? 0) <= LONGEST_VALUE;
  } catch {
    return false;
  }
}

/** Whether a value holds a file anywhere inside. */
export function hasFile(value: unknown): boolean {
  if (isFile(value)) return true;
  if (Array.isArray(value)) return value.some(hasFile);
  return isObject(value) && Object.values(value).some(hasFile);
}

/** The call in one of the languages. */
export function snippet(language: Language, call: Call): string {
  if (language === "python") return pythonSnippet(call);
  return language === "javascript" ? javascriptSnippet(call) : bashSnippet(call);
}

/** How to install the client, or null where none is needed. */
export function installCommand(language: Language): string | null {
  if (language === "python") return "pip install gradio_client";
  return language === "javascript" ? "npm install @gradio/client" : null;
}

// Python

const PYTHON_NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const PYTHON_KEYWORDS = new Set(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from " +
    "global if import in is lambda nonlocal not or pass raise return try while with yield"
  ).split(" "),
);

export function pythonSnippet({ root, endpoint, args, auth = false }: Call): string {
  const files = args.some((arg) => hasFile(arg.value));
  const credentials = auth ? ', auth=("username", "password")' : "";
  const isName = (arg: Argument): boolean =>
    PYTHON_NAME.test(arg.name) && !PYTHON_KEYWORDS.has(arg.name);
  const odd = args.filter((arg) => !isName(arg));
  const lines = args.filter(isName).map((arg) => `${arg.name}=${pythonLiteral(arg.value, root, 1)}`);
  if (odd.length > 0) {
    const pairs = Object.fromEntries(odd.map((arg) => [arg.name, arg.value]));
    lines.push(`**${pythonLiteral(pairs, root, 1)}`);
  }
  lines.push(`api_name=${JSON.stringify(endpoint)}`);
  return [
    `from gradio_client import Client${files ? ", handle_file" : ""}`,
    "",
    `client = Client(${JSON.stringify(root)}${credentials})`,
    "result = client.predict(",
    ...lines.map((line) => `    ${line},`),
    ")",
    "print(result)",
  ].join("\n");
}

/** A JSON value as Python source; files become `handle_file(...)`. `depth` is the indentation it stands at. */
export function pythonLiteral(value: unknown, root = "", depth = 0): string {
  if (value === null || value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "number") return pythonNumber(value);
  // JSON's escapes all mean the same in Python.
  if (typeof value === "string") return JSON.stringify(value);
  if (isFile(value)) return `handle_file(${JSON.stringify(fileUrl(value, root))})`;
  const step = "    ";
  if (Array.isArray(value)) {
    return bracketed(["[", "]"], value.map((item) => pythonLiteral(item, root, depth + 1)), {
      depth,
      step,
    });
  }
  const items = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${pythonLiteral(item, root, depth + 1)}`,
  );
  return bracketed(["{", "}"], items, { depth, step });
}

function pythonNumber(value: number): string {
  if (Number.isNaN(value)) return 'float("nan")';
  if (!Number.isFinite(value)) return value > 0 ? 'float("inf")' : 'float("-inf")';
  return String(value);
}

// JavaScript

export function javascriptSnippet({ root, endpoint, args, auth = false }: Call): string {
  const files = args.some((arg) => hasFile(arg.value));
  const credentials = auth ? ', { auth: ["username", "password"] }' : "";
  const lines = args.map((arg) => `  ${javascriptKey(arg.name)}: ${javascriptLiteral(arg.value, root, 1)},`);
  const call = `const result = await client.predict(${JSON.stringify(endpoint)}`;
  return [
    `import { Client${files ? ", handle_file" : ""} } from "@gradio/client";`,
    "",
    `const client = await Client.connect(${JSON.stringify(root)}${credentials});`,
    ...(lines.length > 0 ? [`${call}, {`, ...lines, "});"] : [`${call});`]),
    "console.log(result.data);",
  ].join("\n");
}

/** A JSON value as JavaScript source; files become `handle_file(...)`. */
export function javascriptLiteral(value: unknown, root = "", depth = 0): string {
  if (isFile(value)) return `handle_file(${JSON.stringify(fileUrl(value, root))})`;
  const step = "  ";
  if (Array.isArray(value)) {
    return bracketed(["[", "]"], value.map((item) => javascriptLiteral(item, root, depth + 1)), {
      depth,
      step,
    });
  }
  if (isObject(value)) {
    const items = Object.entries(value).map(
      ([key, item]) => `${javascriptKey(key)}: ${javascriptLiteral(item, root, depth + 1)}`,
    );
    return bracketed(["{ ", " }"], items, { depth, step });
  }
  return typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "null");
}

function javascriptKey(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}

// curl

export function bashSnippet({ root, endpoint, args, auth = false }: Call): string {
  const url = `${withSlash(root)}gradio_api/call${endpoint}`;
  const body = JSON.stringify({ data: args.map((arg) => withUrls(arg.value, root)) });
  const cookie = auth ? " -b cookies.txt" : "";
  const login = auth
    ? [
        `curl -s -c cookies.txt ${shellQuote(`${withSlash(root)}login`)} -d 'username=USERNAME' -d 'password=PASSWORD'`,
        "",
      ]
    : [];
  return [
    ...login,
    `EVENT_ID=$(curl -s${cookie} -X POST ${shellQuote(url)} \\`,
    "  -H 'Content-Type: application/json' \\",
    `  -d ${shellQuote(body)} \\`,
    `  | sed 's/.*"event_id" *: *"\\([^"]*\\)".*/\\1/')`,
    "",
    `curl -N${cookie} ${shellQuote(`${url}/`)}"$EVENT_ID"`,
  ].join("\n");
}

/** One word for a POSIX shell, whatever it holds. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function withUrls(value: unknown, root: string): unknown {
  if (isFile(value)) return { path: fileUrl(value, root), meta: value.meta };
  if (Array.isArray(value)) return value.map((item) => withUrls(item, root));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withUrls(item, root)]));
}

// Types

/** A JSON schema as a TypeScript-like type. */
export function typeText(schema: Schema, depth = 0): string {
  if (isFileSchema(schema)) return "File";
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if (Array.isArray(schema["enum"])) return schema["enum"].map((v) => JSON.stringify(v)).join(" | ");
  const options = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(options)) {
    return [...new Set(options.map((option) => typeText(asSchema(option), depth)))].join(" | ");
  }
  const type = schema["type"];
  if (Array.isArray(type)) return type.map((t) => scalar(t)).join(" | ");
  if (type === "array") return arrayText(schema, depth);
  if (type === "object") return objectText(schema, depth);
  return scalar(type);
}

function arrayText(schema: Schema, depth: number): string {
  const prefix = schema["prefixItems"];
  if (Array.isArray(prefix)) {
    return `[${prefix.map((item) => typeText(asSchema(item), depth + 1)).join(", ")}]`;
  }
  const item = typeText(asSchema(schema["items"]), depth + 1);
  return item.includes(" | ") ? `(${item})[]` : `${item}[]`;
}

function objectText(schema: Schema, depth: number): string {
  const properties = schema["properties"];
  if (!isObject(properties) || depth > 2) return "object";
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  const members = Object.entries(properties).map(
    ([key, member]) =>
      `${key}${required.includes(key) ? "" : "?"}: ${typeText(asSchema(member), depth + 1)}`,
  );
  return `{ ${members.join("; ")} }`;
}

function scalar(type: unknown): string {
  if (type === "integer" || type === "number") return "number";
  return typeof type === "string" ? type : "any";
}

function isFileSchema(schema: Schema): boolean {
  const properties = schema["properties"];
  return isObject(properties) && "path" in properties && "meta" in properties;
}

function asSchema(value: unknown): Schema {
  return isObject(value) ? value : {};
}

// Shared

// Room left in a line of the dialog at its usual width.
const LINE_WIDTH = 72;

function bracketed(
  [open, close]: readonly [string, string],
  items: readonly string[],
  { depth, step }: { depth: number; step: string },
): string {
  if (items.length === 0) return open.trim() + close.trim();
  const line = `${open}${items.join(", ")}${close}`;
  if (line.length + depth * step.length <= LINE_WIDTH && !line.includes("\n")) return line;
  const inner = items.map((item) => `${step.repeat(depth + 1)}${item},\n`).join("");
  return `${open.trim()}\n${inner}${step.repeat(depth)}${close.trim()}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isFile(value: unknown): value is FileLike {
  return isObject(value) && isObject(value["meta"]) && value["meta"]["_type"] === "gradio.FileData";
}

function fileUrl(file: FileLike, root: string): string {
  const url = typeof file.url === "string" && file.url !== "" ? file.url : null;
  const path = typeof file.path === "string" ? file.path : "";
  if (url === null && /^(https?:)?\/\//.test(path)) return path;
  const address = url ?? `gradio_api/file=${path}`;
  if (/^(https?|data|blob):/.test(address)) return address;
  // A server's answer starts at the app, however the browser reached it.
  return withSlash(root) + address.replace(/^\.?\//, "");
}

function withSlash(root: string): string {
  return root.endsWith("/") ? root : `${root}/`;
}
