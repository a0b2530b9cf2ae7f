import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import { fold, matching, startingWith, toChoices, visibleRows } from "./choices";
import Dropdown from "./Dropdown.svelte";
import type { DropdownProps } from "./dropdown.gen";
import type { DropdownValue } from "./picking.svelte";

const FRUIT = [
  ["Apple", "a"],
  ["Banana", 2],
  ["Cherry", "c"],
] as const;

function draw(
  props: Partial<DropdownProps> = {},
  value: DropdownValue = "a",
  interactive = true,
): { host: Fake<DropdownProps, DropdownValue>; input: HTMLInputElement } {
  const host = fakeHost<DropdownProps, DropdownValue>(
    { name: "dropdown", label: "Fruit", choices: FRUIT, num_choices_shown: 100, ...props },
    value,
    { tag: "dropdown", interactive },
  );
  render(Dropdown, { host });
  return { host, input: screen.getByRole<HTMLInputElement>("combobox", { name: "Fruit" }) };
}

const options = () => screen.queryAllByRole("option").map((option) => option.textContent.trim());
const events = (host: Fake<DropdownProps, DropdownValue>) =>
  host.dispatched.filter(({ event }) => !["focus", "blur", "key_up"].includes(event));
const press = async (input: HTMLElement, ...keys: string[]) => {
  for (const key of keys) await fireEvent.keyDown(input, { key });
};
const active = (input: HTMLElement) =>
  document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.textContent.trim();

test("is a combobox named by its label that shows the text of the value", () => {
  const { input } = draw({}, 2);
  expect(screen.getByLabelText("Fruit")).toBe(input);
  expect([input.value, input.getAttribute("aria-expanded")]).toEqual(["Banana", "false"]);
});

test("opens with the arrows, moves around the ends and picks with Enter", async () => {
  const { host, input } = draw();
  await press(input, "ArrowDown");
  expect([options(), active(input)]).toEqual([["Apple", "Banana", "Cherry"], "Apple"]);
  await press(input, "ArrowUp");
  expect(active(input)).toBe("Cherry");
  await press(input, "Home", "ArrowDown", "Enter");
  expect([host.value, input.value, options()]).toEqual([2, "Banana", []]);
  expect(events(host)).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: 1, value: 2, selected: true } },
  ]);
});

test("typing narrows the list; Escape brings the old text back", async () => {
  const { host, input } = draw();
  await fireEvent.input(input, { target: { value: "an" } });
  expect([options(), active(input)]).toEqual([["Banana"], "Banana"]);
  await fireEvent.input(input, { target: { value: "xyz" } });
  expect(options()).toEqual([]);
  expect(screen.getByRole("status", { name: "" }).textContent).toBeDefined();
  await press(input, "Escape");
  expect([input.value, host.written]).toEqual(["Apple", []]);
});

test("leaving without picking keeps the value", async () => {
  const { host, input } = draw();
  await fireEvent.focusIn(input);
  await fireEvent.input(input, { target: { value: "ban" } });
  await fireEvent.focusOut(input);
  expect([input.value, host.value]).toEqual(["Apple", "a"]);
  expect(host.dispatched.map(({ event }) => event)).toEqual(["focus", "blur"]);
});

test("a value of the reader's own is taken with Enter or on leaving", async () => {
  const { host, input } = draw({ allow_custom_value: true });
  await fireEvent.input(input, { target: { value: "Quince" } });
  await press(input, "Enter");
  expect([host.value, input.value]).toEqual(["Quince", "Quince"]);
  await fireEvent.input(input, { target: { value: "Banana" } });
  await fireEvent.focusOut(input);
  expect(host.value).toBe(2);
});

