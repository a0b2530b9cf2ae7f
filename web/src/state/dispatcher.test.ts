import { beforeEach, describe, expect, test, vi } from "vitest";
import type { CallHandler } from "../client/client";
import type { BlockConfig, CallMessage, JoinBody, ListenerConfig, Output } from "../client/protocol";
import { RefusedError } from "../client/protocol";
import { Dispatcher } from "./dispatcher";
import { Listeners } from "./listeners";
import { StatusBoard } from "./status";
import { Store } from "./store.svelte";

/** A call that the dispatcher sent, and the test answers. */
class SentCall {
  event_id: string | null;
  cancelled = false;
  constructor(
    readonly body: Omit<JoinBody, "session_hash">,
    readonly handler: CallHandler,
    n: number,
  ) {
    this.event_id = `e${n}`;
  }
  cancel(): void {
    this.cancelled = true;
  }
  say(message: Record<string, unknown>): void {
    this.handler.onmessage({ event_id: this.event_id, ...message } as unknown as CallMessage);
  }
  yield(...data: unknown[]): void {
    this.say({ msg: "process_generating", success: true, output: { data } });
  }
  complete(data: unknown[] = [], more: Partial<Output> = {}): void {
    this.say({ msg: "process_completed", success: true, output: { data, ...more } });
  }
  fail(error: Record<string, unknown>): void {
    this.say({ msg: "process_completed", success: false, output: error });
  }
}

let sent: SentCall[];
let frames: (() => void)[];
let toasts: unknown[];
let pushed: unknown[];

function setUp(listeners: (Partial<ListenerConfig> & { id: number })[], blocks: Partial<BlockConfig>[] = []) {
  const components = [1, 2, 3, 4].map((id) => ({
    type: "textbox",
    props: {},
    ...blocks.find((block) => block.id === id),
    id,
  }));
  const store = new Store({ components, layout: { id: 0, children: components.map(({ id }) => ({ id })) } });
  const known = new Listeners(
    listeners.map((one) => ({ targets: [[1, "click"]], inputs: [], outputs: [], backend_fn: true, ...one })),
  );
  const client = {
    replaced: false,
    submit: (body: Omit<JoinBody, "session_hash">, handler: CallHandler) => {
      const call = new SentCall(body, handler, sent.length + 1);
      sent.push(call);
      return call;
    },
    push: async (id: string, body: unknown) => void pushed.push([id, body]),
    finish: async (id: string) => void pushed.push([id, "finish"]),
  };
  const board = new StatusBoard();
  const toaster = {
    push: (level: string, message: string, options?: object) => toasts.push([level, message, options]),
  };
  const page = { store, client, board, toaster, render: vi.fn(), frame: (draw: () => void) => frames.push(draw) };
  const dispatcher = new Dispatcher({ listeners: known, page: page as never, client });
  store.onchange = (node) => dispatcher.fire(node.id, "change");
  const value = (id: number) => store.get(id)!.value;
  const status = (id: number) => store.get(id)!.status;
  return { store, dispatcher, page, value, status };
}

const ids = () => sent.map(({ body }) => body.fn_index);
const settled = () => new Promise<void>((resolve) => setTimeout(resolve));

beforeEach(() => {
  sent = [];
  frames = [];
  toasts = [];
  pushed = [];
});

test("an event sends the values of the inputs, in the same task", () => {
  const { store, dispatcher } = setUp(
    [{ id: 7, inputs: [2, 3, 4], component_prop_inputs: [1] }],
    [{ id: 2, props: { value: "a" } }, { id: 3, props: { value: 5, label: "n" } }, { id: 4, type: "state" }],
  );
  store.put(store.get(2)!, "typed");
  dispatcher.fire(1, "click", { index: 3 });
  expect(sent[0]!.body).toEqual({
    data: ["typed", { label: "n", value: 5 }, null],
    fn_index: 7,
    event_data: { index: 3 },
    trigger_id: 1,
  });
});

test("results go to the outputs and fire change", async () => {
  const { dispatcher, value } = setUp([
    { id: 0, outputs: [2, 3] },
    { id: 1, targets: [[2, "change"]] },
    { id: 2, targets: [[3, "change"]] },
  ]);
  dispatcher.fire(1, "click");
  sent[0]!.complete(["new", null]);
  expect([value(2), value(3)]).toEqual(["new", null]);
  await settled();
  expect(ids()).toEqual([0, 1]); // block 3 was null before
});

test("a State that changed on the server fires its listeners", () => {
  const { dispatcher } = setUp([{ id: 0, outputs: [4] }, { id: 1, targets: [[4, "change"]], inputs: [4] }]);
  dispatcher.fire(1, "click");
  sent[0]!.complete([null], { changed_state_ids: [4] });
  expect(ids()).toEqual([0, 1]);
});

