import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import "$ui/more";
import { fakeHost, type Fake } from "$ui/testing";
import type { One } from "./choices";
import type { TreeSelectProps } from "./tree_select.gen";
import TreeSelect from "./TreeSelect.svelte";

type Value = One | readonly One[] | null;

const leaf = (label: string): object => ({ label, value: label.toLowerCase() });
const branch = (label: string, children: unknown): object => ({ ...leaf(label), children });
const FOOD = [
  branch("Fruit", [branch("Stone", [leaf("Peach"), leaf("Plum")]), leaf("Apple")]),
  branch("Nuts", [leaf("Almond")]),
  leaf("Salt"),
];

function draw(
  props: object = {},
  value: Value = null,
  members: object = {},
): { host: Fake<TreeSelectProps, Value>; input: HTMLInputElement } {
  const host = fakeHost<TreeSelectProps, Value>(
    { name: "treeselect", label: "Food", choices: FOOD, ...props } as TreeSelectProps,
    value,
    { tag: "treeselect", interactive: true, ...members },
  );
  render(TreeSelect, { host });
  return { host, input: screen.getByRole<HTMLInputElement>("combobox", { name: "Food" }) };
}

const names = () => screen.queryAllByRole("treeitem").map((row) => row.getAttribute("aria-label"));
const item = (name: string): HTMLElement => screen.getByRole("treeitem", { name });
const box = (name: string): HTMLInputElement => within(item(name)).getByRole("checkbox");
const tokens = () => screen.queryAllByRole("button", { name: /^Remove/ }).map((button) => button.title.slice(7));
const active = (input: HTMLElement) =>
  document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.getAttribute("aria-label");
const press = async (input: HTMLElement, ...keys: string[]) => {
  for (const key of keys) await fireEvent.keyDown(input, { key });
};

test("a combobox shows the chosen name; its tree opens where that is", async () => {
  const { input } = draw({}, "plum");
  expect([input.value, input.getAttribute("aria-haspopup"), names()]).toEqual(["Plum", "tree", []]);
  await press(input, "ArrowDown");
  expect(names()).toEqual(["Fruit", "Stone", "Peach", "Plum", "Apple", "Nuts", "Salt"]);
  expect([active(input), item("Plum").getAttribute("aria-selected")]).toEqual(["Plum", "true"]);
});

test("arrows walk, open and close; a space and Enter choose", async () => {
  const { host, input } = draw();
  await press(input, "ArrowDown");
  expect([names(), active(input)]).toEqual([["Fruit", "Nuts", "Salt"], "Fruit"]);
  await press(input, "ArrowRight", "ArrowRight");
  expect([names(), active(input)]).toEqual([["Fruit", "Stone", "Apple", "Nuts", "Salt"], "Stone"]);
  await press(input, "ArrowLeft", "ArrowLeft");
  expect(names()).toEqual(["Fruit", "Nuts", "Salt"]);
  await press(input, "*", "End", "ArrowUp", " ");
  expect([host.value, input.value, names()]).toEqual(["almond", "Almond", []]);
  expect(host.dispatched.filter(({ event }) => event !== "focus")).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: [1, 0], value: "almond", selected: true } },
  ]);
  await press(input, "ArrowDown", "Home", "Enter");
  expect(host.value).toBe("fruit");
});

test("a branch chooses its leaves, and is half chosen with some", async () => {
  const { host, input } = draw({ multiselect: true, expanded: true }, ["peach"]);
  await press(input, "ArrowDown");
  expect([box("Fruit").indeterminate, box("Stone").indeterminate, box("Nuts").indeterminate]).toEqual([true, true, false]);
  await fireEvent.click(box("Stone"));
  expect([host.value, box("Stone").checked, tokens()]).toEqual([["peach", "plum"], true, ["Stone"]]);
  await fireEvent.click(box("Fruit"));
  expect([host.value, tokens()]).toEqual([["peach", "plum", "apple"], ["Fruit"]]);
  await fireEvent.click(box("Plum"));
  expect([host.value, tokens()]).toEqual([["peach", "apple"], ["Peach", "Apple"]]);
  await fireEvent.click(item("Salt"));
  await press(input, "Backspace");
  expect(host.value).toEqual(["peach", "apple"]);
  await fireEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(host.value).toEqual([]);
});

