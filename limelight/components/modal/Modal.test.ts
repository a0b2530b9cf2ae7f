import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext } from "$ui/testing";
import Modal from "./Modal.svelte";
import type { ModalProps } from "./modal.gen";

function draw(props: Partial<ModalProps> = {}) {
  const host = fakeHost<ModalProps>({ name: "modal", title: "Settings", ...props }, null, {
    tag: "modal",
    children: [fakeHost({ name: "textbox", label: "Inside" }, null, { id: 5 })] as unknown as Host[],
  });
  render(Modal, { props: { host }, context: nodeContext() });
  return { host, events: () => host.dispatched.map(({ event }) => event) };
}

test("a function opens and closes it; what is inside is drawn at the first time and kept", async () => {
  const { host, events } = draw();
  expect([screen.queryByRole("dialog"), screen.queryByText("Inside")]).toEqual([null, null]);
  host.update({ open: true });
  await tick();
  expect(screen.getByRole("dialog", { name: "Settings" }).contains(await screen.findByText("Inside"))).toBe(true);
  host.update({ open: false });
  await tick();
  expect([screen.queryByRole("dialog"), events()]).toEqual([null, ["open", "close"]]);
  expect(screen.queryByText("Inside")).not.toBeNull();
});

test("the reader closes it by its button or beside it", async () => {
  const { host, events } = draw({ open: true });
  await fireEvent.click(screen.getByRole("button", { name: "Close" }));
  expect([host.props.open, events()]).toEqual([false, ["open", "close"]]);
  host.update({ open: true });
  await tick();
  await fireEvent.mouseDown(await screen.findByText("Inside"));
  expect(host.props.open).toBe(true);
  await fireEvent.mouseDown(screen.getByRole("dialog"));
  expect(host.props.open).toBe(false);
});

test("one that cannot be dismissed has no button and stays", async () => {
  const { host } = draw({ open: true, dismissible: false, title: "" });
  const dialog = screen.getByRole("dialog", { name: "Dialog" });
  expect(screen.queryByRole("button")).toBeNull();
  await fireEvent.mouseDown(dialog);
  const cancel = new Event("cancel", { cancelable: true });
  dialog.dispatchEvent(cancel);
  expect([host.props.open, cancel.defaultPrevented]).toEqual([true, true]);
});

test("the page behind it stands still as long as one is open", async () => {
  const { style } = document.documentElement;
  const first = draw({ open: true }).host;
  const second = draw({ open: true, title: "Above" }).host;
  expect(style.overflow).toBe("hidden");
  first.update({ open: false });
  await tick();
  expect(style.overflow).toBe("hidden");
  second.update({ visible: "hidden" });
  await tick();
  expect([style.overflow, screen.queryByRole("dialog")]).toEqual(["", null]);
});
