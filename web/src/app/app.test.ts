import { render, screen } from "@testing-library/svelte";
import { flushSync, tick } from "svelte";
import { expect, test, vi } from "vitest";
import type { BlockConfig, Config, JoinBody, ListenerConfig } from "../client/protocol";
import type { Receiver, Settle, Transport } from "../client/transport";
import { Urls } from "../client/url";
import App from "./App.svelte";
import { PageState } from "./page.svelte";

class FakeTransport implements Transport {
  joins: { body: JoinBody; settle: Settle }[] = [];
  retry = vi.fn();
  constructor(readonly receiver: Receiver) {}
  join(body: JoinBody, settle: Settle): void {
    this.joins.push({ body, settle });
  }
  cancel(): void {}
  close(): void {}
}

function open(components: Partial<BlockConfig>[], listeners: Partial<ListenerConfig>[] = [], more: Partial<Config> = {}) {
  const blocks = components.map((block, i) => ({ id: i + 1, type: "nosuchtag", props: {}, ...block }));
  const dependencies = listeners.map((one, id) => ({
    id,
    targets: [],
    inputs: [],
    outputs: [],
    backend_fn: true,
    ...one,
  }));
  let transport!: FakeTransport;
  const page = new PageState({
    config: {
      version: "6.0.0",
      app_id: 1,
      components: blocks,
      dependencies,
      layout: { id: 0, children: blocks.map(({ id }) => ({ id })) },
      ...more,
    },
    urls: new Urls("http://h/app/"),
    session: "s",
    transport: (receiver) => (transport = new FakeTransport(receiver)),
  });
  const { container } = render(App, { props: { page } });
  return { page, transport, container };
}

test("a block whose tag nobody draws says so calmly, and the rest of the page is there", async () => {
  open([{ type: "hologram" }]);
  expect(await screen.findByText("This page has no part that draws “hologram”.")).toBeTruthy();
  expect(screen.getByRole("main")).toBeTruthy();
  expect(screen.getByRole("button", { name: /Use via API/ })).toBeTruthy();
});

test("a block that is not visible is not there, and comes back", async () => {
  const { page } = open([{ type: "hologram", props: { visible: false } }]);
  await tick();
  expect(screen.queryByRole("note")).toBeNull();
  page.store.output(1, { __type__: "update", visible: true });
  expect(await screen.findByRole("note")).toBeTruthy();
});

test("timers tick, and draw nothing; state draws nothing", async () => {
  vi.useFakeTimers();
  try {
    const { page, transport } = open(
      [{ type: "timer", props: { value: 2, active: true } }, { type: "state" }],
      [{ targets: [[1, "tick"]], trigger_mode: "multiple" }],
    );
    await vi.advanceTimersByTimeAsync(0);
    await tick();
    expect(screen.getByRole("main").textContent?.trim()).toBe("");
    await vi.advanceTimersByTimeAsync(4000);
    expect(transport.joins).toHaveLength(2);
    page.store.output(1, { __type__: "update", active: false });
    flushSync();
    await vi.advanceTimersByTimeAsync(4000);
    expect(transport.joins).toHaveLength(2);
  } finally {
    vi.useRealTimers();
  }
});

test("pages are plain links below the app's address", () => {
  open([], [], {
    pages: [
      ["", "Home", true],
      ["second", "Second", true],
      ["hidden", "Hidden", false],
    ],
    current_page: "second",
  });
  const links = screen.getAllByRole<HTMLAnchorElement>("link");
  expect(links.map(({ href, textContent, ariaCurrent }) => [href, textContent, ariaCurrent])).toEqual([
    ["http://h/app/", "Home", null],
    ["http://h/app/second", "Second", "page"],
  ]);
});

test("a lost connection is shown from the second try on, and can be hurried", async () => {
  const { transport } = open([]);
  transport.receiver.onstatus("reconnecting", 1);
  await tick();
  expect(screen.queryByText(/Connection Lost/)).toBeNull();
  transport.receiver.onstatus("reconnecting", 2);
  const button = await screen.findByRole("button", { name: "Reconnect" });
  button.click();
  expect(transport.retry).toHaveBeenCalledOnce();
  transport.receiver.onstatus("online", 0);
  await tick();
  expect(screen.queryByText(/Connection Lost/)).toBeNull();
});

test("an app that changed on the server asks for a reload", async () => {
  const { transport } = open([]);
  transport.receiver.onstatus("changed", 0);
  expect(await screen.findByRole("button", { name: "Reload" })).toBeTruthy();
});

test("an error of a function comes up as a toast", async () => {
  const { page, transport } = open([{}], [{ targets: [[0, "load"]] }]);
  page.load();
  transport.joins[0]!.settle.joined("e");
  transport.receiver.onmessage({
    msg: "process_completed",
    event_id: "e",
    output: { error: "No such city.", title: "Weather" },
    success: false,
  });
  expect(await screen.findByText("No such city.")).toBeTruthy();
  expect(screen.getByTestId("toast-title").textContent?.trim()).toBe("Weather");
});

test("a listener tells its block how often to stream", () => {
  const { page } = open(
    [{}],
    [{ targets: [[1, "stream"]], connection: "stream", stream_every: 0.2, event_specific_args: ["stream_every"] }],
  );
  expect(page.store.get(1)!.view["stream_every"]).toBe(0.2);
});
