import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import type { RatingProps } from "./rating.gen";
import Rating from "./Rating.svelte";

type RatingHost = Fake<RatingProps, number | null>;

function draw(value: number | null = null, props: Partial<RatingProps> = {}, interactive = true): RatingHost {
  const host = fakeHost<RatingProps, number | null>({ name: "rating", label: "Taste", ...props }, value, {
    interactive,
  });
  render(Rating, { host });
  return host;
}

const star = (name: string): HTMLInputElement => screen.getByRole("radio", { name });
const parts = (): string[] =>
  [...document.querySelectorAll<SVGElement>(".picture")].map(({ style }) => style.getPropertyValue("--part"));

test("the stars are one group of radio buttons, named by the label", () => {
  draw(null, { info: "Be honest" });
  expect(screen.getByRole("radiogroup", { name: "Taste", description: "Be honest" })).toBeTruthy();
  const stars: HTMLInputElement[] = screen.getAllByRole("radio");
  expect(stars.map((input) => input.ariaLabel ?? input.getAttribute("aria-label"))).toEqual([
    "1 star",
    "2 stars",
    "3 stars",
    "4 stars",
    "5 stars",
  ]);
  expect(new Set(stars.map(({ name }) => name)).size).toBe(1);
});

test("picking a star sets the value and fills all up to it", async () => {
  const host = draw(2, { maximum: 4 });
  await fireEvent.click(star("3 stars"));
  expect(host.written).toEqual([3]);
  expect(host.dispatched).toEqual([{ event: "input", data: undefined }]);
  expect(parts()).toEqual(["1", "1", "1", "0"]);
  expect(star("3 stars").checked).toBe(true);
});

test("picking the picked star, or Delete, takes the rating away", async () => {
  const host = draw(3);
  await fireEvent.click(star("3 stars"));
  expect(host.value).toBeNull();
  expect(host.dispatched.map(({ event }) => event)).toEqual(["input", "clear"]);
  expect(star("3 stars").checked).toBe(false);
  host.put(2);
  await tick();
  await fireEvent.keyDown(star("2 stars"), { key: "Delete" });
  expect(host.value).toBeNull();
});

test("unless the author wants one", async () => {
  const host = draw(3, { clearable: false });
  await fireEvent.click(star("3 stars"));
  await fireEvent.keyDown(star("3 stars"), { key: "Backspace" });
  expect(host.written).toEqual([]);
});

test("half stars can be picked where they are allowed", async () => {
  const host = draw(null, { allow_half: true });
  expect(screen.getAllByRole("radio")).toHaveLength(10);
  await fireEvent.click(star("2.5 stars"));
  expect(host.value).toBe(2.5);
  expect(parts()).toEqual(["1", "1", "0.5", "0", "0"]);
});

test("the mouse shows what it would pick; a finger does not", async () => {
  draw(1);
  await fireEvent.pointerEnter(screen.getByTestId("4-star-label"), { pointerType: "touch" });
  expect(parts()).toEqual(["1", "0", "0", "0", "0"]);
  await fireEvent.pointerEnter(screen.getByTestId("4-star-label"), { pointerType: "mouse" });
  expect(parts()).toEqual(["1", "1", "1", "1", "0"]);
  await fireEvent.pointerLeave(screen.getByTestId("rating"));
  expect(parts()).toEqual(["1", "0", "0", "0", "0"]);
});

test("an output is a picture of any part of the stars", async () => {
  const host = draw(4.25, {}, false);
  expect(screen.queryByRole("radio")).toBeNull();
  expect(screen.getByRole("group", { name: "Taste" })).toBeTruthy();
  expect(screen.getByRole("img", { name: "4.25 of 5 stars" })).toBeTruthy();
  expect(parts()).toEqual(["1", "1", "1", "1", "0.25"]);
  host.put(null);
  await tick();
  expect(screen.getByRole("img", { name: "Not rated" })).toBeTruthy();
});