test("several are toggled, with tokens to remove them and a button for all", async () => {
  const { host, input } = draw({ multiselect: true }, ["a"]);
  await press(input, "ArrowDown", "ArrowDown", "Enter");
  expect([host.value, options().length]).toEqual([["a", 2], 3]);
  await fireEvent.click(screen.getAllByRole("option")[0]!);
  expect([host.value, events(host).at(-1)]).toEqual([
    [2],
    { event: "select", data: { index: 0, value: "a", selected: false } },
  ]);
  await fireEvent.click(screen.getByRole("button", { name: "Remove Banana" }));
  expect(host.value).toEqual([]);
  host.put(["a", 2, "c"]);
  await tick();
  await press(input, "Escape", "Backspace");
  expect(host.value).toEqual(["a", 2]);
  await fireEvent.click(screen.getByRole("button", { name: "Clear" }));
  expect(host.value).toEqual([]);
});

test("no more than max_choices can be picked", async () => {
  const { host, input } = draw({ multiselect: true, max_choices: 2 }, ["a"]);
  await press(input, "ArrowDown", "End", "Enter");
  expect([host.value, options()]).toEqual([["a", "c"], []]);
  await press(input, "ArrowDown", "ArrowDown", "Enter");
  expect(host.value).toEqual(["a", "c"]);
  expect(screen.getAllByRole("option")[1]!.getAttribute("aria-disabled")).toBe("true");
});

test("without filtering, letters find a choice", async () => {
  const { host, input } = draw({ filterable: false });
  expect(input.readOnly).toBe(true);
  await press(input, "c");
  expect(active(input)).toBe("Cherry");
  await press(input, "Enter");
  expect(host.value).toBe("c");
});

test("follows the server's value and choices", async () => {
  const { host, input } = draw();
  host.put("c");
  await tick();
  expect(input.value).toBe("Cherry");
  host.update({ choices: [["Sour cherry", "c"]] });
  await tick();
  expect(input.value).toBe("Sour cherry");
});

test("static ones show their value and nothing to press", () => {
  const { input } = draw({ multiselect: true }, ["a", "own"], false);
  expect(input.disabled).toBe(true);
  expect(screen.queryAllByRole("button")).toEqual([]);
  expect(screen.getByText("Apple")).toBeTruthy();
  expect(screen.getByText("own")).toBeTruthy();
});

test("tells which key went up, and what is typed", async () => {
  const { host, input } = draw();
  await fireEvent.keyUp(input, { key: "x" });
  expect(host.dispatched.at(-1)).toEqual({
    event: "key_up",
    data: { key: "x", input_value: "Apple" },
  });
});

test("ten thousand choices: few are drawn, and one is found among them", async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => [`Item ${index}`, index] as const);
  const { input } = draw({ choices: many }, 0);
  await press(input, "ArrowDown");
  expect(options().length).toBe(100);
  expect(screen.getByText("100 of 10000 shown. Type to find the others.")).toBeTruthy();
  const choices = toChoices(many);
  expect(matching(choices, "item 9999")).toEqual([9999]);
});

test("a long list without limit is drawn only where it is looked at", async () => {
  const many = Array.from({ length: 10_000 }, (_, index) => [`Item ${index}`, index] as const);
  const host = fakeHost<DropdownProps, DropdownValue>(
    { name: "dropdown", label: "Fruit", choices: many },
    0,
    { tag: "dropdown" },
  );
  render(Dropdown, { host });
  await press(screen.getByRole("combobox"), "ArrowDown");
  const drawn = screen.getAllByRole("option");
  expect(drawn.length).toBeLessThan(60);
  expect(drawn[0]!.getAttribute("aria-setsize")).toBe("10000");
});

test("matching ignores case and accents", () => {
  expect(fold("Émile")).toBe("emile");
  const choices = toChoices(["Émile", ["Zoë", 1], 5]);
  expect(matching(choices, " zoe")).toEqual([1]);
  expect(choices[2]).toEqual({ text: "5", value: 5, folded: "5" });
  expect(startingWith(choices, "e", 1)).toBe(0);
  expect(startingWith(choices, "q", 0)).toBe(-1);
});

test("rows in sight have some to spare on both sides", () => {
  expect(visibleRows(10_000, { top: 3400, height: 320, row: 34 })).toEqual([92, 118]);
  expect(visibleRows(5, { top: 0, height: 320, row: 34 })).toEqual([0, 5]);
});