test("timers stand still and calls say why once the app was replaced", () => {
  const { dispatcher, page } = setUp([
    { id: 0, targets: [[1, "tick"]] },
    { id: 1, targets: [[1, "click"]] },
  ]);
  Object.assign(page.client, { replaced: true });
  dispatcher.fire(1, "tick");
  expect(sent).toEqual([]);
  dispatcher.fire(1, "click");
  sent[0]!.handler.onerror(new RefusedError(410, null));
  expect(toasts).toEqual([["error", "This app was updated.", undefined]]);
});

test("the page's load event names no block", () => {
  const { dispatcher } = setUp([{ id: 0, targets: [[0, "load"]] }]);
  dispatcher.fire(0, "load");
  expect(sent[0]!.body.trigger_id).toBeNull();
});

describe("trigger modes", () => {
  test("once: not again while it runs", () => {
    const { dispatcher } = setUp([{ id: 0, trigger_mode: "once" }]);
    dispatcher.fire(1, "click");
    dispatcher.fire(1, "click");
    expect(sent).toHaveLength(1);
    sent[0]!.complete();
    dispatcher.fire(1, "click");
    expect(sent).toHaveLength(2);
  });

  test("multiple: every time", () => {
    const { dispatcher } = setUp([{ id: 0, trigger_mode: "multiple" }]);
    dispatcher.fire(1, "click");
    dispatcher.fire(1, "click");
    expect(sent).toHaveLength(2);
  });

  test("always_last: once more for the latest, with the values of then", () => {
    const { dispatcher, store } = setUp([
      { id: 0, targets: [[2, "change"]], inputs: [2], trigger_mode: "always_last" },
    ]);
    for (const [i, text] of ["a", "ab", "abc"].entries()) {
      store.put(store.get(2)!, text);
      dispatcher.fire(2, "change", i);
    }
    expect(sent.map(({ body }) => body.data)).toEqual([["a"]]);
    sent[0]!.complete();
    expect(sent.map(({ body }) => [body.data, body.event_data])).toEqual([
      [["a"], 0],
      [["abc"], 2],
    ]);
    sent[1]!.complete();
    expect(sent).toHaveLength(2);
  });
});

describe("chains", () => {
  const CHAIN = [
    { id: 0, outputs: [2] },
    { id: 1, targets: [[null, "then"]], trigger_after: 0, inputs: [2] },
    { id: 2, targets: [[null, "success"]], trigger_after: 0, trigger_only_on_success: true },
    { id: 3, targets: [[null, "failure"]], trigger_after: 0, trigger_only_on_failure: true },
  ] satisfies (Partial<ListenerConfig> & { id: number })[];

  test("after success, with the new values and the event of the first", () => {
    const { dispatcher } = setUp(CHAIN);
    dispatcher.fire(1, "click", { value: "x" });
    sent[0]!.complete(["done"]);
    expect(ids()).toEqual([0, 1, 2]);
    expect(sent[1]!.body).toEqual({ data: ["done"], fn_index: 1, event_data: { value: "x" }, trigger_id: 1 });
  });

  test("after failure", () => {
    const { dispatcher } = setUp(CHAIN);
    dispatcher.fire(1, "click");
    sent[0]!.fail({ error: null });
    expect(ids()).toEqual([0, 1, 3]);
  });

  test("after a cancel only what always runs", () => {
    const { dispatcher } = setUp([
      ...CHAIN,
      { id: 9, targets: [[2, "click"]], backend_fn: false, cancels: [0], types: { cancel: true } },
    ]);
    dispatcher.fire(1, "click");
    dispatcher.fire(2, "click");
    expect(sent[0]!.cancelled).toBe(true);
    expect(ids()).toEqual([0, 1]);
  });
});

test("a cancel clears the status and lets the listener run again", () => {
  const { dispatcher, status } = setUp([
    { id: 0, outputs: [3] },
    { id: 9, targets: [[2, "click"]], backend_fn: false, cancels: [0] },
  ]);
  dispatcher.fire(1, "click");
  expect(status(3).stage).toBe("pending");
  dispatcher.fire(2, "click");
  expect(status(3).stage).toBe("idle");
  dispatcher.fire(1, "click");
  expect(sent).toHaveLength(2);
});

