import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import type { RadioProps } from "./radio.gen";
import Radio from "./Radio.svelte";

type Value = string | number | null;
type RadioHost = Fake<RadioProps, Value>;

const CHOICES = [["a", "a"], ["B", 2], ["c", "c"]] as const;

function draw(props: Partial<RadioProps> = {}, value: Value = null, interactive = true): RadioHost {
  const host = fakeHost<RadioProps, Value>({ name: "radio", label: "Drink", choices: CHOICES, ...props }, value, {
    interactive,
  });
  render(Radio, { host });
  return host;
}

const option = (name: string): HTMLInputElement => screen.getByRole("radio", { name });

test("the choices are one group with one name, named by the label", () => {
  draw({ info: "Just one" });
  expect(screen.getByRole("radiogroup", { name: "Drink", description: "Just one" })).toBeTruthy();
  const options: HTMLInputElement[] = screen.getAllByRole("radio");
  expect(new Set(options.map(({ name }) => name)).size).toBe(1);
  expect(options.some(({ checked }) => checked)).toBe(false);
  expect(screen.getByTestId("B-radio-label").contains(option("B"))).toBe(true);
});

test("picking sets the choice's value and tells which it is", async () => {
  const host = draw();
  await fireEvent.click(option("B"));
  expect(host.value).toBe(2);
  expect(host.dispatched).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: 1, value: 2 } },
  ]);
});

test("a new value of the server is shown; one that is no choice picks nothing", async () => {
  const host = draw({}, "a");
  host.put("c");
  await tick();
  expect([option("a").checked, option("c").checked]).toEqual([false, true]);
  host.put("zz");
  await tick();
  expect(option("c").checked).toBe(false);
});

test("choices run from right to left if the author wants it", () => {
  draw({ rtl: true });
  expect(screen.getByTestId("a-radio-label").parentElement?.dir).toBe("rtl");
});

test("an output cannot be picked", () => {
  draw({}, "a", false);
  expect(option("a").checked && option("a").disabled && option("B").disabled).toBe(true);
});
