import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, expect, test, vi } from "vitest";
import type { Host } from "./contract";
import { hasTime, painted } from "./pace";
import { fakeHost, nodeContext } from "./testing";
import WhenShown from "./WhenShown.svelte";

const child = (id: number) => fakeHost({ name: "textbox", label: `Block ${id}` }, null, { id }) as unknown as Host;

function draw(shown: boolean) {
  const of = fakeHost({ name: "tab" }, null, { children: [1, 2, 3].map(child) });
  return render(WhenShown, { props: { of, shown }, context: nodeContext() });
}

const drawn = () => screen.queryAllByText(/^Block/).map((element) => element.textContent);

/** Each look at the clock finds that much time gone. */
function passing(ms: number): void {
  let now = 0;
  vi.spyOn(performance, "now").mockImplementation(() => (now += ms));
}

afterEach(async () => {
  vi.restoreAllMocks();
  await vi.waitFor(() => expect(hasTime()).toBe(true));
});

test("what is shown from the start is drawn at once", () => {
  passing(100);
  draw(true);
  expect(drawn()).toEqual(["Block 1", "Block 2", "Block 3"]);
});

test("what is shown later is drawn when there is time, in order, and kept", async () => {
  const { rerender } = draw(false);
  expect(drawn()).toEqual([]);
  passing(100);
  await rerender({ shown: true });
  await tick();
  expect(drawn()).toEqual([]);
  const counts: number[] = [];
  const observer = new MutationObserver(() => counts.push(drawn().length));
  observer.observe(document.body, { childList: true, subtree: true });
  await vi.waitFor(() => expect(drawn()).toEqual(["Block 1", "Block 2", "Block 3"]));
  await tick();
  observer.disconnect();
  expect(counts).toEqual([1, 2, 3]); // a task for each
  await rerender({ shown: false });
  expect(drawn()).toHaveLength(3);
});

test("what goes before its turn is not drawn", async () => {
  const { rerender, unmount } = draw(false);
  passing(100);
  await rerender({ shown: true });
  unmount();
  await vi.waitFor(() => expect(hasTime()).toBe(true));
  expect(drawn()).toEqual([]);
});

test("painted is there after a frame", async () => {
  let frames = 0;
  requestAnimationFrame(() => (frames += 1));
  await painted();
  expect(frames).toBe(1);
});
