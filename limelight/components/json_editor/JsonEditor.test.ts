import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost } from "$ui/testing";
import { adopt, Mistake, MOST_LEVELS, parse, type Node } from "./document";
import * as edits from "./edits";
import JsonEditor from "./JsonEditor.svelte";
import { choicesAt, problems } from "./shape";
import { position, write } from "./written";

const compact = (node: Node): string => JSON.stringify(JSON.parse(write(node)));
const named = (root: Node, name: string): Node => root.items.find((item) => item.name === name)!;

test.each([
  '{\n  "big": 123456789012345678901234567890,\n  "precise": 1.10,\n  "exp": 1E400,\n  "odd": [\n    NaN,\n    -Infinity,\n    Infinity\n  ]\n}',
  '"a\\"b\\\\c\\n\u00e9"',
  "[]",
  "{}",
  "null",
  '{\n  "": {},\n  "__proto__": 1,\n  "2": "b",\n  "1": "a"\n}',
])("%s is read and written without loss", (text) => {
  expect(write(parse(text))).toBe(text);
});

test.each([
  ['{"a": 1,\n "b" 2}', "colon", 2, 6],
  ["[1 2]", "comma", 1, 4],
  ["[1,]", "value", 1, 4],
  ['{"a": 1, }', "name", 1, 10],
  ['{"a": 1,\n"a": 2}', "twice", 2, 1],
  ["[1]\n]", "end", 2, 1],
  ['"a\nb"', "string", 1, 3],
  ['"\\x"', "string", 1, 2],
  ["01", "end", 1, 2],
  ["", "value", 1, 1],
  ["[".repeat(MOST_LEVELS + 1), "deep", 1, MOST_LEVELS + 1],
  ["[".repeat(1_000_000), "deep", 1, MOST_LEVELS + 1],
])("%.20s: %s", (text, reason, line, column) => {
  let mistake: unknown;
  try {
    parse(text);
  } catch (problem) {
    mistake = problem;
  }
  expect(mistake).toBeInstanceOf(Mistake);
  const { reason: told, at } = mistake as Mistake;
  expect([told, position(text, at)]).toEqual([reason, { line, column }]);
});

test("a document is changed part by part, and the old one stays", () => {
  const root = parse('{"a": 1, "b": [true, null], "c": "x"}');
  const [a, b] = [named(root, "a"), named(root, "b")];
  expect(compact(edits.put(root, a.id, { ...a, text: "2" }))).toBe('{"a":2,"b":[true,null],"c":"x"}');
  expect(compact(edits.rename(root, a.id, "z")!)).toBe('{"z":1,"b":[true,null],"c":"x"}');
  expect(edits.rename(root, a.id, "b")).toBeNull();
  expect(compact(edits.remove(root, a.id))).toBe('{"b":[true,null],"c":"x"}');
  expect(compact(edits.duplicate(root, b.id))).toBe('{"a":1,"b":[true,null],"b_2":[true,null],"c":"x"}');
  expect(compact(edits.move(root, a.id, 1))).toBe('{"b":[true,null],"a":1,"c":"x"}');
  expect(edits.move(root, a.id, -1)).toBe(root);
  expect(compact(edits.add(root, b.id).root)).toBe('{"a":1,"b":[true,null,""],"c":"x"}');
  expect(compact(edits.add(root, a.id).root)).toBe('{"a":1,"key":"","b":[true,null],"c":"x"}');
  expect(compact(edits.put(root, b.id, edits.retype(b, "object")))).toBe('{"a":1,"b":{"0":true,"1":null},"c":"x"}');
  expect(edits.search(root, "A").length).toBe(1);
  expect(compact(root)).toBe('{"a":1,"b":[true,null],"c":"x"}');
});

test("a document that comes anew keeps the ids of what it still has", () => {
  const old = parse('{"a": 1, "b": [2]}');
  const next = adopt(parse('{"b": [3, 4], "a": 1}'), old);
  expect([next.id, named(next, "b").id, named(next, "a").id]).toEqual([old.id, named(old, "b").id, named(old, "a").id]);
});

