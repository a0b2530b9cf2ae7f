import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { SvelteMap } from "svelte/reactivity";
import { expect, test, vi } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext } from "$ui/testing";
import TabItem from "./TabItem.svelte";

function draw(props: Record<string, unknown> = {}) {
  const current = new SvelteMap([["shown", false]]);
  const host = fakeHost({ name: "tab", label: "One", ...props }, null, {
    tag: "tabitem",
    children: [fakeHost({ name: "textbox", label: "Inside" }, null, { id: 5 })] as unknown as Host[],
  });
  const context = nodeContext();
  context.set("limelight:tabs", { isCurrent: () => current.get("shown"), indexOf: () => 3 });
  render(TabItem, { props: { host }, context });
  return { host, show: (shown: boolean) => current.set("shown", shown) };
}

const inside = () => screen.queryByText("Inside");
const panel = () => document.querySelector<HTMLElement>("[role=tabpanel]")!;

test("its blocks are drawn when it is first shown, and kept", async () => {
  const { host, show } = draw();
  expect([inside(), panel().style.display]).toEqual([null, "none"]);
  show(true);
  await vi.waitFor(() => expect(inside()).not.toBeNull());
  expect(panel().style.display).toBe("flex");
  expect(host.dispatched).toEqual([
    { event: "select", data: { value: "One", index: 3, selected: true } },
  ]);
  show(false);
  await tick();
  expect([inside() === null, panel().style.display]).toEqual([false, "none"]);
});

test("render_children draws them at once, out of sight", async () => {
  draw({ render_children: true });
  await vi.waitFor(() => expect(inside()).not.toBeNull());
  expect(panel().style.display).toBe("none");
});
