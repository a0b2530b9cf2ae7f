import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { EventsTransport, type SourceLike } from "./events";
import type { Receiver } from "./transport";
import { Urls } from "./url";

class FakeSource implements SourceLike {
  onmessage: SourceLike["onmessage"] = null;
  onopen: SourceLike["onopen"] = null;
  onerror: SourceLike["onerror"] = null;
  closed = false;

  constructor(readonly url: string) {}

  close(): void {
    this.closed = true;
  }

  say(seq: number, message: unknown): void {
    const data = JSON.stringify(message);
    this.onmessage?.(new MessageEvent("message", { data, lastEventId: String(seq) }));
  }
}

const JOIN = { data: ["a"], fn_index: 3, session_hash: "s" };
const completed = (event_id: string) => ({
  msg: "process_completed",
  event_id,
  output: { data: [1] },
  success: true,
});

const opened: EventsTransport[] = [];
let sources: FakeSource[];
let log: string[];
let running: string[];
let answers: (() => Response)[];
let requests: { url: string; body: Record<string, unknown> | null }[];

function open(heartbeat = false): EventsTransport {
  const receiver: Receiver = {
    onmessage: (message) => log.push(message.msg),
    onstatus: (link, attempt) => log.push(`${link} ${attempt}`),
    onlost: (calls) => {
      log.push(calls === undefined ? "lost" : `lost but ${Object.keys(calls).join()}`);
      running = Object.keys(calls ?? {});
    },
    running: () => running,
  };
  const transport = new EventsTransport({
    urls: new Urls("http://h/", "q=1"),
    session: "s",
    app_id: 1,
    receiver,
    heartbeat,
    open: (url) => {
      const source = new FakeSource(url);
      sources.push(source);
      return source;
    },
  });
  opened.push(transport);
  return transport;
}

const settle = () => ({
  joined: (id: string) => log.push(`joined ${id}`),
  refused: (error: Error) => log.push(`refused ${error.message}`),
});
const json = (value: unknown, status = 200) => () => new Response(JSON.stringify(value), { status });
const unreachable = () => {
  throw new TypeError("no network");
};
const soon = () => vi.advanceTimersByTimeAsync(0);

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  log = [];
  running = [];
  answers = [];
  requests = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    const body = typeof init.body === "string" ? (JSON.parse(init.body) as Record<string, unknown>) : null;
    requests.push({ url, body });
    const answer = answers.shift();
    return new Promise((resolve) => resolve((answer ?? unreachable)()));
  });
});