test("a schema says what does not fit", () => {
  const schema = {
    type: "object",
    required: ["a", "z"],
    additionalProperties: false,
    properties: { a: { type: "integer", minimum: 3 }, b: { enum: ["x", "y"] }, c: { items: { type: "string" } } },
  };
  const root = parse('{"a": 1, "b": "q", "c": ["s", 5], "d": 0}');
  const told = [...problems(root, schema).values()].map(({ key }) => key);
  expect(told.sort()).toEqual(["ui.json_enum", "ui.json_minimum", "ui.json_required", "ui.json_type", "ui.json_unknown"]);
  expect(choicesAt(root, named(root, "b").id, schema)).toEqual(['"x"', '"y"']);
});

test("fifty thousand nodes are read, changed and written", () => {
  const text = JSON.stringify(Array.from({ length: 50_000 }, (_, at) => ({ at })));
  const root = parse(text);
  const changed = write(edits.remove(root, root.items[40_000]!.id));
  expect((JSON.parse(changed) as unknown[]).length).toBe(49_999);
});

async function draw(value: string | null, props: Record<string, unknown> = {}, interactive = true) {
  const host = fakeHost<Record<string, unknown>, string | null>({ name: "jsoneditor", label: "Data", ...props }, value, {
    tag: "jsoneditor",
    interactive,
  });
  render(JsonEditor, { host: host as never });
  await import("./parts/tools");
  await tick();
  await tick();
  return host;
}

const rows = (): string[] => screen.getAllByRole("treeitem").map((row) => row.textContent.replace(/\s+/g, " ").trim());

test("values and names are edited by keyboard, and undone", async () => {
  const host = await draw('{"a": 12345678901234567890, "b": true}');
  expect(rows()).toEqual(["{2}", "a: 12345678901234567890", "b: true"]);
  const row = screen.getAllByRole("treeitem")[1]!;
  row.focus();
  await fireEvent.keyDown(row, { key: "Enter" });
  const field = screen.getByRole("textbox", { name: 'Value of "a"' });
  await fireEvent.input(field, { target: { value: "x" } });
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(screen.getByRole("alert").textContent).toBe("This is no number.");
  await fireEvent.input(field, { target: { value: "12345678901234567891" } });
  await fireEvent.keyDown(field, { key: "Enter" });
  expect(host.value).toBe('{\n  "a": 12345678901234567891,\n  "b": true\n}');
  expect(host.dispatched).toEqual([{ event: "input", data: undefined }]);
  const flag = screen.getAllByRole("treeitem")[2]!;
  await fireEvent.keyDown(flag, { key: " " });
  expect(rows()[2]).toBe("b: false");
  await fireEvent.keyDown(flag, { key: "z", ctrlKey: true });
  await fireEvent.keyDown(flag, { key: "z", ctrlKey: true });
  expect(rows().slice(1)).toEqual(["a: 12345678901234567890", "b: true"]);
  await fireEvent.keyDown(flag, { key: "y", ctrlKey: true });
  expect(rows()[1]).toBe("a: 12345678901234567891");
  await fireEvent.keyDown(flag, { key: "Delete" });
  expect(rows()).toEqual(["{1}", "a: 12345678901234567891"]);
});

test("the text is checked as it is typed", async () => {
  const host = await draw('{"a": 1}');
  await fireEvent.click(screen.getByRole("button", { name: "Edit as text" }));
  const area = screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Data" });
  await fireEvent.input(area, { target: { value: '{"a": 1,\n "a": 2}' } });
  expect(screen.getByRole("button", { name: "Line 2, column 2: the name “a” occurs twice" })).toBeTruthy();
  expect(host.value).toBe('{"a": 1}');
  await fireEvent.input(area, { target: { value: "[NaN]" } });
  expect(host.value).toBe("[NaN]");
  await fireEvent.click(screen.getByRole("button", { name: "Edit as a tree" }));
  expect(rows()).toEqual(["[1]", "0: NaN"]);
  await fireEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(rows()).toEqual(["{1}", "a: 1"]);
});

test("static, it can be read and not changed", async () => {
  const host = await draw('{"a": 1}', {}, false);
  const row = screen.getAllByRole("treeitem")[1]!;
  await fireEvent.keyDown(row, { key: "Delete" });
  await fireEvent.keyDown(row, { key: "Enter" });
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.queryByRole("button", { name: "Undo" })).toBeNull();
  expect(host.written).toEqual([]);
});
