import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext } from "$ui/testing";
import Draggable from "./Draggable.svelte";
import { landing, Order } from "./order.svelte";

const item = (id: number, label?: string): Host =>
  fakeHost({ name: "textbox", ...(label === undefined ? {} : { label }) }, null, { id }) as unknown as Host;

function draw(props: Record<string, unknown> = {}) {
  const children = [item(10, "First"), item(11, "Second"), item(12)];
  const host = fakeHost({ name: "draggable", ...props }, null, { tag: "draggable", children });
  render(Draggable, { props: { host }, context: nodeContext() });
}

const handles = (): HTMLElement[] => screen.getAllByTestId("drag-handle");
const names = (): (string | null)[] => handles().map((handle) => handle.getAttribute("aria-label"));

test("the blocks stand in a named region, each with a handle", () => {
  draw();
  const region = screen.getByRole("region", { name: "Draggable items container: First, Second, Item 3" });
  expect(region.classList.contains("vertical")).toBe(true);
  expect(names()).toEqual(["Move First, 1 of 3", "Move Second, 2 of 3", "Move Item 3, 3 of 3"]);
});

test("the arrow keys move a block, say where it is and keep the focus on it", async () => {
  draw({ orientation: "row" });
  const handle = handles()[0] as HTMLElement;
  await fireEvent.keyDown(handle, { key: "ArrowUp" });
  expect(names()[0]).toBe("Move First, 1 of 3");
  await fireEvent.keyDown(handle, { key: "ArrowRight" });
  expect(names().slice(0, 2)).toEqual(["Move Second, 1 of 3", "Move First, 2 of 3"]);
  expect(screen.getByText("First is now 2 of 3.").getAttribute("role")).toBe("status");
  expect(document.activeElement?.getAttribute("aria-label")).toBe("Move First, 2 of 3");
});

test("a dragged block can be put back with Escape", () => {
  const order = new Order(() => [{ id: 1 }, { id: 2 }, { id: 3 }]);
  const ids = () => order.items.map(({ id }) => id);
  order.lift(1);
  order.hover(2);
  expect([ids(), order.dragged]).toEqual([[2, 3, 1], 1]);
  order.cancel();
  expect([ids(), order.dragged]).toEqual([[1, 2, 3], null]);
  order.lift(1);
  order.hover(1);
  order.drop();
  order.cancel();
  expect(ids()).toEqual([2, 1, 3]);
});

test("a new block stands behind the one it follows for the author", () => {
  let items = [{ id: 1 }, { id: 2 }];
  const order = new Order(() => items);
  order.step(2, -1);
  items = [{ id: 0 }, { id: 1 }, { id: 3 }, { id: 2 }];
  expect(new Order(() => items).items.map(({ id }) => id)).toEqual([0, 1, 3, 2]);
});

test("blocks of different height change places once, not to and fro", () => {
  const boxes = [
    { left: 0, right: 100, top: 0, bottom: 40 },
    { left: 0, right: 100, top: 50, bottom: 250 },
  ];
  expect(landing({ x: 50, y: 20 }, { boxes, isRow: false }, 0)).toBe(0);
  expect(landing({ x: 50, y: 60 }, { boxes, isRow: false }, 0)).toBe(0); // the tall one would come back below the pointer
  expect(landing({ x: 50, y: 220 }, { boxes, isRow: false }, 0)).toBe(1);
  expect(landing({ x: 50, y: 900 }, { boxes, isRow: false }, 0)).toBe(1);
  expect(landing({ x: 50, y: 30 }, { boxes, isRow: false }, 1)).toBe(0);
});

test("in a row that wraps, a block goes to another line", () => {
  const boxes = [
    { left: 0, right: 100, top: 0, bottom: 40 },
    { left: 110, right: 210, top: 0, bottom: 40 },
    { left: 0, right: 100, top: 50, bottom: 90 },
  ];
  expect(landing({ x: 160, y: 20 }, { boxes, isRow: true }, 0)).toBe(1);
  expect(landing({ x: 50, y: 70 }, { boxes, isRow: true }, 1)).toBe(2);
});
