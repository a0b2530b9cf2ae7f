import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import type { SegmentedControlProps } from "./segmented_control.gen";
import SegmentedControl from "./SegmentedControl.svelte";

type Value = string | number;
type Picked = Value | readonly Value[] | null;
type SegmentedHost = Fake<SegmentedControlProps, Picked>;

const CHOICES = [["List", "list"], ["Board", 2], ["Week", "week"]] as const;

function draw(props: Partial<SegmentedControlProps> = {}, value: Picked = null, interactive = true): SegmentedHost {
  const host = fakeHost<SegmentedControlProps, Picked>(
    { name: "segmentedcontrol", label: "View", choices: CHOICES, ...props },
    value,
    { interactive },
  );
  render(SegmentedControl, { host });
  return host;
}

const radio = (name: string): HTMLInputElement => screen.getByRole("radio", { name });
const box = (name: string): HTMLInputElement => screen.getByRole("checkbox", { name });

test("the choices are one group of radio buttons, named by the label", () => {
  draw({ info: "Of your tasks" });
  expect(screen.getByRole("radiogroup", { name: "View", description: "Of your tasks" })).toBeTruthy();
  const options: HTMLInputElement[] = screen.getAllByRole("radio");
  expect(new Set(options.map(({ name }) => name)).size).toBe(1);
  expect(options.some(({ checked }) => checked)).toBe(false);
});

test("picking sets the choice's value and tells which it is", async () => {
  const host = draw({}, "list");
  await fireEvent.click(radio("Board"));
  expect(host.value).toBe(2);
  expect(host.dispatched).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: 1, value: 2 } },
  ]);
});

test("with several, each is picked and left by itself, and the value keeps the order of the choices", async () => {
  const host = draw({ multiple: true }, ["week"]);
  expect(screen.getByRole("group", { name: "View" })).toBeTruthy();
  await fireEvent.click(box("List"));
  expect(host.value).toEqual(["list", "week"]);
  expect(host.dispatched.at(-1)).toEqual({ event: "select", data: { index: 0, value: "list", selected: true } });
  await fireEvent.click(box("Week"));
  expect(host.value).toEqual(["list"]);
  expect(host.dispatched.at(-1)).toEqual({ event: "select", data: { index: 2, value: "week", selected: false } });
});

test("a new value of the server is shown; one that is no choice picks nothing", async () => {
  const host = draw({}, "list");
  host.put("week");
  await tick();
  expect([radio("List").checked, radio("Week").checked]).toEqual([false, true]);
  host.put("zz");
  await tick();
  expect(radio("Week").checked).toBe(false);
});

test("an output cannot be picked", () => {
  draw({}, "list", false);
  expect(radio("List").checked && radio("List").disabled && radio("Board").disabled).toBe(true);
});