test("without cascade a branch is a choice of its own", async () => {
  const { host, input } = draw({ multiselect: true, cascade: false }, []);
  await press(input, "ArrowDown", " ");
  expect([host.value, tokens()]).toEqual([["fruit"], ["Fruit"]]);
});

test("branches that only lead open instead", async () => {
  const { host, input } = draw({ leaves_only: true });
  await press(input, "ArrowDown", "Enter");
  expect([host.value, names()]).toEqual([null, ["Fruit", "Stone", "Apple", "Nuts", "Salt"]]);
});

test("no more can be chosen than may be", async () => {
  const { host, input } = draw({ multiselect: true, max_choices: 2, expanded: true }, []);
  await press(input, "ArrowDown");
  await fireEvent.click(box("Fruit"));
  expect(host.value).toEqual(["peach", "plum"]);
  expect([box("Salt").disabled, box("Peach").disabled]).toEqual([true, false]);
});

test("typing leaves what matches and the way to it", async () => {
  const { host, input } = draw();
  await fireEvent.input(input, { target: { value: "pl" } });
  expect([names(), active(input)]).toEqual([["Fruit", "Stone", "Plum", "Apple"], "Plum"]);
  await press(input, "Enter");
  expect([host.value, input.value]).toEqual(["plum", "Plum"]);
  await fireEvent.input(input, { target: { value: "zz" } });
  expect(screen.getByRole("status").textContent.trim()).toBe("No choice matches");
  await press(input, "Escape");
  expect([input.value, names()]).toEqual(["Plum", []]);
});

test("branches of the server's are read when they are opened", async () => {
  const asked: unknown[] = [];
  const disk: Readonly<Record<string, object[]>> = {
    "[]": [{ label: "Europe", value: "eu", children: true }, leaf("Sea")],
    '["eu"]': [{ label: "France", value: "fr", children: true }, { label: "Malta", value: "mt" }],
  };
  let fails = false;
  const call = (_: string, path: unknown): Promise<unknown> => {
    asked.push(path);
    return fails ? Promise.reject(new Error("gone")) : Promise.resolve(disk[JSON.stringify(path)] ?? []);
  };
  const { host, input } = draw({ choices: true }, ["eu", "mt"], { call });
  await vi.waitFor(() => expect(input.value).toBe("Malta"));
  expect(asked).toEqual([[], ["eu"]]);
  await press(input, "ArrowDown", "ArrowUp");
  fails = true;
  await press(input, "ArrowRight");
  await vi.waitFor(() => expect(screen.getByRole("alert").textContent).toContain("could not be loaded"));
  await press(input, "Enter");
  expect([host.value, input.value]).toEqual([["eu", "fr"], "France"]);
});

test("an output only shows", () => {
  const { input } = draw({ multiselect: true }, ["almond"], { interactive: false });
  expect([input.disabled, screen.getByText("Nuts").textContent, tokens()]).toEqual([true, "Nuts", []]);
});

test("of ten thousand choices only some are drawn", async () => {
  const many = Array.from({ length: 100 }, (_, at) =>
    branch(`B${at}`, Array.from({ length: 100 }, (_, leafAt) => leaf(`L${at}-${leafAt}`))),
  );
  const { host, input } = draw({ choices: many, multiselect: true, expanded: true }, []);
  await press(input, "ArrowDown");
  expect(screen.getAllByRole("treeitem").length).toBeLessThan(100);
  await press(input, " ");
  expect((host.value as unknown[]).length).toBe(100);
});
