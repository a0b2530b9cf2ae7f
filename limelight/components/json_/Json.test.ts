import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import { plain, rowsOf, target } from "$ui/jsontree";
import { fakeHost } from "$ui/testing";
import Json from "./Json.svelte";


const VALUE = { a: [1, null, { b: { c: { d: true } } }], "e/f": "x<y", empty: [] };

function draw(value: unknown, props: Record<string, unknown> = {}) {
  const host = fakeHost({ name: "json", label: "Data", buttons: ["copy"], ...props }, value, {
    tag: "json",
  });
  render(Json, { host });
  return host;
}

const lines = () =>
  [...document.querySelectorAll(".json-node")].map((line) =>
    line.textContent.replaceAll("\u00a0", " ").trim(),
  );

test("the upper levels are unfolded, the deeper ones tell what they hold", async () => {
  draw(VALUE);
  expect(lines()).toEqual([
    "{",
    '"a": [',
    "1,",
    "null,",
    "{",
    '"b": {Object(1)}',
    "}",
    "],",
    '"e/f": "x<y",',
    '"empty": []',
    "}",
  ]);
  await fireEvent.click(screen.getByRole("button", { name: "Object(1)" }));
  expect(lines()).toContain('"c": {Object(1)}');
  await fireEvent.click(screen.getAllByRole("button", { name: "Collapse" })[0]!);
  expect(lines()).toEqual(["{Object(3)}"]);
});

test("open unfolds all, show_indices numbers the items", () => {
  draw([{ a: { b: { c: { d: 1 } } } }], { open: true, show_indices: true });
  expect(lines()[1]).toBe("0: {");
  expect(lines()).toContain('"d": 1');
});

test("is a tree for the keyboard", async () => {
  draw(VALUE);
  const [top, a] = screen.getAllByRole("treeitem");
  expect([top!.tabIndex, a!.tabIndex, a!.getAttribute("aria-level")]).toEqual([0, -1, "2"]);
  top!.focus();
  await fireEvent.keyDown(top!, { key: "ArrowRight" });
  expect(document.activeElement).toBe(a);
  await fireEvent.keyDown(a!, { key: "ArrowLeft" });
  expect(a!.getAttribute("aria-expanded")).toBe("false");
  await fireEvent.keyDown(a!, { key: "ArrowLeft" });
  expect(document.activeElement).toBe(top);
  await fireEvent.keyDown(top!, { key: "End" });
  expect(document.activeElement?.textContent).toContain("empty");
});

test("is copied as it is, folded or not", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  vi.stubGlobal("navigator", { clipboard: { writeText } });
  draw({ a: 1 });
  await fireEvent.click(screen.getByRole("button", { name: "Copy" }));
  expect(writeText).toHaveBeenCalledWith('{\n  "a": 1\n}');
});

test("nothing is said to be nothing", () => {
  draw(null);
  expect(screen.getByRole("img", { name: "Empty value" })).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

test("ten thousand nodes: the first rows are made at once, the others when wanted", async () => {
  const big = Array.from({ length: 10_000 }, (_, index) => ({ index }));
  const { rows, hasMore } = rowsOf(big, { isOpen: () => true, indices: false, read: plain, limit: 200 });
  expect([rows.length, hasMore]).toEqual([200, true]);
  draw(big);
  expect(lines().length).toBe(200);
  await fireEvent.click(screen.getByRole("button", { name: "Show 200 more" }));
  expect(lines().length).toBe(400);
});

test("keys that name no row move nowhere", () => {
  const { rows } = rowsOf([1], { isOpen: () => true, indices: false, read: plain, limit: 9 });
  expect(target(rows, 0, "ArrowUp")).toBeNull();
  expect(target(rows, 1, "outside")?.path).toBe("");
  expect(target(rows, 1, "x")).toBeNull();
});
