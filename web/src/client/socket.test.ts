import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Message } from "./protocol";
import { type SocketLike, SocketTransport, type Unanswered } from "./socket";
import type { Receiver } from "./transport";
import { Urls } from "./url";

class FakeSocket implements SocketLike {
  onmessage: SocketLike["onmessage"] = null;
  onclose: SocketLike["onclose"] = null;
  readonly sent: Record<string, unknown>[] = [];
  closed = false;

  constructor(readonly url: string) {}

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }

  close(): void {
    this.closed = true;
  }

  say(frame: unknown): void {
    this.onmessage?.(new MessageEvent("message", { data: JSON.stringify(frame) }));
  }

  hello(seq = 0, resumed = true, app_id = 1): void {
    this.say({ hello: { app_id, seq, resumed } });
  }

  breakOff(): void {
    this.onclose?.(new CloseEvent("close"));
  }
}

const JOIN = { data: ["a"], fn_index: 3, session_hash: "s" };
const started = (event_id: string): Message => ({ msg: "process_starts", event_id, eta: null });

let sockets: FakeSocket[];
let log: unknown[];
let unusable: Unanswered[] | null;
let running: string[];

function open(fallback = false): SocketTransport {
  const receiver: Receiver = {
    onmessage: (message) => log.push(message.msg === "process_starts" ? message.event_id : message.msg),
    onstatus: (link, attempt) => log.push(`${link} ${attempt}`),
    onlost: (calls) => log.push(calls === undefined ? "lost" : `lost but ${Object.keys(calls).join()}`),
    running: () => running,
  };
  return new SocketTransport({
    urls: new Urls("http://h/"),
    session: "s",
    app_id: 1,
    receiver,
    open: (url) => {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    ...(fallback && { onunusable: (calls: Unanswered[]) => (unusable = calls) }),
  });
}

const settle = () => ({
  joined: (id: string) => log.push(`joined ${id}`),
  refused: (error: Error) => log.push(`refused ${error.message}`),
});

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  log = [];
  unusable = null;
  running = [];
});

afterEach(() => vi.useRealTimers());

test("a call made before the connection stands is sent with the hello, later ones in the same task", () => {
  const transport = open();
  transport.join(JOIN, settle());
  expect(sockets[0]!.url).toBe("ws://h/gradio_api/ws?session_hash=s&stands=1&after=0");
  expect(sockets[0]!.sent).toEqual([]);
  sockets[0]!.hello();
  transport.join(JOIN, settle());
  expect(sockets[0]!.sent).toEqual([
    { op: "join", ref: 1, key: expect.any(String), body: JOIN },
    { op: "join", ref: 2, key: expect.any(String), body: JOIN },
  ]);
  expect(sockets[0]!.sent[0]!["key"]).not.toBe(sockets[0]!.sent[1]!["key"]);
});

test("answers and messages reach the right call", () => {
  const transport = open();
  sockets[0]!.hello();
  transport.join(JOIN, settle());
  transport.join(JOIN, settle());
  sockets[0]!.say({ ref: 2, error: { status: 503, detail: "Queue is full." } });
  sockets[0]!.say({ ref: 1, ok: { event_id: "e" } });
  sockets[0]!.say([1, started("e")]);
  expect(log).toEqual(["connecting 0", "online 0", "refused Queue is full.", "joined e", "e"]);
});

test("a broken connection resumes after the last message, and repeats unanswered calls under their keys", () => {
  const transport = open();
  const first = sockets[0]!;
  first.hello();
  transport.join(JOIN, settle());
  first.say({ ref: 1, ok: { event_id: "e1" } });
  first.say([1, started("e1")]);
  first.say([2, { msg: "heartbeat", event_id: null }]);
  transport.join(JOIN, settle());
  const sent = first.sent[1];
  first.breakOff();
  transport.join(JOIN, settle());
  vi.advanceTimersByTime(250);
  const second = sockets[1]!;
  expect(second.url).toContain("after=2");
  second.hello(3);
  expect(second.sent).toEqual([sent, { op: "join", ref: 3, key: expect.any(String), body: JOIN }]);
  second.say([2, { msg: "heartbeat", event_id: null }]); // seen before
  second.say([3, started("e1")]);
  expect(log).toEqual([
    "connecting 0",
    "online 0",
    "joined e1",
    "e1",
    "heartbeat",
    "reconnecting 1",
    "online 0",
    "e1",
  ]);
});

