import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import type { CheckboxProps } from "./checkbox.gen";
import Checkbox from "./Checkbox.svelte";

type CheckboxHost = Fake<CheckboxProps, boolean | null>;

function draw(props: Partial<CheckboxProps> = {}, value: boolean | null = false, interactive = true): CheckboxHost {
  const host = fakeHost<CheckboxProps, boolean | null>({ name: "checkbox", label: "Agree", ...props }, value, {
    interactive,
  });
  render(Checkbox, { host });
  return host;
}

const box = (): HTMLInputElement => screen.getByRole("checkbox", { name: "Agree" });

test("ticking sets the value and tells the listeners", async () => {
  const host = draw();
  await fireEvent.click(box());
  expect(host.value).toBe(true);
  expect(host.dispatched).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: 0, value: true, selected: true } },
  ]);
});

test("the info describes the box", () => {
  draw({ info: "All of it" });
  expect(screen.getByRole("checkbox", { description: "All of it" })).toBe(box());
});

test("a label that is not shown still names it", () => {
  draw({ show_label: false });
  expect(box()).toBeTruthy();
  expect(screen.getByText("Agree").classList.contains("sr-only")).toBe(true);
});

test("a new value of the server is shown; null is unticked", async () => {
  const host = draw({}, null);
  expect(box().checked).toBe(false);
  host.put(true);
  await tick();
  expect(box().checked).toBe(true);
});

test("an output cannot be ticked", () => {
  draw({}, true, false);
  expect([box().disabled, box().checked]).toEqual([true, true]);
});
