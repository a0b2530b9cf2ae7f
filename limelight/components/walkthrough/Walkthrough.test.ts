import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext, type Fake } from "$ui/testing";
import Walkthrough from "./Walkthrough.svelte";
import type { StepProps } from "./stepping.svelte";
import type { WalkthroughProps } from "./walkthrough.gen";

function draw(steps: readonly Partial<StepProps>[], props: Partial<WalkthroughProps> = {}): Fake<WalkthroughProps, unknown> {
  const children = steps.map((step, index) =>
    fakeHost({ name: "step", ...step } as StepProps, null, { id: 10 + index, tag: "walkthroughstep" }),
  );
  const host = fakeHost<WalkthroughProps>({ name: "walkthrough", ...props }, null, {
    tag: "walkthrough",
    children: children as unknown as Host[],
  });
  render(Walkthrough, { props: { host }, context: nodeContext() });
  return host;
}

const THREE = [
  { label: "One", id: 1 },
  { label: "Two", id: 2 },
  { label: "Three", id: 3 },
];
const tab = (name: RegExp): HTMLButtonElement => screen.getByRole<HTMLButtonElement>("tab", { name });
const selected = () => screen.getByRole("tab", { selected: true }).textContent.replace(/\s+/g, " ").trim();
const open = () => screen.getAllByRole<HTMLButtonElement>("tab").map((step) => !step.disabled);

test("the first step is shown, or the one that selected names; later ones wait", () => {
  draw(THREE, { selected: 2 });
  expect([selected(), open()]).toEqual(["2 Two", [true, true, false]]);
  expect(tab(/Two/).dataset["tabId"]).toBe("2");
  expect(tab(/1\s+One\s+done/)).toBeTruthy();
});

test("steps without id go by their place", () => {
  draw([{ label: "A" }, { label: "B" }], { selected: 1 });
  expect(selected()).toBe("2 B");
});

test("the reader goes back and forth again, and listeners hear of it", async () => {
  const host = draw(THREE, { selected: 3 });
  await fireEvent.click(tab(/One/));
  expect([selected(), host.props.selected, open()]).toEqual(["1 One", 1, [true, true, true]]);
  expect(host.dispatched).toEqual([
    { event: "select", data: { value: "One", index: 0, selected: true } },
    { event: "change", data: undefined },
  ]);
  await fireEvent.click(tab(/Three/));
  expect(selected()).toBe("3 Three");
});

test("where a function leads, the steps behind it wait again", async () => {
  const host = draw(THREE, { selected: 3 });
  host.update({ selected: 1 });
  await tick();
  expect([selected(), open()]).toEqual(["1 One", [true, false, false]]);
  expect(host.dispatched.map(({ event }) => event)).toEqual(["change"]);
});

test("the arrow keys walk among the steps that can be gone to", async () => {
  draw([{ label: "A", id: 1 }, { label: "B", id: 2, interactive: false }, { label: "C", id: 3 }], { selected: 3 });
  await fireEvent.keyDown(tab(/C/), { key: "ArrowLeft" });
  expect(selected()).toBe("1 A");
  await tick();
  expect(document.activeElement?.textContent).toContain("A");
  await fireEvent.keyDown(tab(/A/), { key: "End" });
  expect(selected()).toBe("3 C");
});

test("a step that is not there is not counted", () => {
  draw([{ label: "A", visible: false }, { label: "B" }]);
  expect(screen.getAllByRole("tab")).toHaveLength(1);
  expect(selected()).toBe("1 B");
});
