import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import Steps from "./Steps.svelte";
import type { StepsProps } from "./steps.gen";

type Props = Omit<StepsProps, "steps"> & { steps?: readonly { title: string; description?: string; status?: "error" }[] };

const THREE = [{ title: "Load" }, { title: "Clean", description: "What is empty" }, { title: "Report" }];

function draw(value: number | null = 1, props: Partial<Props> = {}): Fake<Props, number | null> {
  const host = fakeHost<Props, number | null>({ name: "steps", label: "Training", steps: THREE, ...props }, value);
  render(Steps, { host });
  return host;
}

const said = () => screen.getAllByRole("listitem").map(({ textContent }) => textContent.replace(/\s+/g, " ").trim());
const states = () => screen.getAllByRole("listitem").map(({ classList }) => classList[0]);
const at = () => screen.getAllByRole("listitem").findIndex((step) => step.ariaCurrent === "step" || step.getAttribute("aria-current") === "step");

test("it is a list that says which steps are done and which is at hand", () => {
  draw();
  expect(screen.getByRole("group", { name: "Training" })).toBeTruthy();
  expect(said()).toEqual(["1 Load done", "2 Clean What is empty", "3 Report"]);
  expect([states(), at()]).toEqual([["finish", "process", "wait"], 1]);
  expect(screen.queryByRole("button")).toBeNull();
});

test("one past the last is all done, and none is none", async () => {
  const host = draw(3);
  expect([states(), at()]).toEqual([["finish", "finish", "finish"], -1]);
  host.put(null);
  await tick();
  expect(states()).toEqual(["wait", "wait", "wait"]);
});

test("the step at hand may have failed, and a step may say how it is", async () => {
  const host = draw(1, { status: "error" });
  expect([states(), said()[1]]).toEqual([["finish", "error", "wait"], "2 Clean failed What is empty"]);
  host.update({ status: "process", steps: [{ title: "Load", status: "error" }, { title: "Clean" }] });
  await tick();
  expect(states()).toEqual(["error", "process"]);
});

test("steps can be chosen where the author wants it", async () => {
  const host = draw(1, { clickable: true });
  await fireEvent.click(screen.getByRole("button", { name: /Report/ }));
  expect([host.value, at()]).toEqual([2, 2]);
  expect(host.dispatched).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: 2, value: "Report", selected: true } },
  ]);
  host.update({ interactive: false });
  await tick();
  expect(screen.queryByRole("button")).toBeNull();
});
