import { render, screen } from "@testing-library/svelte";
import { createRawSnippet } from "svelte";
import { expect, test } from "vitest";
import Block from "./Block.svelte";
import type { ComponentProps, Status } from "./contract";
import { IDLE, stubHost } from "./stub";

const children = createRawSnippet(() => ({ render: () => '<input id="field-4">' }));

function draw(props: Partial<ComponentProps>, status: Partial<Status> = {}): HTMLElement {
  const host = stubHost({ name: "textbox", ...props }, { id: 4, status: { ...IDLE, ...status } });
  const { container } = render(Block, { host, children });
  const block = container.querySelector<HTMLElement>(".block");
  if (!block) throw new Error("no block was drawn");
  return block;
}

test("carries the author's id, classes and size", () => {
  const block = draw({ elem_id: "mine", elem_classes: ["a", "b"], scale: 2, min_width: 160 });
  expect(block.id).toBe("mine");
  expect([...block.classList]).toEqual(expect.arrayContaining(["block", "a", "b"]));
  expect(block.style.flexGrow).toBe("2");
});

test("the label names its control, also when it is not shown", () => {
  draw({ label: "Name", show_label: false });
  expect(screen.getByLabelText("Name").id).toBe("field-4");
  expect(screen.getByTestId("block-info").classList.contains("sr-only")).toBe(true);
});

test("visible='hidden' hides it, container=False takes the frame away", () => {
  expect(draw({ visible: "hidden" }).classList.contains("hidden")).toBe(true);
  expect(draw({ container: false }).classList.contains("no-container")).toBe(true);
});

test("a validator's text is an alert", () => {
  draw({}, { validation: "Too short" });
  expect(screen.getByRole("alert").textContent).toBe("Too short");
});

test("the tracker is hidden until something runs", () => {
  expect(draw({}).querySelector(".wrap.hide")).not.toBeNull();
  const block = draw({}, { stage: "error", message: "No <i>luck</i>" });
  expect(block.querySelector("[data-testid=status-tracker].full")?.textContent).toContain("Error");
  expect(block.querySelector(".message")?.textContent).toBe("No luck");
});

test("progress is a thin line while values are shown as they come", () => {
  const bar = { index: 3, length: 10, unit: "steps", progress: null, desc: "Drawing" };
  const block = draw({}, { stage: "generating", progress: [bar] });
  expect(screen.getByRole("progressbar", { name: /Drawing/ }).getAttribute("aria-valuenow")).toBe("30");
  expect(block.querySelector(".card")).toBeNull();
});
