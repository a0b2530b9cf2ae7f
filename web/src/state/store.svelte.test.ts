/* eslint-disable limelight/effect-needs-reason -- effects are what is watched here: they count what is drawn again */

import { flushSync } from "svelte";
import { describe, expect, test, vi } from "vitest";
import type { BlockConfig, ListenerConfig } from "../client/protocol";
import { learn } from "./empty";
import { Listeners } from "./listeners";
import { Store } from "./store.svelte";

function block(id: number, props: Record<string, unknown> = {}, more: Partial<BlockConfig> = {}): BlockConfig {
  return { id, type: "textbox", props: { name: "textbox", ...props }, ...more };
}

function storeOf(components: BlockConfig[]): Store {
  return new Store({ components, layout: { id: 0, children: components.map(({ id }) => ({ id })) } });
}

function listener(id: number, more: Partial<ListenerConfig>): ListenerConfig {
  return { id, targets: [], inputs: [], outputs: [], backend_fn: true, ...more };
}

const settled = () => new Promise<void>((resolve) => queueMicrotask(resolve));

test("the layout is a tree of blocks", () => {
  const store = new Store({
    components: [block(1), block(2), block(3)],
    layout: { id: 0, children: [{ id: 3, children: [{ id: 1 }] }, { id: 2 }] },
  });
  expect(store.root.children.map(({ id }) => id)).toEqual([3, 2]);
  expect(store.get(1)?.parent).toBe(store.get(3));
});

describe("whether a block can be edited", () => {
  const listeners = new Listeners([
    listener(0, { inputs: [1, 3], outputs: [2, 3] }),
    listener(1, { inputs: [], outputs: [5, 6] }),
  ]);
  test.each([
    ["an input", block(1), true],
    ["an output", block(2), false],
    ["both", block(3), true],
    ["neither, without value", block(4), true],
    ["neither, showing a value", block(4, { value: "shown" }), false],
    ["an output that the author opens", block(5, { interactive: true }), true],
    ["an input that the author closes", block(1, { interactive: false }), false],
  ])("%s", (_, config, expected) => {
    const store = storeOf([config]);
    store.use(listeners.uses());
    expect(store.get(config.id)?.interactive).toBe(expected);
  });
});

describe("outputs", () => {
  test("a value", () => {
    const store = storeOf([block(1)]);
    store.output(1, "hello");
    expect(store.get(1)?.value).toBe("hello");
  });

  test("an update changes props, null removes one, and the value stays unless it is named", () => {
    const store = storeOf([block(1, { value: "v", label: "old", info: "i" })]);
    store.output(1, { __type__: "update", label: "new", info: null, visible: false });
    const node = store.get(1)!;
    expect({ ...node.view }).toEqual({ name: "textbox", label: "new", visible: false });
    expect(node.value).toBe("v");
    store.output(1, { __type__: "update", value: null });
    expect(node.value).toBeNull();
  });

  test("an update can open a block again for inference", () => {
    const store = storeOf([block(1, { interactive: false })]);
    store.output(1, { __type__: "update", interactive: null });
    expect(store.get(1)?.interactive).toBe(true);
  });
});

describe("change", () => {
  test("is told once for all changes of a flush, and only when the value is another one", async () => {
    const store = storeOf([block(1, { value: ["a"] }), block(2)]);
    const onchange = vi.fn();
    store.onchange = (node) => onchange(node.id, node.value);
    store.put(store.get(1)!, ["b"]);
    store.put(store.get(1)!, ["c"]);
    store.put(store.get(2)!, "x");
    store.put(store.get(2)!, null);
    expect(onchange).not.toHaveBeenCalled();
    await settled();
    expect(onchange.mock.calls).toEqual([[1, ["c"]]]);
    store.put(store.get(1)!, ["c"]);
    await settled();
    expect(onchange).toHaveBeenCalledTimes(1);
  });

  test("an equal value keeps its identity, so nothing is drawn again", () => {
    const store = storeOf([block(1, { value: [{ a: 1 }, { a: 2 }] })]);
    const node = store.get(1)!;
    const before = node.value as unknown[];
    store.output(1, [{ a: 1 }, { a: 3 }]);
    expect((node.value as unknown[])[0]).toBe(before[0]);
  });
});

