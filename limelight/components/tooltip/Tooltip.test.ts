import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick, type Component } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Host } from "$ui/contract";
import { IDLE } from "$ui/stub";
import { fakeHost, nodeContext } from "$ui/testing";
import Button from "../button/Button.svelte";
import Tooltip from "./Tooltip.svelte";
import type { TooltipProps } from "./tooltip.gen";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function draw(props: Partial<TooltipProps> = {}, withButton = true) {
  const child = fakeHost({ name: "button" }, "Send", { id: 5, status: IDLE });
  const host = fakeHost<TooltipProps>({ name: "tooltip", text: "Sends it.", ...props }, null, {
    tag: "tooltip",
    children: [child] as unknown as Host[],
  });
  const node = withButton ? (Button as unknown as Component<{ host: Host }>) : undefined;
  render(Tooltip, { props: { host }, context: nodeContext(node) });
  const tip = document.querySelector("[role=tooltip]")!;
  return { host, child, tip, isShown: () => tip.classList.contains("shown") };
}

/** jsdom has no pointer events with a type. */
function pointer(name: string, target: Element, pointerType = "mouse", more: object = {}): Promise<boolean> {
  const bubbles = !name.endsWith("enter") && !name.endsWith("leave");
  return fireEvent(target, Object.assign(new MouseEvent(name, { bubbles, ...more }), { pointerType }));
}

const wait = async (milliseconds: number) => {
  await vi.advanceTimersByTimeAsync(milliseconds);
  await tick();
};

test("it describes what takes the focus, or takes it itself", async () => {
  const { host, tip } = draw();
  expect(screen.getByRole("button").getAttribute("aria-describedby")).toBe(tip.id);
  host.update({ text: "Other words." });
  await tick();
  expect(tip.textContent?.trim()).toBe("Other words.");
  expect(screen.getByRole("group").hasAttribute("tabindex")).toBe(false);
  document.body.replaceChildren();
  draw({}, false);
  expect(screen.getByRole("group").getAttribute("tabindex")).toBe("0");
});

test("the mouse shows it after a while, and it stays while pointed at", async () => {
  const { isShown } = draw({ delay: 0.3 });
  const area = screen.getByRole("group");
  await pointer("pointerenter", area);
  await wait(200);
  expect(isShown()).toBe(false);
  await wait(150);
  expect(isShown()).toBe(true);
  await pointer("pointerleave", area);
  await wait(100);
  await pointer("pointerenter", area); // it was on its way to the text
  await wait(1000);
  expect(isShown()).toBe(true);
  const escape = new KeyboardEvent("keydown", { key: "Escape", cancelable: true });
  window.dispatchEvent(escape);
  await tick();
  expect([isShown(), escape.defaultPrevented]).toEqual([false, true]);
  await pointer("pointerleave", area);
  await wait(200);
  expect(isShown()).toBe(false);
});

test("a press with the mouse hides it; without text there is nothing to show", async () => {
  const { host, isShown } = draw({ delay: 0 });
  const area = screen.getByRole("group");
  await pointer("pointerenter", area);
  await wait(0);
  await pointer("pointerdown", screen.getByRole("button"));
  expect(isShown()).toBe(false);
  await pointer("pointerleave", area);
  await wait(200);
  await pointer("pointerenter", area);
  await wait(0);
  expect(isShown()).toBe(true);
  host.update({ text: "" });
  await tick();
  expect(isShown()).toBe(false);
});

test("a long press shows it and is no click; a short one or a moving finger is none", async () => {
  const { child, isShown } = draw();
  const button = screen.getByRole("button");
  await pointer("pointerdown", button, "touch", { clientX: 0, clientY: 0 });
  await wait(600);
  await pointer("pointerup", button, "touch");
  await fireEvent.click(button);
  expect([isShown(), child.dispatched]).toEqual([true, []]);
  await pointer("pointerdown", document.body, "touch");
  expect(isShown()).toBe(false);
  await pointer("pointerdown", button, "touch");
  await wait(100);
  await pointer("pointerup", button, "touch");
  await fireEvent.click(button);
  await wait(600);
  expect([isShown(), child.dispatched.length]).toEqual([false, 1]);
});
