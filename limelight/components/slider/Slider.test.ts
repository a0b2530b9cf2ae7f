import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import Slider from "./Slider.svelte";
import type { SliderProps } from "./slider.gen";
import { clamp, fraction } from "./track";

type SliderHost = Fake<SliderProps, number | null>;

function draw(value: number | null = 4, interactive = true, props: Partial<SliderProps> = {}): SliderHost {
  const host = fakeHost<SliderProps, number | null>(
    { name: "slider", label: "Strength", minimum: 0, maximum: 10, step: 0.5, buttons: ["reset"], ...props },
    value,
    { interactive },
  );
  render(Slider, { host });
  return host;
}

const range = (): HTMLInputElement => screen.getByRole("slider", { name: "range slider for Strength" });
const number = (): HTMLInputElement => screen.getByRole("spinbutton", { name: "number input for Strength" });
const events = (host: SliderHost): string[] => host.dispatched.map(({ event }) => event);

test("a value stands between its bounds", () => {
  expect([clamp(-1, 0, 10), clamp(11, 0, 10), clamp(3, 0, 10)]).toEqual([0, 10, 3]);
  expect([fraction(3, 0, 10), fraction(-1, 0, 10), fraction(5, 5, 5)]).toEqual([0.3, 0, 0]);
});

test("handle and field show the value, bounds and step", () => {
  draw();
  for (const { min, max, step, value } of [range(), number()]) {
    expect([min, max, step, value]).toEqual(["0", "10", "0.5", "4"]);
  }
  expect(screen.getByTestId("max-value").textContent).toBe("10");
  expect(range().style.getPropertyValue("--part")).toBe("0.4");
});

test("without a value it stands at the minimum", () => {
  draw(null, true, { minimum: 2 });
  expect(range().value).toBe("2");
});

test("dragging tells each value, letting go tells the last", async () => {
  const host = draw();
  await fireEvent.pointerDown(range());
  await fireEvent.input(range(), { target: { value: "5" } });
  await fireEvent.input(range(), { target: { value: "6" } });
  expect(host.written).toEqual([5, 6]);
  expect(events(host)).toEqual(["input", "input"]);
  await fireEvent.pointerUp(window);
  expect(host.dispatched.at(-1)).toEqual({ event: "release", data: 6 });
  await fireEvent.pointerUp(window);
  expect(events(host)).toEqual(["input", "input", "release"]);
});

test("a key that moved the handle releases it when it comes up", async () => {
  const host = draw();
  await fireEvent.keyDown(range(), { key: "Tab" });
  await fireEvent.keyUp(range(), { key: "Tab" });
  expect(events(host)).toEqual([]);
  await fireEvent.keyDown(range(), { key: "ArrowRight" });
  await fireEvent.input(range(), { target: { value: "4.5" } });
  await fireEvent.keyUp(range(), { key: "ArrowRight" });
  expect(events(host)).toEqual(["input", "release"]);
});

test("a typed number counts once it is in range, and is brought into it at the end", async () => {
  const host = draw();
  await fireEvent.input(number(), { target: { value: "99" } });
  expect(host.value).toBe(4);
  await fireEvent.change(number());
  expect(host.value).toBe(10);
  expect(number().value).toBe("10");
  expect(host.dispatched.at(-1)).toEqual({ event: "release", data: 10 });
});

test("an emptied field shows the value again", async () => {
  const host = draw();
  await fireEvent.input(number(), { target: { value: "" } });
  await fireEvent.change(number());
  expect([host.value, number().value]).toEqual([4, "4"]);
});

test("reset goes back to the first value", async () => {
  const host = draw();
  host.put(9);
  await fireEvent.click(screen.getByRole("button", { name: "Reset to default value" }));
  expect(host.value).toBe(4);
  expect(events(host)).toEqual(["input", "release"]);
});

test("without the button there is none", () => {
  draw(4, true, { buttons: [] });
  expect(screen.queryByRole("button")).toBeNull();
});

test("an output cannot be moved", () => {
  draw(4, false);
  expect([range().disabled, number().disabled]).toEqual([true, true]);
});
