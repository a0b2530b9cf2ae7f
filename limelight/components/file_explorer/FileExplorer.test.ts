import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import "$ui/more";
import { shownRows } from "$ui/treewalk.svelte";
import type { FileExplorerProps } from "./file_explorer.gen";
import FileExplorer from "./FileExplorer.svelte";
import { toEntries, type Place } from "./tree.svelte";

type ExplorerHost = Fake<FileExplorerProps, readonly Place[] | null>;

interface Told {
  name: string;
  type: string;
  valid: boolean;
}

const folder = (name: string, valid = true): Told => ({ name, type: "folder", valid });
const file = (name: string): Told => ({ name, type: "file", valid: true });

const DISK: Readonly<Record<string, readonly Told[]>> = {
  "": [folder("docs"), folder("empty"), folder("notes", false), file("a.txt"), file("b.txt")],
  docs: [folder("deep"), file("guide.md")],
  "docs/deep": [file("end.md")],
  empty: [],
  notes: [file("n.txt")],
};

let asked: Place[] = [];

afterEach(() => {
  asked = [];
});

const ls = (_: string, place: unknown): Promise<unknown> => {
  asked.push(place as Place);
  return Promise.resolve(DISK[(place as string[]).join("/")] ?? []);
};

async function draw(
  value: readonly Place[] | null = null,
  props: Partial<FileExplorerProps> = {},
  { interactive = true, call = ls } = {},
): Promise<ExplorerHost> {
  const host = fakeHost<FileExplorerProps, readonly Place[] | null>(
    { name: "fileexplorer", label: "Files", file_count: "multiple", max_height: 500, ...props },
    value,
    { interactive, call },
  );
  render(FileExplorer, { host });
  await vi.waitFor(() => expect(screen.queryAllByRole("treeitem").length).toBeGreaterThan(0));
  return host;
}

const tree = (): HTMLElement => screen.getByRole("tree", { name: "Files" });
const item = (name: string): HTMLElement => screen.getByRole("treeitem", { name });
const names = (): (string | null)[] => screen.getAllByRole("treeitem").map((row) => row.getAttribute("aria-label"));
const box = (name: string): HTMLInputElement => within(item(name)).getByRole("checkbox");
const active = (): string | null | undefined =>
  document.getElementById(tree().getAttribute("aria-activedescendant") ?? "")?.getAttribute("aria-label");

async function press(...keys: string[]): Promise<void> {
  for (const key of keys) {
    await fireEvent.keyDown(tree(), { key });
    await new Promise((done) => setTimeout(done));
  }
}

test("the top is read at once, folders when they are opened, and only once", async () => {
  await draw();
  expect(names()).toEqual(["docs", "empty", "notes", "a.txt", "b.txt"]);
  expect(asked).toEqual([[]]);
  const twist = within(item("docs")).getByRole("button", { name: "expand directory" });
  await fireEvent.click(twist);
  await vi.waitFor(() => expect(names()).toEqual(["docs", "deep", "guide.md", "empty", "notes", "a.txt", "b.txt"]));
  const row = item("deep");
  expect(["level", "posinset", "setsize", "expanded"].map((name) => row.getAttribute(`aria-${name}`))).toEqual(["2", "1", "2", "false"]);
  await fireEvent.click(within(item("docs")).getByRole("button", { name: "collapse directory" }));
  await fireEvent.click(within(item("docs")).getByRole("button", { name: "expand directory" }));
  expect(asked).toEqual([[], ["docs"]]);
});

test("an empty folder says so", async () => {
  await draw();
  await fireEvent.click(item("empty"));
  await vi.waitFor(() => expect(item("empty").textContent).toContain("empty"));
});

test("boxes and rows choose; listeners learn what", async () => {
  const host = await draw();
  await fireEvent.click(box("a.txt"));
  await fireEvent.click(item("b.txt"));
  expect(host.value).toEqual([["a.txt"], ["b.txt"]]);
  expect(host.dispatched[1]).toEqual({ event: "select", data: { index: ["a.txt"], value: "a.txt", selected: true } });
  expect([box("a.txt").checked, item("a.txt").getAttribute("aria-selected"), screen.getByText("2 chosen")]).toMatchObject([true, "true", {}]);
  await fireEvent.click(box("a.txt"));
  expect(host.value).toEqual([["b.txt"]]);
  expect(host.dispatched.filter(({ event }) => event === "input")).toHaveLength(3);
});

test("a folder can be chosen with its box if it matches; a click on its row opens it", async () => {
  const host = await draw();
  await fireEvent.click(box("docs"));
  expect(host.value).toEqual([["docs"]]);
  expect([box("docs").disabled, within(item("notes")).queryByRole<HTMLInputElement>("checkbox")?.disabled ?? true]).toEqual([false, true]);
});

