import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import type { NumberProps } from "./number.gen";
import NumberField from "./Number.svelte";

type NumberHost = Fake<NumberProps, number | null>;

function draw(props: Partial<NumberProps> = {}, value: number | null = null, interactive = true): NumberHost {
  const host = fakeHost<NumberProps, number | null>({ name: "number", label: "Age", ...props }, value, {
    interactive,
  });
  render(NumberField, { host });
  return host;
}

const control = (): HTMLInputElement => screen.getByRole("spinbutton", { name: "Age" });

test("the field has the author's bounds and step", () => {
  draw({ minimum: 1, maximum: 9, step: 0.5, placeholder: "years" }, 3);
  const { type, min, max, step, placeholder, value } = control();
  expect([type, min, max, step, placeholder, value]).toEqual(["number", "1", "9", "0.5", "years", "3"]);
});

test("typing sets the number; an empty field is null", async () => {
  const host = draw();
  await fireEvent.input(control(), { target: { value: "12.5" } });
  expect(host.value).toBe(12.5);
  await fireEvent.input(control(), { target: { value: "" } });
  expect(host.value).toBeNull();
  expect(host.dispatched.map(({ event }) => event)).toEqual(["input", "input"]);
});

test("what is typed stays as it is typed", async () => {
  const host = draw({}, 1.5);
  await fireEvent.input(control(), { target: { value: "1.50" } });
  expect(host.value).toBe(1.5);
  expect(control().value).toBe("1.50");
});

test("a new value of the server is shown", async () => {
  const host = draw({}, 1);
  host.put(2);
  await tick();
  expect(control().value).toBe("2");
  host.put(null);
  await tick();
  expect(control().value).toBe("");
});

test("Enter submits; focus and blur are told", async () => {
  const host = draw({}, 1);
  await fireEvent.focus(control());
  await fireEvent.keyDown(control(), { key: "Enter" });
  await fireEvent.blur(control());
  expect(host.dispatched.map(({ event }) => event)).toEqual(["focus", "submit", "blur"]);
});

test("a wheel over the field changes nothing", async () => {
  const host = draw({}, 1);
  await fireEvent.wheel(control(), { deltaY: 100 });
  expect(host.written).toEqual([]);
});

test("a number outside the bounds is marked", async () => {
  const host = draw({ minimum: 1, maximum: 9 }, 5);
  expect(control().getAttribute("aria-invalid")).toBeNull();
  host.put(10);
  await tick();
  expect(control().getAttribute("aria-invalid")).toBe("true");
});

test("an output cannot be typed into", () => {
  draw({}, 3, false);
  expect(control().disabled).toBe(true);
});