test("a change touches the readers of that block and that prop only", () => {
  const store = storeOf([block(1, { label: "a" }), block(2, { label: "b" })]);
  const seen: string[] = [];
  const stop = $effect.root(() => {
    $effect(() => void seen.push(`value 1: ${String(store.get(1)!.value)}`));
    $effect(() => void seen.push(`value 2: ${String(store.get(2)!.value)}`));
    $effect(() => void seen.push(`label 1: ${String(store.get(1)!.view["label"])}`));
    $effect(() => void seen.push(`info 1: ${String(store.get(1)!.view["info"])}`));
  });
  flushSync();
  seen.length = 0;
  store.put(store.get(1)!, "x");
  flushSync();
  expect(seen).toEqual(["value 1: x"]);
  store.output(1, { __type__: "update", info: "now there" });
  flushSync();
  expect(seen).toEqual(["value 1: x", "info 1: now there"]);
  stop();
});

test("inputs are values, or the whole of the props where the listener asks for them", () => {
  const store = storeOf([block(1, { value: "v", label: "l" }), block(2)]);
  expect(store.input(1, false)).toBe("v");
  expect(store.input(1, true)).toEqual({ name: "textbox", label: "l", value: "v" });
  expect(store.input(2, false)).toBeNull();
  expect(store.input(99, false)).toBeNull();
});

describe("a part that a render function rebuilds", () => {
  function rendered() {
    const store = new Store({
      components: [block(1), { id: 2, type: "column", props: { name: "column" } }],
      layout: { id: 0, children: [{ id: 1 }, { id: 2 }] },
    });
    const listeners = new Listeners([listener(0, { outputs: [2], render_id: 0 })]);
    const render = (components: BlockConfig[], dependencies: ListenerConfig[] = []) => {
      const gone = listeners.dropRendered(0);
      listeners.add(dependencies);
      const container = { id: 2, type: "column", props: { name: "column" }, renderable: 0 };
      const layout = { id: 2, children: components.map(({ id }) => ({ id })) };
      store.render({ components: [container, ...components], dependencies, layout, render_id: 0 }, gone);
    };
    return { store, listeners, render };
  }

  test("replaces what the run before it made", () => {
    const { store, listeners, render } = rendered();
    render([block(10, {}, { rendered_in: 0 })], [listener(5, { rendered_in: 0, targets: [[10, "change"]] })]);
    expect(store.get(2)?.children.map(({ id }) => id)).toEqual([10]);
    expect(listeners.of(10, "change")).toHaveLength(1);
    const container = store.get(2);
    render([block(11, {}, { rendered_in: 0 }), block(12, {}, { rendered_in: 0 })]);
    expect(store.get(2)).toBe(container);
    expect(store.get(2)?.children.map(({ id }) => id)).toEqual([11, 12]);
    expect(store.get(10)).toBeUndefined();
    expect(listeners.get(5)).toBeUndefined();
  });

  test("a block with a key stays, with the value that the reader gave it", () => {
    const { store, render } = rendered();
    const keyed = (label: string) =>
      block(10, { label, value: "start", preserved_by_key: ["value"] }, { rendered_in: 0, key: 7 });
    render([keyed("one")]);
    const node = store.get(10)!;
    store.put(node, "typed");
    render([keyed("two")]);
    expect(store.get(10)).toBe(node);
    expect(node.value).toBe("typed");
    expect(node.view["label"]).toBe("two");
  });

  test("what render functions inside it made goes too", () => {
    const { store, listeners, render } = rendered();
    render([block(10, {}, { rendered_in: 0 })], [listener(5, { rendered_in: 0, render_id: 1 })]);
    listeners.add([listener(6, { rendered_in: 1, targets: [[20, "click"]] })]);
    render([]);
    expect(listeners.get(6)).toBeUndefined();
    expect(store.get(2)?.children).toEqual([]);
  });
});

test("a half says what stands for null, and what an interactive block begins with", async () => {
  learn("words", { empty: "" });
  learn("count", { first: 0 });
  const words = { type: "words" };
  const count = { type: "count" };
  const store = storeOf([block(1, {}, words), block(2, {}, count), block(3, { interactive: false }, count)]);
  const changed = vi.fn();
  store.onchange = changed;
  store.begin();
  expect([1, 2, 3].map((id) => store.input(id, false))).toEqual(["", 0, null]);
  store.output(1, "");
  store.output(2, null);
  await Promise.resolve();
  expect([1, 2].map((id) => store.input(id, false))).toEqual(["", null]);
  expect(changed.mock.calls.map(([node]) => (node as { id: number }).id)).toEqual([2]);
});

test("a half says what becomes of a value that a function gave", () => {
  learn("pages", { adopt: (next, old, props) => (props["size"] === 5 ? `${String(old)} → ${String(next)}` : next) });
  const store = storeOf([block(1, { value: "a", size: 5 }, { type: "pages" })]);
  store.output(1, "b");
  expect(store.input(1, false)).toBe("a → b");
  store.output(1, { __type__: "update", size: 6, value: "c" });
  expect(store.input(1, false)).toBe("c");
});
