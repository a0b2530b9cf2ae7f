import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext } from "$ui/testing";
import Sidebar from "./Sidebar.svelte";

function draw(isWide: boolean) {
  vi.stubGlobal("matchMedia", (media: string) => ({
    media,
    matches: isWide,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const host = fakeHost({ name: "sidebar", label: "Settings", open: true }, null, {
    tag: "sidebar",
    children: [fakeHost({ name: "textbox", label: "Inside" }, null, { id: 5 })] as unknown as Host[],
  });
  render(Sidebar, { props: { host }, context: nodeContext() });
  return { host, button: screen.getByRole("button", { name: "Toggle Sidebar" }) };
}

test("on a wide window it is as the author wants, and the button turns it", async () => {
  const { host, button } = draw(true);
  expect(button.getAttribute("aria-expanded")).toBe("true");
  await fireEvent.click(button);
  expect([host.props.open, host.dispatched.map(({ event }) => event)]).toEqual([false, ["collapse"]]);
});

test("on a narrow window it waits for the reader, and Escape sends it away", async () => {
  const { host, button } = draw(false);
  expect(button.getAttribute("aria-expanded")).toBe("false");
  await fireEvent.click(button);
  const content = document.querySelector("aside")!;
  expect([button.getAttribute("aria-expanded"), document.activeElement]).toEqual(["true", content]);
  await fireEvent.keyDown(content, { key: "Escape" });
  expect([button.getAttribute("aria-expanded"), document.activeElement]).toEqual(["false", button]);
  expect(host.dispatched.map(({ event }) => event)).toEqual(["expand", "collapse"]);
});
