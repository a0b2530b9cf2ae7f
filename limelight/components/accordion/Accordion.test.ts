import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext } from "$ui/testing";
import Accordion from "./Accordion.svelte";

function draw(open: boolean) {
  const host = fakeHost({ name: "accordion", label: "Details", open }, null, {
    tag: "accordion",
    children: [fakeHost({ name: "textbox", label: "Inside" }, null, { id: 5 })] as unknown as Host[],
  });
  render(Accordion, { props: { host }, context: nodeContext() });
  return { host, button: screen.getByRole("button", { name: /Details/ }) };
}

test("a click opens and closes it, and says so", async () => {
  const { host, button } = draw(false);
  expect([button.getAttribute("aria-expanded"), screen.queryByText("Inside")]).toEqual(["false", null]);
  await fireEvent.click(button);
  expect([button.getAttribute("aria-expanded"), host.props.open]).toEqual(["true", true]);
  await screen.findByText("Inside"); // drawn in short tasks
  await fireEvent.click(button);
  expect(host.dispatched.map(({ event }) => event)).toEqual(["expand", "collapse"]);
  expect(screen.queryByText("Inside")).not.toBeNull();
});

test("the server opens it without an event", async () => {
  const { host, button } = draw(false);
  host.update({ open: true });
  await tick();
  expect([button.getAttribute("aria-expanded"), host.dispatched]).toEqual(["true", []]);
});