describe("JavaScript", () => {
  test("alone: its result goes to the outputs", () => {
    const { dispatcher, value } = setUp(
      [{ id: 0, backend_fn: false, inputs: [2], outputs: [3, 4], js: "(a) => [a + '!', 'two']" }],
      [{ id: 2, props: { value: "a" } }],
    );
    dispatcher.fire(1, "click");
    expect([value(3), value(4)]).toEqual(["a!", "two"]);
    expect(sent).toHaveLength(0);
  });

  test("alone, and fewer results than outputs: the others stay", () => {
    const { dispatcher, value } = setUp(
      [{ id: 0, backend_fn: false, outputs: [3, 4], js: "() => 'one'" }],
      [{ id: 4, props: { value: "stays" } }],
    );
    dispatcher.fire(1, "click");
    expect([value(3), value(4)]).toEqual(["one", "stays"]);
  });

  test("before the call: its result is the input", () => {
    const { dispatcher } = setUp(
      [{ id: 0, inputs: [2, 3], js: "function (a) { return a + '!'; }" }],
      [{ id: 2, props: { value: "a" } }],
    );
    dispatcher.fire(1, "click");
    expect(sent[0]!.body.data).toEqual(["a!", null]);
  });

  test("may be asynchronous", async () => {
    const { dispatcher } = setUp([{ id: 0, inputs: [2], js: "async () => 'later'" }]);
    dispatcher.fire(1, "click");
    expect(sent).toHaveLength(0);
    await settled();
    expect(sent[0]!.body.data).toEqual(["later"]);
  });

  test("that fails is a failure: nothing is sent, and the author's console tells", () => {
    const told = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const { dispatcher } = setUp([
      { id: 0, js: "() => { throw new Error('boo'); }" },
      { id: 1, targets: [], trigger_after: 0, trigger_only_on_success: true },
      { id: 2, targets: [], trigger_after: 0, trigger_only_on_failure: true },
    ]);
    dispatcher.fire(1, "click");
    expect(ids()).toEqual([2]);
    expect(told).toHaveBeenCalled();
    expect(toasts).toHaveLength(1);
  });

  test("may give an update", () => {
    const { dispatcher, store } = setUp([
      { id: 0, backend_fn: false, outputs: [3], js: "() => ({__type__: 'update', label: 'New', value: 'v'})" },
    ]);
    dispatcher.fire(1, "click");
    expect(store.get(3)!.view["label"]).toBe("New");
    expect(store.get(3)!.value).toBe("v");
  });
});

describe("status", () => {
  test("follows a call from the queue to its end", () => {
    vi.spyOn(performance, "now").mockReturnValueOnce(1000).mockReturnValue(3000);
    const { dispatcher, status } = setUp([{ id: 0, outputs: [2], show_progress: "minimal" }]);
    dispatcher.fire(1, "click");
    expect(status(2)).toMatchObject({ stage: "pending", show: "minimal", startedAt: 1000, position: null });
    sent[0]!.say({ msg: "estimation", rank: 1, queue_size: 4, rank_eta: 8 });
    expect(status(2)).toMatchObject({ stage: "pending", position: 1, queueSize: 4, eta: 10 });
    sent[0]!.say({ msg: "process_starts", eta: 3 });
    expect(status(2)).toMatchObject({ position: null, eta: 5 });
    const bar = { index: 1, length: 2, unit: "steps", progress: null, desc: null };
    sent[0]!.say({ msg: "progress", progress_data: [bar] });
    expect(status(2).progress).toEqual([bar]);
    sent[0]!.yield("a");
    expect(status(2).stage).toBe("generating");
    sent[0]!.complete(["a"]);
    expect(status(2)).toMatchObject({ stage: "complete", startedAt: null, progress: null, eta: null });
  });

  test("is shown on other blocks where the listener says so", () => {
    const { dispatcher, status } = setUp([{ id: 0, outputs: [2], show_progress_on: [3] }]);
    dispatcher.fire(1, "click");
    expect([status(2).stage, status(3).stage]).toEqual(["idle", "pending"]);
  });

  test("stays pending while another call still writes to the block", () => {
    const { dispatcher, status } = setUp([
      { id: 0, outputs: [2] },
      { id: 1, targets: [[3, "click"]], outputs: [2] },
    ]);
    dispatcher.fire(1, "click");
    dispatcher.fire(3, "click");
    sent[1]!.complete(["b"]);
    expect(status(2).stage).toBe("pending");
    sent[0]!.complete(["a"]);
    expect(status(2).stage).toBe("complete");
  });

  test("an error stays with its text and comes up as a toast", () => {
    const { dispatcher, status } = setUp([{ id: 0, outputs: [2] }]);
    dispatcher.fire(1, "click");
    sent[0]!.fail({ error: "No such city.", title: "Weather", duration: 3, visible: true });
    expect(status(2)).toMatchObject({ stage: "error", message: "No such city." });
    expect(toasts).toEqual([["error", "No such city.", { title: "Weather", duration_s: 3 }]]);
  });

  test("the text of an error that is not to be seen is not", () => {
    const { dispatcher, status } = setUp([{ id: 0, outputs: [2] }]);
    dispatcher.fire(1, "click");
    sent[0]!.fail({ error: "quiet", visible: false });
    expect(toasts).toEqual([]);
    expect(status(2)).toMatchObject({ stage: "error", message: null });
  });

  test("a validator's answer is shown beside the input that it is about, until the next call", () => {
    const { dispatcher, status } = setUp([{ id: 0, inputs: [2, 3], outputs: [4] }]);
    dispatcher.fire(1, "click");
    const items = [
      { __type__: "validate", is_valid: true, message: "" },
      { __type__: "validate", is_valid: false, message: "Too short." },
    ];
    sent[0]!.handler.onerror(new RefusedError(422, items));
    expect([status(2).validation, status(3).validation]).toEqual([null, "Too short."]);
    expect(status(4).stage).toBe("idle");
    expect(toasts).toEqual([]);
    dispatcher.fire(1, "click");
    expect(status(3).validation).toBeNull();
  });
});

