import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import type { CheckboxGroupProps } from "./checkbox_group.gen";
import CheckboxGroup from "./CheckboxGroup.svelte";

type Value = readonly (string | number)[] | null;
type GroupHost = Fake<CheckboxGroupProps, Value>;

const CHOICES = [["a", "a"], ["B", 2], ["c", "c"]] as const;

function draw(props: Partial<CheckboxGroupProps> = {}, value: Value = ["a"], interactive = true): GroupHost {
  const host = fakeHost<CheckboxGroupProps, Value>(
    { name: "checkboxgroup", label: "Toppings", choices: CHOICES, ...props },
    value,
    { interactive },
  );
  render(CheckboxGroup, { host });
  return host;
}

const group = () => within(screen.getByRole("group", { name: "Toppings" }));
const box = (name: string): HTMLInputElement => group().getByRole("checkbox", { name });

test("the choices that are among the values are ticked", () => {
  draw({ info: "Any number" }, ["a", 2]);
  expect(["a", "B", "c"].map((name) => box(name).checked)).toEqual([true, true, false]);
  expect(screen.getByRole("group", { description: "Any number" })).toBeTruthy();
  expect(within(screen.getByTestId("checkbox-group")).getAllByRole("checkbox")).toHaveLength(3);
});

test("ticking adds the choice's value and unticking takes it away", async () => {
  const host = draw();
  await fireEvent.click(box("B"));
  expect(host.value).toEqual(["a", 2]);
  await fireEvent.click(box("a"));
  expect(host.value).toEqual([2]);
  expect(host.dispatched).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: 1, value: 2, selected: true } },
    { event: "input", data: undefined },
    { event: "select", data: { index: 0, value: "a", selected: false } },
  ]);
});

test("null is none", () => {
  draw({}, null);
  expect(box("a").checked).toBe(false);
});

test("the box in front of the label ticks all choices, then none", async () => {
  const host = draw({ show_select_all: true });
  const all = box("Select/Deselect All");
  expect([all.checked, all.indeterminate]).toEqual([false, true]);
  await fireEvent.click(all);
  expect(host.value).toEqual(["a", 2, "c"]);
  expect([all.checked, all.indeterminate]).toEqual([true, false]);
  await fireEvent.click(all);
  expect(host.value).toEqual([]);
  expect([all.checked, all.indeterminate]).toEqual([false, false]);
});

test("new choices of the server are shown", async () => {
  const host = draw();
  host.update({ choices: [["x", "x"]] });
  await tick();
  expect(group().getAllByRole("checkbox")).toHaveLength(1);
});

test("an output cannot be ticked", () => {
  draw({ show_select_all: true }, ["a"], false);
  const boxes: HTMLInputElement[] = group().getAllByRole("checkbox");
  expect(boxes.map(({ disabled }) => disabled)).toEqual([true, true, true]);
});
