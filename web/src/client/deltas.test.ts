import { describe, expect, test } from "vitest";
import { apply, type Edit } from "./deltas";

/** What `generator_diff` recorded: a function with five outputs that yields five times. */
const chat = (text: string) => ({
  role: "assistant",
  metadata: null,
  content: [{ text, type: "text" }],
  options: null,
});
const user = { role: "user", metadata: null, content: [{ text: "hi", type: "text" }], options: null };
const FIRST: unknown[] = [
  [user],
  { headers: ["1", "2"], data: [["a", 1], ["b", 2], ["c", 3]], metadata: null },
  { label: "cat", confidences: [{ label: "cat", confidence: 0.6 }, { label: "dog", confidence: 0.4 }] },
  1,
  null,
];
const STEPS: Edit[][][] = [
  [[["add", [1], chat("he")]], [["add", ["data", 3], ["d", 4]]], [], [], [["replace", [], "x"]]],
  [
    [["append", [1, "content", 0, "text"], "llo"]],
    [["delete", ["data", 1], null], ["delete", ["data", 1], null], ["delete", ["data", 1], null]],
    [["replace", ["confidences", 0, "confidence"], 0.7], ["delete", ["confidences", 1], null]],
    [["replace", [], 2.5]],
    [["append", [], "y"]],
  ],
  [
    [
      ["replace", [0, "role"], "assistant"],
      ["replace", [0, "content", 0, "text"], "hello"],
      ["delete", [1], null],
    ],
    [["replace", ["data", 0, 1], 9]],
    [["delete", ["label"], null], ["delete", ["confidences"], null]],
    [["replace", [], 3]],
    [["replace", [], null]],
  ],
  [
    [["replace", [], { __type__: "update" }]],
    [
      ["delete", ["headers"], null],
      ["delete", ["data"], null],
      ["delete", ["metadata"], null],
      ["add", ["__type__"], "update"],
    ],
    [["add", ["visible"], false], ["add", ["__type__"], "update"]],
    [],
    [["replace", [], "end"]],
  ],
];

function step(values: unknown[], edits: Edit[][]): unknown[] {
  return values.map((value, i) => apply(value, edits[i] ?? []));
}

test("every kind of edit, in the order in which a server sent them", () => {
  const seen: unknown[][] = [FIRST];
  for (const edits of STEPS) seen.push(step(seen[seen.length - 1]!, edits));
  const rows = (data: unknown[][]) => ({ headers: ["1", "2"], data, metadata: null });
  expect(seen.slice(1)).toEqual([
    [
      [user, chat("he")],
      rows([["a", 1], ["b", 2], ["c", 3], ["d", 4]]),
      FIRST[2],
      1,
      "x",
    ],
    [
      [user, chat("hello")],
      rows([["a", 1]]),
      { label: "cat", confidences: [{ label: "cat", confidence: 0.7 }] },
      2.5,
      "xy",
    ],
    [[chat("hello")], rows([["a", 9]]), {}, 3, null],
    [{ __type__: "update" }, { __type__: "update" }, { visible: false, __type__: "update" }, 3, "end"],
  ]);
});

test("nothing that was handed out before changes", () => {
  const before = structuredClone(FIRST);
  let values = FIRST;
  for (const edits of STEPS) values = step(values, edits);
  expect(FIRST).toEqual(before);
});

describe("what an edit does not touch keeps its identity", () => {
  test("other messages of a chat", () => {
    const old = [user, chat("he"), chat("other")];
    const next = apply(old, [["append", [1, "content", 0, "text"], "llo"]]) as typeof old;
    expect(next).not.toBe(old);
    expect(next[0]).toBe(old[0]);
    expect(next[2]).toBe(old[2]);
    expect(next[1]).toEqual(chat("hello"));
  });

  test("a value without edits", () => {
    const old = { a: [1] };
    expect(apply(old, [])).toBe(old);
  });
});

test("add inserts before an index, and sets a key", () => {
  expect(apply(["a", "c"], [["add", [1], "b"]])).toEqual(["a", "b", "c"]);
  expect(apply({}, [["add", ["k"], 1]])).toEqual({ k: 1 });
});

test("a position not seen before starts from nothing", () => {
  expect(apply(null, [["append", [], "text"]])).toBe("text");
  expect(apply(null, [["replace", [], { a: 1 }]])).toEqual({ a: 1 });
});

test("an inserted value is not changed by later edits in the same list", () => {
  const item = { n: 1 };
  const next = apply([], [["add", [0], item], ["replace", [0, "n"], 2]]);
  expect(next).toEqual([{ n: 2 }]);
  expect(item).toEqual({ n: 1 });
});

test("a path into something without members is an error that names it", () => {
  expect(() => apply("text", [["replace", ["a"], 1]])).toThrow('path leads into "text"');
});
