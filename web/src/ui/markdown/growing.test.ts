import { Marked } from "marked";
import { afterEach, expect, test, vi } from "vitest";
import { ordered } from "./math";
import { MarkdownView, type Options } from "./render";

const OPTIONS: Options = { sanitize: true, lineBreaks: true, headerLinks: false, delimiters: ordered([{ left: "$$", right: "$$", display: true }]) };
const COUNT = 2_000;
const PIECE = 7;

afterEach(() => vi.restoreAllMocks());

/** What it takes to show the parts from one to another, piece by piece, behind those before. */
function work(parts: readonly string[], from: number, to: number): { read: number; drawn: number; changed: number; kept: boolean } {
  const lexer = vi.spyOn(Marked.prototype, "lexer");
  const parser = vi.spyOn(Marked.prototype, "parser");
  const root = document.createElement("div");
  const view = new MarkdownView(root);
  let text = parts.slice(0, from).join("");
  view.update(text, OPTIONS, true);
  const first = root.querySelector("li, tbody tr");
  lexer.mockClear();
  parser.mockClear();
  const observer = new MutationObserver(() => undefined);
  observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  const rest = parts.slice(from, to).join("");
  for (let at = 0; at < rest.length; at += PIECE) view.update((text += rest.slice(at, at + PIECE)), OPTIONS, true);
  const read = lexer.mock.calls.reduce((sum, [source]) => sum + source.length, 0);
  const drawn = parser.mock.results.reduce((sum, { value }) => sum + String(value).length, 0);
  const changed = observer.takeRecords().reduce((sum, { addedNodes, removedNodes }) => sum + 1 + addedNodes.length + removedNodes.length, 0);
  const kept = first !== null && first === root.querySelector("li, tbody tr");
  view.destroy();
  return { read, drawn, changed, kept };
}

const HEAD = "Some **text**:\n\n| name | *value* |\n|:-----|------:|\n";

test.each([
  ["list", (at: number) => `- Item ${at} has **bold** text, \`code\` and [a link](https://example.org).\n`],
  ["list with a line before", (at: number) => `${at === 0 ? "Here they are:\n" : ""}* This is item ${at} of them\n`],
  ["loose list", (at: number) => `- Item ${at}\n\n  has **two** paragraphs.\n\n`],
  ["numbered list", (at: number) => `${at + 3}. Item ${at}: *text*\n      - within\n      - and [x]\n`],
  ["list of tasks", (at: number) => `- [${at % 3 ? "x" : " "}] Task ${at} to<br>do\n`],
  ["list with notes that may come", (at: number) => `1) Claim ${at}[^${at}] and [reference][r].\n`],
  ["table", (at: number) => `${at === 0 ? HEAD : ""}| row ${at} | a \\| **b** |\n`],
  ["table with line breaks", (at: number) => `${at === 0 ? HEAD : ""}| row ${at} | a<br>b |\n`],
])("what comes at the end of a long %s costs as little as at its start", (_, part) => {
  const parts = Array.from({ length: COUNT }, (_value, at) => part(at));
  const start = work(parts, 10, 30);
  const end = work(parts, COUNT - 20, COUNT);
  expect(start.read).toBeGreaterThan(0);
  expect(start.changed).toBeGreaterThan(0);
  // The numbers of the items have more digits.
  expect(end.read).toBeLessThan(start.read * 1.3);
  expect(end.drawn).toBeLessThan(start.drawn * 1.3);
  expect(end.changed).toBeLessThan(start.changed * 1.1);
  expect(start.kept && end.kept).toBe(true);
}, 60_000);

test("a blank line within the list makes paragraphs of all items, once", () => {
  const root = document.createElement("div");
  const view = new MarkdownView(root);
  let text = "";
  const add = (more: string): void => {
    for (const character of more) view.update((text += character), OPTIONS, true);
  };
  add("- one\n- two\n- three\n- four\n- five\n");
  expect(root.querySelectorAll("li > p")).toHaveLength(0);
  const first = root.querySelector("li");
  add("\n- six");
  expect(root.querySelectorAll("li > p")).toHaveLength(6);
  add("\n- seven\n- eight\n- nine");
  expect(root.querySelectorAll("li > p")).toHaveLength(9);
  expect(root.querySelector("li")).toBe(first);
  expect(root.querySelectorAll("ul")).toHaveLength(1);
  view.destroy();
});
