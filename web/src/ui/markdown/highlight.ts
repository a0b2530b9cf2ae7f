/** Colours for code. A language's grammar loads when the first block in it is drawn; an unknown one stays plain. */

import type { HLJSApi, LanguageFn } from "highlight.js";

type Loader = () => Promise<{ default: LanguageFn }>;

const GRAMMARS: Readonly<Record<string, Loader>> = {
  bash: () => import("highlight.js/lib/languages/bash"),
  c: () => import("highlight.js/lib/languages/c"),
  clojure: () => import("highlight.js/lib/languages/clojure"),
  cmake: () => import("highlight.js/lib/languages/cmake"),
  cpp: () => import("highlight.js/lib/languages/cpp"),
  csharp: () => import("highlight.js/lib/languages/csharp"),
  css: () => import("highlight.js/lib/languages/css"),
  dart: () => import("highlight.js/lib/languages/dart"),
  diff: () => import("highlight.js/lib/languages/diff"),
  dockerfile: () => import("highlight.js/lib/languages/dockerfile"),
  elixir: () => import("highlight.js/lib/languages/elixir"),
  erlang: () => import("highlight.js/lib/languages/erlang"),
  fortran: () => import("highlight.js/lib/languages/fortran"),
  go: () => import("highlight.js/lib/languages/go"),
  graphql: () => import("highlight.js/lib/languages/graphql"),
  haskell: () => import("highlight.js/lib/languages/haskell"),
  ini: () => import("highlight.js/lib/languages/ini"),
  java: () => import("highlight.js/lib/languages/java"),
  javascript: () => import("highlight.js/lib/languages/javascript"),
  json: () => import("highlight.js/lib/languages/json"),
  julia: () => import("highlight.js/lib/languages/julia"),
  kotlin: () => import("highlight.js/lib/languages/kotlin"),
  latex: () => import("highlight.js/lib/languages/latex"),
  less: () => import("highlight.js/lib/languages/less"),
  lua: () => import("highlight.js/lib/languages/lua"),
  makefile: () => import("highlight.js/lib/languages/makefile"),
  markdown: () => import("highlight.js/lib/languages/markdown"),
  matlab: () => import("highlight.js/lib/languages/matlab"),
  nginx: () => import("highlight.js/lib/languages/nginx"),
  nix: () => import("highlight.js/lib/languages/nix"),
  objectivec: () => import("highlight.js/lib/languages/objectivec"),
  ocaml: () => import("highlight.js/lib/languages/ocaml"),
  perl: () => import("highlight.js/lib/languages/perl"),
  php: () => import("highlight.js/lib/languages/php"),
  powershell: () => import("highlight.js/lib/languages/powershell"),
  protobuf: () => import("highlight.js/lib/languages/protobuf"),
  python: () => import("highlight.js/lib/languages/python"),
  "python-repl": () => import("highlight.js/lib/languages/python-repl"),
  r: () => import("highlight.js/lib/languages/r"),
  ruby: () => import("highlight.js/lib/languages/ruby"),
  rust: () => import("highlight.js/lib/languages/rust"),
  scala: () => import("highlight.js/lib/languages/scala"),
  scss: () => import("highlight.js/lib/languages/scss"),
  shell: () => import("highlight.js/lib/languages/shell"),
  sql: () => import("highlight.js/lib/languages/sql"),
  swift: () => import("highlight.js/lib/languages/swift"),
  typescript: () => import("highlight.js/lib/languages/typescript"),
  wasm: () => import("highlight.js/lib/languages/wasm"),
  xml: () => import("highlight.js/lib/languages/xml"),
  yaml: () => import("highlight.js/lib/languages/yaml"),
};

const ALIASES: Readonly<Record<string, string>> = {
  "c#": "csharp",
  "c++": "cpp",
  "objective-c": "objectivec",
  cc: "cpp",
  clj: "clojure",
  console: "shell",
  cs: "csharp",
  cxx: "cpp",
  docker: "dockerfile",
  ex: "elixir",
  exs: "elixir",
  golang: "go",
  gql: "graphql",
  h: "c",
  hpp: "cpp",
  hs: "haskell",
  htm: "xml",
  html: "xml",
  jl: "julia",
  js: "javascript",
  json5: "json",
  jsonc: "json",
  jsx: "javascript",
  kt: "kotlin",
  m: "objectivec",
  make: "makefile",
  md: "markdown",
  mjs: "javascript",
  ml: "ocaml",
  objc: "objectivec",
  patch: "diff",
  pl: "perl",
  proto: "protobuf",
  ps: "powershell",
  ps1: "powershell",
  py: "python",
  py3: "python",
  pycon: "python-repl",
  rb: "ruby",
  rs: "rust",
  sh: "bash",
  shellsession: "shell",
  svelte: "xml",
  svg: "xml",
  tex: "latex",
  toml: "ini",
  ts: "typescript",
  tsx: "typescript",
  vue: "xml",
  wat: "wasm",
  yml: "yaml",
  zsh: "bash",
};

/** Grammars that others hand parts of their text to: without them the same text would look different later. */
const WEB = ["xml", "javascript", "css"];
const PARTS: Readonly<Record<string, readonly string[]>> = {
  csharp: WEB,
  dockerfile: ["bash"],
  javascript: WEB,
  markdown: WEB,
  php: WEB,
  "python-repl": ["python"],
  shell: ["bash"],
  typescript: WEB,
  xml: WEB,
};

/** Longest text that is coloured, in characters. */
const LONGEST = 50_000;
const REMEMBERED = 200;

let hljs: HLJSApi | undefined;
const results = new Map<string, string>();
const failed = new Set<string>();

/** Name of the grammar for what stands behind a fence; null if there is none. */
export function grammarOf(language: string): string | null {
  const name = language.toLowerCase();
  const found = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
  return found !== undefined && Object.hasOwn(GRAMMARS, found) && !failed.has(found) ? found : null;
}

export function isLoaded(grammar: string): boolean {
  return hljs?.getLanguage(grammar) !== undefined;
}

/** Loads a grammar. Never rejects: without it the code stays plain. */
export async function load(grammar: string): Promise<void> {
  if (isLoaded(grammar)) return;
  try {
    const names = [...(PARTS[grammar] ?? []), grammar];
    const [{ default: core }, ...found] = await Promise.all([
      import("highlight.js/lib/core"),
      ...names.map(async (name) => [name, await GRAMMARS[name]?.()] as const),
    ]);
    hljs = core;
    for (const [name, made] of found) if (made && !isLoaded(name)) core.registerLanguage(name, made.default);
  } catch (error) {
    failed.add(grammar);
    console.warn(`Code in ${grammar} stays without colours:`, error);
  }
}

/** Code as HTML with a class for each kind of word; null if it is too long. The grammar must be loaded. */
export function coloured(code: string, grammar: string): string | null {
  if (hljs === undefined || code.length > LONGEST) return null;
  const key = `${grammar}\0${code}`;
  let html = results.get(key);
  if (html === undefined) {
    html = hljs.highlight(code, { language: grammar, ignoreIllegals: true }).value;
    results.set(key, html);
    const [oldest] = results.keys();
    if (results.size > REMEMBERED && oldest !== undefined) results.delete(oldest);
  }
  return html;
}