test("pauses double from a quarter of a second to five, less up to a half", () => {
  const random = vi.spyOn(Math, "random").mockReturnValue(1);
  open();
  sockets[0]!.hello();
  const pauses: number[] = [];
  for (let i = 0; i < 7; i += 1) {
    const before = Date.now();
    sockets[i]!.breakOff();
    vi.advanceTimersToNextTimer();
    pauses.push(Date.now() - before);
  }
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  expect(random).toHaveBeenCalled();
});

test("a log that the server no longer has begins anew, and running calls are told", () => {
  open();
  sockets[0]!.hello();
  sockets[0]!.say([7, started("old")]);
  sockets[0]!.breakOff();
  vi.advanceTimersByTime(250);
  sockets[1]!.hello(0, false);
  sockets[1]!.say([1, started("new")]);
  expect(log.slice(-4)).toEqual(["reconnecting 1", "lost", "online 0", "new"]);
});

test("another app on the server ends the connection", () => {
  const transport = open();
  transport.join(JOIN, settle());
  sockets[0]!.hello(0, true, 2);
  expect(sockets[0]!.closed).toBe(true);
  expect(sockets[0]!.sent).toEqual([]);
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(1);
  expect(log).toEqual(["connecting 0", "lost", "refused ", "changed 0"]);
});

test("a socket that never opens is given up after two tries, with the calls that wait", () => {
  const transport = open(true);
  transport.join(JOIN, settle());
  sockets[0]!.breakOff();
  vi.advanceTimersByTime(250);
  sockets[1]!.breakOff();
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(2);
  expect(unusable).toEqual([{ body: JOIN, settle: expect.anything(), options: {}, key: expect.any(String) }]);
});

test("a socket that opened once is never given up", () => {
  open(true);
  sockets[0]!.hello();
  for (let i = 0; i < 5; i += 1) {
    sockets[i]!.breakOff();
    vi.advanceTimersByTime(5000);
  }
  expect(sockets).toHaveLength(6);
  expect(unusable).toBeNull();
});

test("a silent connection is replaced when the page comes back", () => {
  const transport = open();
  sockets[0]!.hello();
  transport.probe();
  expect(sockets[0]!.sent).toEqual([{ op: "ping" }]);
  vi.advanceTimersByTime(8000);
  expect(sockets[0]!.closed).toBe(true);
  vi.advanceTimersByTime(250);
  expect(sockets).toHaveLength(2);
  sockets[1]!.hello();
  transport.probe();
  sockets[1]!.say({ pong: true });
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(2);
});

test("a cancel asked for without connection is sent with the next one", () => {
  const transport = open();
  sockets[0]!.hello();
  sockets[0]!.breakOff();
  transport.cancel({ fn_index: 3, event_id: "e" });
  vi.advanceTimersByTime(250);
  sockets[1]!.hello();
  expect(sockets[1]!.sent).toEqual([{ op: "cancel", ref: 1, body: { fn_index: 3, event_id: "e" } }]);
});

test("a retry does not wait for the end of the pause", () => {
  const transport = open();
  sockets[0]!.hello();
  sockets[0]!.breakOff();
  transport.retry();
  expect(sockets).toHaveLength(2);
  vi.advanceTimersByTime(5000);
  expect(sockets).toHaveLength(2);
});

test("a page in the back-forward cache lets go and comes back", () => {
  const transport = open();
  sockets[0]!.hello();
  transport.suspend();
  expect(sockets[0]!.closed).toBe(true);
  vi.advanceTimersByTime(60_000);
  expect(sockets).toHaveLength(1);
  transport.retry();
  expect(sockets).toHaveLength(2);
});

test("a page that was loaded again asks where its calls stand and hears on from there", () => {
  running = ["e"];
  open();
  expect(sockets[0]!.url).toContain("after=-1&events=e");
  const calls = { e: [started("e")] };
  sockets[0]!.say({ hello: { app_id: 1, seq: 9, resumed: false, calls, updates: {} } });
  sockets[0]!.say([9, started("told already")]);
  sockets[0]!.say([10, started("e")]);
  expect(log).toEqual(["connecting 0", "lost but e", "online 0", "e"]);
});
