import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick, type Component } from "svelte";
import { expect, test } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext } from "$ui/testing";
import Popover from "./Popover.svelte";

function draw(props: Record<string, unknown> = {}, interactive = true) {
  const given: Record<string, unknown> = { name: "popover", label: "Filters", ...props };
  const host = fakeHost(given, null, {
    tag: "popover",
    interactive,
    children: [fakeHost({ name: "textbox", label: "Inside" }, null, { id: 5 })] as unknown as Host[],
  });
  render(Popover, { props: { host: host as never }, context: nodeContext() });
  return { host, button: screen.getByRole("button"), events: () => host.dispatched.map(({ event }) => event) };
}

const isOpen = () => screen.queryByRole("dialog") !== null;

test("the button opens and closes it, and says so", async () => {
  const { button, events } = draw();
  expect([button.getAttribute("aria-expanded"), screen.queryByText("Inside")]).toEqual(["false", null]);
  await fireEvent.click(button);
  const panel = screen.getByRole("dialog", { name: "Filters" });
  expect([button.getAttribute("aria-expanded"), button.getAttribute("aria-controls")]).toEqual(["true", panel.id]);
  await screen.findByText("Inside"); // large ones are drawn gradually
  expect(document.activeElement).toBe(panel);
  await fireEvent.click(button);
  expect([isOpen(), events()]).toEqual([false, ["open", "close"]]);
  expect(screen.queryByText("Inside")).not.toBeNull();
});

test("Escape closes it and gives the focus back; a press elsewhere closes it only", async () => {
  const { host, button } = draw({ open: true });
  expect([isOpen(), document.activeElement]).toEqual([true, document.body]); // a function takes no focus
  await fireEvent.keyDown(document.body, { key: "Escape" });
  expect([isOpen(), document.activeElement]).toEqual([false, button]);
  host.update({ open: true });
  await tick();
  await fireEvent.pointerDown(await screen.findByText("Inside"));
  expect(isOpen()).toBe(true);
  await fireEvent.pointerDown(document.body);
  expect([isOpen(), host.props["open"]]).toEqual([false, false]);
});

test("Escape is for the one inside, if one is open there", async () => {
  const inner = fakeHost({ name: "popover", label: "Deeper", open: true }, null, { tag: "popover", id: 9 });
  const outer = fakeHost({ name: "popover", label: "Filters", open: true }, null, {
    tag: "popover",
    children: [inner] as unknown as Host[],
  });
  const context = nodeContext(Popover as unknown as Component<{ host: Host }>);
  render(Popover, { props: { host: outer as never }, context });
  await screen.findByRole("dialog", { name: "Deeper" });
  await fireEvent.keyDown(document.body, { key: "Escape" });
  expect([outer.props["open"], inner.props["open"]]).toEqual([true, false]);
  await fireEvent.keyDown(document.body, { key: "Escape" });
  expect(outer.props["open"]).toBe(false);
});

test("as help it is a question mark with a name, and it can be switched off", () => {
  const { button } = draw({ variant: "help", label: undefined }, false);
  expect([button.textContent, button.getAttribute("aria-label"), button.hasAttribute("disabled")]).toEqual([
    "?",
    "Help",
    true,
  ]);
});