test("messages of the function come up as toasts", () => {
  const { dispatcher } = setUp([{ id: 0 }]);
  dispatcher.fire(1, "click");
  sent[0]!.say({ msg: "log", log: "careful", level: "warning", duration: null, visible: true, title: "Warning" });
  sent[0]!.say({ msg: "log", log: "unseen", level: "info", duration: 10, visible: false, title: "Info" });
  expect(toasts).toEqual([["warning", "careful", { title: "Warning", duration_s: null }]]);
});

describe("a generator", () => {
  test("shows its first value at once, later ones once a frame, and never loses the last", () => {
    const { dispatcher, value } = setUp([{ id: 0, outputs: [2] }]);
    dispatcher.fire(1, "click");
    sent[0]!.yield("a");
    expect(value(2)).toBe("a");
    sent[0]!.yield("ab");
    sent[0]!.yield("abc");
    expect(value(2)).toBe("a");
    expect(frames).toHaveLength(1);
    frames.shift()!();
    expect(value(2)).toBe("abc");
    sent[0]!.yield("abcd");
    sent[0]!.complete(["abcde"]);
    expect(value(2)).toBe("abcde");
    frames.shift()!();
    expect(value(2)).toBe("abcde");
  });

  test("that fails keeps what it gave before", () => {
    const { dispatcher, value } = setUp([{ id: 0, outputs: [2] }]);
    dispatcher.fire(1, "click");
    sent[0]!.yield("a");
    sent[0]!.yield("ab");
    sent[0]!.fail({ error: "boom" });
    expect(value(2)).toBe("ab");
  });

  test("updates of props are never passed over", () => {
    const { dispatcher, store } = setUp([{ id: 0, outputs: [2, 3] }]);
    dispatcher.fire(1, "click");
    sent[0]!.yield("a", 1);
    sent[0]!.yield({ __type__: "update", label: "L" }, 2);
    sent[0]!.yield("b", 3);
    frames.shift()!();
    expect(store.get(2)!.view["label"]).toBe("L");
    expect([store.get(2)!.value, store.get(3)!.value]).toEqual(["b", 3]);
  });

  test("a value that did not change leaves alone what the reader typed meanwhile", () => {
    const { dispatcher, store } = setUp([{ id: 0, outputs: [2, 3] }]);
    dispatcher.fire(1, "click");
    sent[0]!.yield("a", 1);
    store.put(store.get(2)!, "typed");
    sent[0]!.yield("a", 2);
    frames.shift()!();
    sent[0]!.complete(["a", 2]);
    expect([store.get(2)!.value, store.get(3)!.value]).toEqual(["typed", 2]);
  });
});

describe("streamed input", () => {
  const STREAM = { id: 0, targets: [[1, "stream"]], inputs: [1], connection: "stream", trigger_mode: "multiple" } as const;

  test("goes to the call that runs, until the block ends it", async () => {
    const { dispatcher, store } = setUp([STREAM]);
    dispatcher.fire(1, "stream");
    store.put(store.get(1)!, "chunk");
    dispatcher.fire(1, "stream");
    dispatcher.fire(1, "close_stream");
    await settled();
    expect(sent).toHaveLength(1);
    expect(pushed).toEqual([
      ["e1", { data: ["chunk"], fn_index: 0, event_data: null, trigger_id: 1 }],
      ["e1", "finish"],
    ]);
  });
});

test("a rebuilt part of the page is handed on", () => {
  const { dispatcher, page } = setUp([{ id: 0, outputs: [2], render_id: 0 }]);
  const part = { components: [], dependencies: [], layout: { id: 2 }, render_id: 0 };
  dispatcher.fire(1, "click");
  sent[0]!.complete([{ __type__: "update" }], { render_config: part });
  expect(page.render).toHaveBeenCalledWith(part);
});
