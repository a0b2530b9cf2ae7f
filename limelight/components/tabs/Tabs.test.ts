import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext, type Fake } from "$ui/testing";
import { fitting } from "./fitting";
import type { TabProps } from "./tabbing.svelte";
import Tabs from "./Tabs.svelte";
import type { TabsProps } from "./tabs.gen";

function draw(
  tabs: readonly Partial<TabProps>[],
  props: Partial<TabsProps> = {},
): Fake<TabsProps, unknown> {
  const children = tabs.map((tab, index) =>
    fakeHost({ name: "tab", ...tab } as TabProps, null, { id: 10 + index, tag: "tabitem" }),
  );
  const host = fakeHost<TabsProps>({ name: "tabs", ...props }, null, {
    tag: "tabs",
    children: children as unknown as Host[],
  });
  render(Tabs, { props: { host }, context: nodeContext() });
  return host;
}

const THREE = [{ label: "One" }, { label: "Two", id: "two" }, { label: "Three" }];
const selected = () => screen.getByRole("tab", { selected: true }).textContent;

test("the first tab is shown, or the one that selected names", () => {
  draw(THREE);
  expect(selected()).toBe("One");
  expect(screen.getByRole("tab", { name: "Two" }).dataset["tabId"]).toBe("two");
  expect(screen.getByRole("tab", { name: "One" }).getAttribute("aria-controls")).toBe("component-10");
});

test("a click selects, and tells which", async () => {
  const host = draw(THREE, { selected: "two" });
  expect([selected(), host.dispatched]).toEqual(["Two", []]);
  await fireEvent.click(screen.getByRole("tab", { name: "Three" }));
  expect([selected(), host.props.selected]).toEqual(["Three", 12]);
  expect(host.dispatched).toEqual([
    { event: "select", data: { value: "Three", index: 2, selected: true } },
    { event: "change", data: undefined },
  ]);
});

test("a function's choice is a change, but nobody selected", async () => {
  const host = draw(THREE);
  host.update({ selected: "two" });
  await tick();
  expect([selected(), host.dispatched.map(({ event }) => event)]).toEqual(["Two", ["change"]]);
});

test("arrows walk around the ends and past tabs that cannot be chosen", async () => {
  draw([{ label: "A" }, { label: "B", interactive: false }, { label: "C" }]);
  await fireEvent.keyDown(screen.getByRole("tab", { name: "A" }), { key: "ArrowRight" });
  expect(selected()).toBe("C");
  await fireEvent.keyDown(screen.getByRole("tab", { name: "C" }), { key: "ArrowRight" });
  expect(selected()).toBe("A");
  await fireEvent.keyDown(screen.getByRole("tab", { name: "A" }), { key: "End" });
  expect(selected()).toBe("C");
  await tick();
  expect(document.activeElement?.textContent).toBe("C");
});

test("tabs at the end of the line come last; hidden ones are not there", () => {
  draw([{ label: "R", alignment: "right" }, { label: "H", visible: false }, { label: "L" }]);
  expect(screen.getAllByRole("tab").map((tab) => tab.textContent)).toEqual(["L", "R"]);
  expect(selected()).toBe("R");
});

test("of tabs that do not fit, the current one stays in the line", () => {
  const room = { line: 250, menu: 50, current: 3 };
  expect([...fitting([100, 50, 80, 60], room)].sort()).toEqual([0, 3]);
  expect([...fitting([100, 100], { ...room, current: 0 })]).toEqual([0, 1]);
  expect([...fitting([9, 9], { line: 0, menu: 50, current: 0 })]).toEqual([0, 1]);
});