afterEach(() => {
  for (const transport of opened.splice(0)) transport.close();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

test("the stream is open only while something runs", async () => {
  const transport = open();
  answers = [json({ event_id: "e1" }), json({ event_id: "e2" })];
  transport.join(JOIN, settle());
  expect(requests).toEqual([
    { url: "http://h/gradio_api/queue/join?q=1", body: { ...JOIN, key: expect.any(String) } },
  ]);
  expect(sources).toHaveLength(0);
  await soon();
  expect(sources[0]!.url).toBe("http://h/gradio_api/queue/data?session_hash=s&stands=1&after=0");
  sources[0]!.say(1, completed("e1"));
  expect(sources[0]!.closed).toBe(true);
  transport.join(JOIN, settle());
  await soon();
  expect(sources[1]!.url).toContain("after=1");
  sources[1]!.say(1, completed("e1")); // seen before
  expect(log).toEqual(["online 0", "joined e1", "process_completed", "joined e2"]);
});

test("a broken stream is opened again after the last message, if the app is still the same", async () => {
  const transport = open();
  answers = [json({ event_id: "e" }), json({ app_id: 1 })];
  transport.join(JOIN, settle());
  await soon();
  sources[0]!.say(4, { msg: "process_starts", event_id: "e", eta: null });
  sources[0]!.onerror?.(new Event("error"));
  await vi.advanceTimersByTimeAsync(250);
  expect(requests[1]!.url).toBe("http://h/gradio_api/app_id");
  expect(sources[1]!.url).toContain("after=4");
  sources[1]!.onopen?.(new Event("open"));
  sources[1]!.say(5, completed("e"));
  expect(log).toEqual([
    "online 0",
    "joined e",
    "process_starts",
    "reconnecting 1",
    "online 0",
    "process_completed",
  ]);
});

test("another app on the server ends the connection", async () => {
  const transport = open();
  answers = [json({ event_id: "e" }), json({ app_id: 2 })];
  transport.join(JOIN, settle());
  await soon();
  sources[0]!.onerror?.(new Event("error"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sources).toHaveLength(1);
  expect(log.at(-1)).toBe("changed 0");
});

test("a call that does not reach the server is sent again under the same key", async () => {
  const transport = open();
  answers = [unreachable, json("Bad Gateway", 502), json({ event_id: "e" })];
  transport.join(JOIN, settle());
  await vi.advanceTimersByTimeAsync(1000);
  const keys = requests.map(({ body }) => body!["key"]);
  expect(keys).toHaveLength(3);
  expect(new Set(keys).size).toBe(1);
  expect(log).toEqual(["online 0", "reconnecting 1", "reconnecting 2", "online 0", "joined e"]);
});

test("a refused call is told with the server's words", async () => {
  const transport = open();
  answers = [json({ detail: "Queue is full." }, 503)];
  transport.join(JOIN, settle());
  await soon();
  expect(log).toEqual(["online 0", "refused Queue is full."]);
});

test("a call without queue is one request", async () => {
  const transport = open();
  answers = [json({ data: [2] }), json({ error: "boom" }, 500)];
  transport.join(JOIN, settle(), { direct: "double" });
  await soon();
  transport.join(JOIN, settle(), { direct: "double" });
  await soon();
  expect(requests[0]!.url).toBe("http://h/gradio_api/run/double?q=1");
  expect(sources).toHaveLength(0);
  expect(log.map((line) => line.replace(/direct-\w+/, "…"))).toEqual([
    "online 0",
    "joined …",
    "process_completed",
    "joined …",
    "process_completed",
  ]);
});

test("a heartbeat is held where the app wants to know when the page is gone", () => {
  open(true);
  expect(sources[0]!.url).toBe("http://h/gradio_api/heartbeat/s");
});

test("a page that was loaded again asks where its calls stand and hears on from there", async () => {
  running = ["e"];
  answers = [json({ seq: 9, calls: { e: [] }, updates: {} })];
  open();
  await soon();
  expect(requests[0]?.url).toContain("gradio_api/queue/calls?session_hash=s&events=e");
  expect(log).toEqual(["online 0", "lost but e"]);
  expect(sources[0]?.url).toContain("after=9");
});

const sign = (block: number) => ({ msg: "process_streaming", event_id: `block-${block}`, output: { data: [] } });

function show(state: DocumentVisibilityState): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

test("while a block waits for signs a stream is held, also when no call runs", async () => {
  const transport = open();
  running = ["block-3"];
  transport.hold();
  expect(sources[0]!.url).toBe("http://h/gradio_api/queue/data?session_hash=s&stands=1&after=0&hold=1");
  sources[0]!.say(1, sign(3));
  sources[0]!.say(0, { msg: "heartbeat" });
  answers = [json({ event_id: "e" })];
  transport.join(JOIN, settle());
  await soon();
  sources[0]!.say(2, completed("e"));
  expect(sources[0]!.closed).toBe(false);
  running = [];
  transport.cancel({ fn_index: 0, event_id: "block-3" });
  expect(sources[0]!.closed).toBe(true);
  expect(requests).toHaveLength(1); // the server is not told of it
});

test("a stream of calls is followed by a held one", async () => {
  const transport = open();
  answers = [json({ event_id: "e" })];
  transport.join(JOIN, settle());
  await soon();
  running = ["block-3"];
  transport.hold();
  sources[0]!.say(1, completed("e"));
  sources[0]!.say(0, { msg: "close_stream" });
  expect(sources.map(({ closed }) => closed)).toEqual([true, false]);
  expect(sources[1]!.url).toContain("after=1&hold=1");
});

test("a page that nobody sees holds no stream, and reads on later", () => {
  running = ["block-3"];
  const transport = open();
  sources[0]!.say(4, sign(3));
  show("hidden");
  expect(sources[0]!.closed).toBe(true);
  show("visible");
  expect(sources[1]!.url).toContain("after=4&hold=1");
  transport.close();
  show("hidden");
  show("visible");
  expect(sources).toHaveLength(2);
});

test("where the calls stand is asked before signs are waited for", async () => {
  running = ["e", "block-3"];
  answers = [json({ seq: 9, calls: { e: [] }, updates: {} })];
  open().hold();
  expect(sources).toHaveLength(0);
  await soon();
  expect(sources.map(({ url }) => url.replace(/.*after/, "after"))).toEqual(["after=9"]);
});
