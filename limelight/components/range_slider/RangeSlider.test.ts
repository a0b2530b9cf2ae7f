import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import { fraction, moved, nearest, pairOf, snap, stepsOf, valueAt, type Limits } from "./range";
import type { RangeSliderProps } from "./range_slider.gen";
import RangeSlider from "./RangeSlider.svelte";

type Value = readonly number[] | null;
type RangeHost = Fake<RangeSliderProps, Value>;

const LIMITS: Limits = { minimum: 0, maximum: 10, step: 0.5, distance: 1 };

function draw(value: Value = [2, 6], interactive = true, props: Partial<RangeSliderProps> = {}): RangeHost {
  const host = fakeHost<RangeSliderProps, Value>(
    { name: "rangeslider", label: "Price", minimum: 0, maximum: 10, step: 0.5, min_distance: 1, ...props },
    value,
    { interactive },
  );
  render(RangeSlider, { host });
  return host;
}

const handle = (end: "lower" | "upper"): HTMLElement => screen.getByRole("slider", { name: `${end} end of Price` });
const number = (end: "lower" | "upper"): HTMLInputElement =>
  screen.getByRole("spinbutton", { name: `number input for the ${end} end of Price` });
const events = (host: RangeHost): string[] => host.dispatched.map(({ event }) => event);

function widen(): HTMLElement {
  const track = screen.getByTestId("range-track");
  track.getBoundingClientRect = () => new DOMRect(0, 0, 100, 20);
  return track;
}

test("values stand on steps between the bounds", () => {
  expect([snap(3.3, LIMITS), snap(-Infinity, LIMITS), snap(Infinity, LIMITS)]).toEqual([3.5, 0, 10]);
  expect(snap(0.31, { ...LIMITS, maximum: 1, step: 0.1 })).toBe(0.3);
  expect([9.4, 9.6, 10].map((value) => snap(value, { ...LIMITS, step: 3 }))).toEqual([9, 10, 10]);
  expect([fraction(4, LIMITS), fraction(5, { ...LIMITS, maximum: 0 }), valueAt(0.4, LIMITS)]).toEqual([0.4, 0, 4]);
});

test("the ends keep their distance", () => {
  expect(moved([2, 6], { end: 0, to: 9 }, LIMITS)).toEqual([5, 6]);
  expect(moved([2, 6], { end: 1, to: 0 }, LIMITS)).toEqual([2, 3]);
  expect(moved([0, 0.5], { end: 0, to: 0.4 }, LIMITS)).toEqual([0, 0.5]);
  expect(moved([2, 6], { end: 1, to: 99 }, LIMITS)).toEqual([2, 10]);
});

test("a press is meant for the nearest end that can move", () => {
  expect([nearest([2, 6], 3, LIMITS), nearest([2, 6], 5, LIMITS), nearest([4, 4], 1, LIMITS)]).toEqual([0, 1, 0]);
  expect([nearest([4, 4], 4, LIMITS), nearest([10, 10], 10, LIMITS)]).toEqual([1, 0]);
});

test.each([
  ["ArrowRight", 1, -1],
  ["ArrowLeft", -1, 1],
  ["ArrowUp", 1, 1],
  ["ArrowDown", -1, -1],
  ["PageUp", 10, 10],
  ["PageDown", -10, -10],
  ["Home", -Infinity, -Infinity],
  ["End", Infinity, Infinity],
  ["a", undefined, undefined],
])("%s goes %s steps, from right to left %s", (key, steps, turned) => {
  expect([stepsOf(key, false), stepsOf(key, true)]).toEqual([steps, turned]);
});

test("the server's value is brought between the bounds", () => {
  expect([pairOf(null, LIMITS), pairOf([-3, 40], LIMITS), pairOf([6, 2], LIMITS)]).toEqual([
    [0, 10],
    [0, 10],
    [6, 6],
  ]);
});

test("each handle is a slider whose bounds follow the other one", async () => {
  const host = draw();
  const bounds = (end: "lower" | "upper"): (string | null)[] =>
    ["now", "min", "max"].map((part) => handle(end).getAttribute(`aria-value${part}`));
  expect([bounds("lower"), bounds("upper")]).toEqual([
    ["2", "0", "5"],
    ["6", "3", "10"],
  ]);
  host.put([4, 8]);
  await tick();
  expect([bounds("lower"), number("upper").value]).toEqual([["4", "0", "7"], "8"]);
  expect(screen.getByRole("group", { name: "Price" })).toBeTruthy();
});

test("keys move a handle, and it is released when they come up", async () => {
  const host = draw();
  await fireEvent.keyDown(handle("lower"), { key: "ArrowRight" });
  expect(host.value).toEqual([2.5, 6]);
  await fireEvent.keyDown(handle("lower"), { key: "End" });
  expect(host.value).toEqual([5, 6]);
  await fireEvent.keyUp(handle("lower"), { key: "End" });
  expect(events(host)).toEqual(["input", "input", "release"]);
  expect(host.dispatched.at(-1)?.data).toEqual([5, 6]);
  await fireEvent.keyDown(handle("lower"), { key: "Tab" });
  await fireEvent.keyUp(handle("lower"), { key: "Tab" });
  expect(events(host)).toHaveLength(3);
});

test("a press brings the nearest handle, which follows the pointer until it comes up", async () => {
  const host = draw();
  await fireEvent.pointerDown(widen(), { clientX: 80, button: 0 });
  expect(host.value).toEqual([2, 8]);
  expect(document.activeElement).toBe(handle("upper"));
  await fireEvent.pointerMove(window, { clientX: 10 });
  expect(host.value).toEqual([2, 3]);
  await fireEvent.pointerUp(window);
  expect(host.dispatched.at(-1)).toEqual({ event: "release", data: [2, 3] });
  await fireEvent.pointerMove(window, { clientX: 90 });
  expect(host.value).toEqual([2, 3]);
});

test("a typed number counts once it is in reach, and is brought there at the end", async () => {
  const host = draw();
  await fireEvent.input(number("lower"), { target: { value: "3.25" } });
  expect(host.value).toEqual([3.25, 6]);
  await fireEvent.input(number("lower"), { target: { value: "99" } });
  expect(host.value).toEqual([3.25, 6]);
  await fireEvent.change(number("lower"));
  expect([host.value, number("lower").value]).toEqual([[5, 6], "5"]);
  expect(host.dispatched.at(-1)).toEqual({ event: "release", data: [5, 6] });
  await fireEvent.input(number("upper"), { target: { value: "" } });
  await fireEvent.change(number("upper"));
  expect([host.value, number("upper").value]).toEqual([[5, 6], "6"]);
});

test("reset goes back to the first value", async () => {
  const host = draw();
  host.put([0, 10]);
  await fireEvent.click(screen.getByRole("button", { name: "Reset to default value" }));
  expect(host.value).toEqual([2, 6]);
  expect(events(host)).toEqual(["input", "release"]);
});

test("without the button there is none; without a value it is the whole line", () => {
  draw(null, true, { buttons: [] });
  expect(screen.queryByRole("button")).toBeNull();
  expect([number("lower").value, number("upper").value]).toEqual(["0", "10"]);
});

test("an output cannot be moved", async () => {
  const host = draw([2, 6], false);
  await fireEvent.pointerDown(widen(), { clientX: 80, button: 0 });
  await fireEvent.keyDown(handle("lower"), { key: "End" });
  expect([host.written.length, number("lower").disabled, handle("upper").tabIndex]).toEqual([0, true, -1]);
  expect(handle("upper").getAttribute("aria-disabled")).toBe("true");
});