test("of one file only the last is chosen, and no folder", async () => {
  const host = await draw(null, { file_count: "single" });
  await fireEvent.click(item("a.txt"));
  await fireEvent.click(item("b.txt"));
  expect(host.value).toEqual([["b.txt"]]);
  await fireEvent.click(item("b.txt"));
  expect(host.value).toEqual([]);
  await press("Home", " ");
  expect(host.value).toEqual([]);
});

test("arrow keys walk, open and close", async () => {
  await draw();
  expect(active()).toBe("docs");
  await press("ArrowRight");
  expect(item("docs").getAttribute("aria-expanded")).toBe("true");
  await press("ArrowRight", "ArrowDown");
  expect(active()).toBe("guide.md");
  await press("ArrowLeft");
  expect(active()).toBe("docs");
  await press("ArrowLeft");
  expect(item("docs").getAttribute("aria-expanded")).toBe("false");
  await press("End");
  expect(active()).toBe("b.txt");
  await press("ArrowUp", "ArrowUp", "ArrowUp", "PageUp", "ArrowUp");
  expect(active()).toBe("docs");
  await press("PageDown");
  expect(active()).toBe("b.txt");
});

test("space chooses, Enter opens or chooses, letters find, a star opens all", async () => {
  const host = await draw();
  await press("e");
  expect(active()).toBe("empty");
  await press("End", " ", "ArrowUp", "Enter");
  expect(host.value).toEqual([["b.txt"], ["a.txt"]]);
  await press("Home", " ", "Enter");
  expect(host.value).toEqual([["b.txt"], ["a.txt"], ["docs"]]);
  expect(item("docs").getAttribute("aria-expanded")).toBe("true");
  await press("*");
  await vi.waitFor(() => expect(names()).toContain("n.txt"));
});

test("keys with control are the browser's", async () => {
  await draw();
  expect(await fireEvent.keyDown(tree(), { key: "a", ctrlKey: true })).toBe(true);
  expect(await fireEvent.keyDown(tree(), { key: "Tab" })).toBe(true);
});

test("what is chosen already is shown, however deep", async () => {
  await draw([["docs", "deep", "end.md"]]);
  await vi.waitFor(() => expect(names()).toContain("end.md"));
  expect(item("end.md").getAttribute("aria-selected")).toBe("true");
  expect(asked).toEqual([[], ["docs"], ["docs", "deep"]]);
});

test("other props mean another tree", async () => {
  const host = await draw();
  host.update({ glob: "*.md" });
  await vi.waitFor(() => expect(asked).toEqual([[], []]));
});

test("a folder that cannot be read says so, and can be tried again", async () => {
  let fails = true;
  const call = (name: string, place: unknown): Promise<unknown> =>
    fails && (place as string[]).length > 0 ? Promise.reject(new Error("gone")) : ls(name, place);
  await draw(null, {}, { call });
  await fireEvent.click(item("docs"));
  await vi.waitFor(() => expect(screen.getByRole("alert").textContent).toContain("could not be read"));
  fails = false;
  await fireEvent.click(item("docs"));
  await vi.waitFor(() => expect(names()).toContain("guide.md"));
});

test("an output can be looked through, not changed", async () => {
  const host = await draw([["a.txt"]], {}, { interactive: false });
  await fireEvent.click(item("b.txt"));
  await press("End", " ");
  expect([host.written, box("a.txt").checked, box("a.txt").disabled]).toEqual([[], true, true]);
  await fireEvent.click(item("docs"));
  await vi.waitFor(() => expect(names()).toContain("guide.md"));
});

test("of ten thousand entries only some are drawn", async () => {
  const many = Array.from({ length: 10_000 }, (_, at) => file(`${at}.txt`));
  await draw(null, {}, { call: () => Promise.resolve(many) });
  expect(screen.getAllByRole("treeitem").length).toBeLessThan(100);
  await press("End");
  expect(tree().getAttribute("aria-activedescendant")).toMatch(/-9999$/);
  expect(item("0.txt").getAttribute("aria-setsize")).toBe("10000");
});

test("a window shows some rows more than it is high", () => {
  expect(shownRows(1000, { top: 3000, height: 300, row: 30 })).toEqual([90, 120]);
  expect(shownRows(1000, { top: 0, height: 300, row: 30 })).toEqual([0, 20]);
  expect(shownRows(50, { top: 99_000, height: 300, row: 30 })).toEqual([50, 50]);
});

test("what is no entry is passed over", () => {
  expect(toEntries([null, 5, { name: 5 }, "x", file("a")], null).map(({ key }) => key)).toEqual(["a"]);
  expect([toEntries(null, null), toEntries({}, null)]).toEqual([[], []]);
});
