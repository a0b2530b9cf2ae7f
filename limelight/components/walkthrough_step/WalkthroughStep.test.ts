import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext } from "$ui/testing";
import WalkthroughStep from "./WalkthroughStep.svelte";

function draw(isCurrent: boolean) {
  const child = fakeHost({ name: "textbox" }, null, { id: 20 }) as unknown as Host;
  const host = fakeHost({ name: "step", label: "Two", elem_id: "two" }, null, { tag: "walkthroughstep", children: [child] });
  const context = nodeContext();
  context.set("limelight:tabs", { isCurrent: () => isCurrent, indexOf: () => 1 });
  const { container } = render(WalkthroughStep, { props: { host: host as never }, context });
  return { host, container };
}

test("a step that is shown draws its blocks and tells its listeners", () => {
  const { host, container } = draw(true);
  const panel = screen.getByRole("tabpanel");
  expect([panel.id, panel.getAttribute("aria-labelledby")]).toEqual(["two", "two-button"]);
  expect(container.querySelector("[role=tabpanel]")?.childElementCount).toBe(1);
  expect(host.dispatched).toEqual([{ event: "select", data: { value: "Two", index: 1, selected: true } }]);
});

test("one that was not shown yet is empty", () => {
  const { host, container } = draw(false);
  const panel = container.querySelector<HTMLElement>("[role=tabpanel]");
  expect([panel?.style.display, panel?.childElementCount, host.dispatched]).toEqual(["none", 0, []]);
});
