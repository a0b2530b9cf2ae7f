import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import type { SwitchProps } from "./switch.gen";
import Switch from "./Switch.svelte";

type SwitchHost = Fake<SwitchProps, boolean | null>;

function draw(props: Partial<SwitchProps> = {}, value: boolean | null = false, interactive = true): SwitchHost {
  const host = fakeHost<SwitchProps, boolean | null>({ name: "switch", label: "Lights", ...props }, value, {
    interactive,
  });
  render(Switch, { host });
  return host;
}

const control = (): HTMLInputElement => screen.getByRole("switch", { name: "Lights" });

test("turning it sets the value and tells the listeners", async () => {
  const host = draw();
  await fireEvent.click(control());
  expect(host.value).toBe(true);
  expect(host.dispatched).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: 0, value: true, selected: true } },
  ]);
});

test("Enter turns it once, however long it is held", async () => {
  const host = draw();
  await fireEvent.keyDown(control(), { key: "Enter" });
  await fireEvent.keyDown(control(), { key: "Enter", repeat: true });
  await fireEvent.keyDown(control(), { key: "a" });
  expect(host.written).toEqual([true]);
});

test("the info describes it", () => {
  draw({ info: "All of them" });
  expect(screen.getByRole("switch", { description: "All of them" })).toBe(control());
});

test("a label that is not shown still names it", () => {
  draw({ show_label: false });
  expect(control()).toBeTruthy();
  expect(screen.getByText("Lights").classList.contains("sr-only")).toBe(true);
});

test("a new value of the server is shown; null is off", async () => {
  const host = draw({}, null);
  expect(control().checked).toBe(false);
  host.put(true);
  await tick();
  expect(control().checked).toBe(true);
});

test("an output cannot be turned", () => {
  draw({}, true, false);
  expect([control().disabled, control().checked]).toEqual([true, true]);
});
