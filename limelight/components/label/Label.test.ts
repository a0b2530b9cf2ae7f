import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeHost } from "$ui/testing";
import Label from "./Label.svelte";

const ANIMALS = {
  label: "cat",
  confidences: [
    { label: "cat", confidence: 0.997 },
    { label: "dog", confidence: 0.002 },
  ],
};

function draw(value: object | null, props: Record<string, unknown> = {}, listens = false) {
  const host = fakeHost({ name: "label", label: "Animal", ...props }, value, {
    tag: "label",
    listens: () => listens,
  });
  render(Label, { host });
  return host;
}

test("the most likely class is large, each has a bar and a share", () => {
  draw(ANIMALS);
  expect(screen.getByTestId("label-output-value").textContent.trim()).toBe("cat");
  expect(screen.getByTestId("cat-confidence-set").textContent).toMatch(/cat.*100%/s);
  expect(screen.getByTestId("dog-confidence-set").textContent).toMatch(/dog.*0%/s);
  expect(screen.getByRole("meter", { name: "cat" })).toBeTruthy();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a class can be selected if somebody listens", async () => {
  const host = draw(ANIMALS, { show_heading: false }, true);
  expect(screen.queryByRole("heading")).toBeNull();
  await fireEvent.click(screen.getByRole("button", { name: /dog/ }));
  expect(host.dispatched).toEqual([
    { event: "select", data: { index: 1, value: "dog", selected: true } },
  ]);
});

test("a class alone, and nothing at all", () => {
  draw({ label: "good", confidences: null }, { color: "red" });
  expect(screen.getByRole("heading", { name: "good" }).style.backgroundColor).toBe("red");
  draw({});
  expect(screen.getByRole("img", { name: "Empty value" })).toBeTruthy();
});
