import { render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import AnyWidget from "./AnyWidget.svelte";
import { isSame, pack, unpack } from "./binary";
import { linkOf, type Link, type WidgetProps } from "./link";
import { Model } from "./model";
import { definitionOf, run, scoped } from "./module";

const bytes = (...numbers: number[]): DataView => new DataView(new Uint8Array(numbers).buffer);
const PACKED = { _type: "bytes", base64: "AP8=" };
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe("bytes", () => {
  test("cross JSON exactly, whatever kind of view they are in", () => {
    const whole = new Uint8Array([9, 0, 255, 9]);
    const kinds = [bytes(0, 255), new Uint8Array([0, 255]).buffer, whole.subarray(1, 3)];
    expect(pack({ deep: [kinds] })).toEqual({ deep: [[PACKED, PACKED, PACKED]] });
    const all = Uint8Array.from({ length: 100_000 }, (_, i) => i % 256);
    const back = unpack(JSON.parse(JSON.stringify(pack(all)))) as DataView;
    expect(back).toBeInstanceOf(DataView);
    expect(new Uint8Array(back.buffer)).toEqual(all);
  });

  test("packing copies, so that what goes on changing is not what was sent", () => {
    const given = { list: [1] };
    const packed = pack(given);
    given.list.push(2);
    expect(packed).toEqual({ list: [1] });
  });

  test("values are compared by what they say", () => {
    expect(isSame({ a: [bytes(1)] }, { a: [bytes(1)] })).toBe(true);
    expect(isSame({ a: [bytes(1)] }, { a: [bytes(2)] })).toBe(false);
    expect(isSame({ a: 1 }, { a: 1, b: undefined })).toBe(false);
  });
});

describe("a model", () => {
  const outlet = { save: vi.fn(), send: vi.fn() };
  let model: Model;
  beforeEach(() => {
    vi.clearAllMocks();
    model = new Model(outlet);
    model.receive({ a: 1, b: 2 });
  });

  test("saves what was changed, once", () => {
    const scope = model.scope(new AbortController().signal);
    scope.set("a", 5);
    scope.save_changes();
    scope.save_changes();
    expect(outlet.save.mock.calls).toEqual([[{ a: 5 }]]);
  });

  test("Python's change is heard, not sent back, and wins over what is not saved", () => {
    const scope = model.scope(new AbortController().signal);
    const heard: unknown[] = [];
    scope.on("change:a", (_, value) => heard.push(value));
    scope.set("a", 5);
    model.receive({ a: 7, b: 2 });
    scope.save_changes();
    expect(heard).toEqual([5, 7]);
    expect(outlet.save).not.toHaveBeenCalled();
  });

  test("`off` takes away the hook's own listeners, and the signal all of them", () => {
    const over = new AbortController();
    const [one, other] = [model.scope(over.signal), model.scope(new AbortController().signal)];
    const heard: string[] = [];
    one.on("change:a change:b", () => heard.push("one"));
    other.on("change", () => heard.push("other"));
    one.off("change:b");
    model.receive({ a: 3 });
    one.off();
    model.receive({ a: 4 });
    one.on("msg:custom", () => heard.push("late"));
    over.abort();
    model.hear({}, []);
    expect(heard).toEqual(["one", "other", "other"]);
  });

  test("a listener that fails keeps no other from hearing", () => {
    const say = vi.spyOn(console, "error").mockImplementation(() => undefined);
    const scope = model.scope(new AbortController().signal);
    const heard = vi.fn();
    scope.on("change:a", () => {
      throw new Error("no");
    });
    scope.on("change:a", heard);
    model.receive({ a: 3 });
    expect(heard).toHaveBeenCalledOnce();
    expect(say).toHaveBeenCalledOnce();
    say.mockRestore();
  });
});

type State = Record<string, unknown>;

describe("a widget on the server", () => {
  interface Answer {
    at: number;
    state_at: number;
    state: State | null;
    messages: [number, State][];
    errors: string[];
  }
  const nothing: Answer = { at: 0, state_at: 0, state: null, messages: [], errors: [] };
  let host: Fake<WidgetProps, unknown>;
  let link: Link;
  let said: { after: number; messages: State[] }[];
  let answers: Partial<Answer>[];
  let sign: () => void;

  beforeEach(async () => {
    said = [];
    answers = [{ state: { count: 1, blob: PACKED } }];
    host = fakeHost<WidgetProps, unknown>({ name: "anywidget", _is_live: true }, { count: 1, blob: PACKED }, {
      call: (_, data) => {
        said.push(structuredClone(data) as never);
        return Promise.resolve({ ...nothing, ...answers.shift() });
      },
      hear: (tell) => {
        sign = tell;
        return { cancel: () => undefined };
      },
    });
    link = linkOf(host);
    link.start(new AbortController().signal);
    await settled();
    said = [];
  });

  test("opening one changes nothing", () => {
    expect(host.written).toEqual([]);
    expect((link.model.get("blob") as DataView).getUint8(1)).toBe(255);
  });

  test("what a module sets before Python has answered stays", async () => {
    const early = linkOf(host);
    answers = [{ state: { count: 1, blob: PACKED } }, {}];
    early.start(new AbortController().signal);
    early.model.set("count", 2);
    early.model.save();
    await settled();
    expect(early.model.get("count")).toBe(2);
    expect(said[1]).toEqual({ after: 0, messages: [{ method: "update", state: { count: 2 } }] });
  });

  test("the reader's changes are the value when Python has them", async () => {
    answers = [{ at: 0 }];
    link.model.set("count", 5);
    link.model.save();
    expect(host.written).toEqual([]);
    await settled();
    expect(said).toEqual([{ after: 0, messages: [{ method: "update", state: { count: 5 } }] }]);
    expect(host.value).toEqual({ count: 5, blob: PACKED, _live: 0 });
    expect(host.dispatched).toEqual([{ event: "input", data: undefined }]);
  });

  test("changes that wait for an answer go together", async () => {
    for (const count of [2, 3, 4]) {
      link.model.set("count", count);
      link.model.save();
    }
    await settled();
    expect(said.map(({ messages }) => messages)).toEqual([
      [{ method: "update", state: { count: 2 } }],
      [{ method: "update", state: { count: 4 } }],
    ]);
  });

  test("a sign lets it ask for what is new: traits, and messages with bytes", async () => {
    const heard: unknown[] = [];
    link.model.scope(new AbortController().signal).on("msg:custom", (content, buffers) => heard.push(content, buffers));
    answers = [
      {
        at: 2,
        state_at: 1,
        messages: [
          [1, { method: "update", state: { count: 9 } }],
          [2, { method: "custom", content: { hi: 1 }, buffers: [PACKED] }],
        ],
      },
    ];
    sign();
    await settled();
    expect(link.model.get("count")).toBe(9);
    expect(heard[0]).toEqual({ hi: 1 });
    expect(isSame(heard[1], [bytes(0, 255)])).toBe(true);
    expect(host.value).toEqual({ count: 9, blob: PACKED, _live: 1 });
    expect(host.dispatched).toEqual([]);
  });

  test("a listener's output is shown, and not again when its message comes", async () => {
    const heard = vi.fn();
    link.model.scope(new AbortController().signal).on("change:count", heard);
    host.put({ count: 40, blob: PACKED, _live: 3 });
    link.update();
    expect(link.model.get("count")).toBe(40);
    answers = [{ at: 3, state_at: 3, messages: [[2, { method: "update", state: { count: 39 } }], [3, { method: "update", state: { count: 40 } }]] }];
    sign();
    await settled();
    expect(heard).toHaveBeenCalledOnce();
    expect(said).toEqual([{ after: 0, messages: [] }]);
  });

  test("what could not be said is said when the server is back", async () => {
    const lost = Object.assign(new Error("gone"), { name: "UnreachableError" });
    const call = vi.spyOn(host, "call").mockRejectedValueOnce(lost);
    link.model.send({ a: 1 }, [bytes(0, 255)]);
    await settled();
    call.mockRestore();
    sign();
    await settled();
    expect(said).toEqual([{ after: 0, messages: [{ method: "custom", content: { a: 1 }, buffers: [PACKED] }] }]);
  });

  test("a command is answered by its own response", async () => {
    const answered = link.invoke("double", 4);
    await settled();
    const [message] = said[0]!.messages;
    const { id } = (message as { content: { id: string } }).content;
    expect(message).toMatchObject({ content: { kind: "anywidget-command", name: "double", msg: 4 } });
    const response = { id, kind: "anywidget-command-response", response: 8 };
    answers = [{ at: 1, messages: [[1, { method: "custom", content: response, buffers: [] }]] }];
    sign();
    expect(await answered).toEqual([8, []]);
  });
});

describe("props and value", () => {
  test("declared props are the value of a class without one", () => {
    const props: WidgetProps = { name: "counter", _traits: ["count", "blob"], _is_state: true };
    const host = fakeHost<WidgetProps, unknown>(props, { count: 1, blob: PACKED });
    const link = linkOf(host);
    expect((link.model.get("blob") as DataView).byteLength).toBe(2);
    link.model.set("count", 2);
    link.model.save();
    expect(host.value).toEqual({ count: 2, blob: PACKED });
    expect(host.dispatched.map(({ event }) => event)).toEqual(["input"]);
    host.put({ count: 0 });
    link.update();
    expect(link.model.get("count")).toBe(0);
    expect(host.value).toEqual({ count: 0, blob: PACKED });
  });

  test("a declared value is the value, other props change on this page only", () => {
    const props = { name: "knob", _traits: ["step"], step: 1 } as WidgetProps;
    const host = fakeHost<WidgetProps, unknown>(props, 5);
    const link = linkOf(host);
    const heard = vi.fn();
    link.model.scope(new AbortController().signal).on("change:step", (_, step) => heard(step));
    link.model.set("value", 6);
    link.model.set("step", 2);
    link.model.save();
    expect([host.value, (host.props as { step?: number }).step]).toEqual([6, 2]);
    link.update();
    host.update({ step: 3 } as Partial<WidgetProps>);
    link.update();
    expect(heard.mock.calls).toEqual([[2], [3]]);
  });

  test("messages are answered", async () => {
    const call = vi.fn(() => Promise.resolve({ content: "yes", buffers: [PACKED] }));
    const link = linkOf(fakeHost<WidgetProps, unknown>({ name: "knob", _traits: [] }, null, { call }));
    const heard: unknown[] = [];
    link.model.scope(new AbortController().signal).on("msg:custom", (...said) => heard.push(...said));
    link.model.send("q", [bytes(0, 255)]);
    await settled();
    expect(call.mock.calls).toEqual([["on_message", { content: "q", buffers: [PACKED] }]]);
    expect(isSame(heard, ["yes", [bytes(0, 255)]])).toBe(true);
  });
});

describe("a module", () => {
  const hook = (): void => undefined;

  test("exports an object, a function that gives one, or `render`", async () => {
    expect(await definitionOf({ default: { render: hook } })).toEqual({ render: hook });
    expect(await definitionOf({ default: () => Promise.resolve({ initialize: hook }) })).toEqual({ initialize: hook });
    expect(await definitionOf({ render: hook })).toEqual({ render: hook });
    await expect(definitionOf({ default: {} })).rejects.toThrow("exports no render function");
  });

  test("is put away with the signal, even if it drew too late", async () => {
    const host = fakeHost<WidgetProps, unknown>({ name: "knob", _traits: [] });
    const put = vi.fn();
    let finish: (cleanup: () => void) => void = () => undefined;
    const over = new AbortController();
    const render = (): Promise<() => void> => new Promise((resolve) => (finish = resolve));
    const el = document.createElement("div");
    const running = run({ initialize: () => put, render }, { el, host, link: linkOf(host), signal: over.signal });
    await settled();
    over.abort();
    expect(put).toHaveBeenCalledTimes(1);
    finish(put);
    await running;
    expect(put).toHaveBeenCalledTimes(2);
  });

  test("its CSS stays inside", () => {
    vi.stubGlobal("CSSScopeRule", Object);
    expect(scoped(":root { --a: 1 } b { color: red }", "widget-1")).toBe(
      '@scope ([data-scope="widget-1"]) {\n:scope { --a: 1 } b { color: red }\n}',
    );
    vi.unstubAllGlobals();
  });
});

test("a module that cannot be loaded is told in its place", async () => {
  const say = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const props: WidgetProps = { name: "clicker", label: "Clicks", _esm: "gradio_api/custom_component/none.js" };
  render(AnyWidget, { host: fakeHost<WidgetProps, unknown>(props, null, { url: () => "/none.js" }) });
  expect(await screen.findByRole("note")).toBeTruthy();
  expect(screen.getByRole("group", { name: "Clicks" })).toBeTruthy();
  say.mockRestore();
});
