import { expect, test } from "vitest";
import { Client } from "./client";
import { RefusedError, type CallMessage, type JoinBody, type Message, type Output } from "./protocol";
import type { Receiver, Settle, Transport } from "./transport";
import { Urls } from "./url";

class FakeTransport implements Transport {
  joins: { body: JoinBody; settle: Settle }[] = [];
  cancels: { fn_index: number; event_id: string }[] = [];
  constructor(readonly receiver: Receiver) {}
  join(body: JoinBody, settle: Settle): void {
    this.joins.push({ body, settle });
  }
  cancel(body: { fn_index: number; event_id: string }): void {
    this.cancels.push(body);
  }
  retry(): void {}
  close(): void {}
}

function connect() {
  let transport!: FakeTransport;
  const client = new Client({
    urls: new Urls("http://h/"),
    session: "s",
    config: { app_id: 1 },
    transport: (receiver) => (transport = new FakeTransport(receiver)),
  });
  const heard: CallMessage[] = [];
  const errors: Error[] = [];
  const handler = {
    onmessage: (message: CallMessage) => heard.push(message),
    onerror: (error: Error) => errors.push(error),
  };
  const values = () => heard.map((message) => ("output" in message ? message.output.data : message.msg));
  return { client, transport, heard, errors, handler, values };
}

const generating = (data: unknown[]): Message => ({
  msg: "process_generating",
  event_id: "e",
  output: { data } as Output,
  success: true,
  time_limit: null,
});
const completed = (data: unknown[]): Message => ({
  msg: "process_completed",
  event_id: "e",
  output: { data },
  success: true,
});

test("a result without values is the last step's", () => {
  const { client, transport, handler, values } = connect();
  client.submit({ data: [], fn_index: 0 }, handler);
  transport.joins[0]!.settle.joined("e");
  transport.receiver.onmessage(generating(["a"]));
  transport.receiver.onmessage(generating([[["append", [], "b"]]]));
  transport.receiver.onmessage({
    msg: "process_completed",
    event_id: "e",
    output: JSON.parse('{"data": null, "is_generating": false}') as object,
    success: true,
  });
  expect(values()).toEqual([["a"], ["ab"], ["ab"]]);
});

test("edits arrive as full values", () => {
  const { client, transport, handler, values } = connect();
  client.submit({ data: [], fn_index: 0 }, handler);
  transport.joins[0]!.settle.joined("e");
  transport.receiver.onmessage(generating(["a", null]));
  transport.receiver.onmessage(generating([[["append", [], "b"]], [["replace", [], [1]]]]));
  transport.receiver.onmessage(generating([[], [["add", [1], 2]]]));
  transport.receiver.onmessage(completed(["ab", [1, 2]]));
  expect(values()).toEqual([["a", null], ["ab", [1]], ["ab", [1, 2]], ["ab", [1, 2]]]);
});

test("messages that come before the call has a name wait for it", () => {
  const { client, transport, handler, values } = connect();
  client.submit({ data: [], fn_index: 0 }, handler);
  transport.receiver.onmessage(completed([1]));
  expect(values()).toEqual([]);
  transport.joins[0]!.settle.joined("e");
  expect(values()).toEqual([[1]]);
});

test("a block is told that the server has something new for it, and after a break that it may have", () => {
  const { client, transport } = connect();
  const signs: string[] = [];
  const hear = () => client.adopt("block-7", 0, { onmessage: () => signs.push("new"), onerror: () => signs.push("lost") });
  hear();
  const sign = { msg: "process_streaming", success: true, output: { data: [] }, time_limit: null };
  for (const event_id of ["block-7", "block-8", "block-7"]) {
    transport.receiver.onmessage({ ...sign, event_id } as unknown as Message);
  }
  transport.receiver.onlost({ "block-7": [] });
  expect(signs).toEqual(["new", "new", "lost"]);
  hear().cancel();
  transport.receiver.onlost({});
  expect(signs).toHaveLength(3);
});

test("a cancelled call is ended on the server and hears nothing more", () => {
  const { client, transport, handler, values } = connect();
  const call = client.submit({ data: [], fn_index: 4 }, handler);
  transport.joins[0]!.settle.joined("e");
  call.cancel();
  call.cancel();
  transport.receiver.onmessage(completed([null]));
  expect(transport.cancels).toEqual([{ fn_index: 4, event_id: "e" }]);
  expect(values()).toEqual([]);
});

test("a call cancelled before the server named it is ended as soon as it does", () => {
  const { client, transport, handler } = connect();
  client.submit({ data: [], fn_index: 4 }, handler).cancel();
  expect(transport.cancels).toEqual([]);
  transport.joins[0]!.settle.joined("e");
  expect(transport.cancels).toEqual([{ fn_index: 4, event_id: "e" }]);
});

test("an unexpected error ends all running calls, with the server's words", () => {
  const { client, transport, handler, errors } = connect();
  client.submit({ data: [], fn_index: 0 }, handler);
  transport.joins[0]!.settle.joined("e");
  transport.receiver.onmessage({
    msg: "unexpected_error",
    event_id: null,
    message: "Server stopped unexpectedly.",
    session_not_found: false,
    success: false,
  });
  expect(errors.map(String)).toEqual(["LostError: Server stopped unexpectedly."]);
});

test("a call to an app that was replaced is refused", async () => {
  const { client, transport, handler, errors } = connect();
  transport.receiver.onstatus("changed", 0);
  client.submit({ data: [], fn_index: 0 }, handler);
  await Promise.resolve();
  expect(errors).toEqual([new RefusedError(410, null)]);
  expect(transport.joins).toEqual([]);
});

test("unknown messages are passed over", () => {
  const { transport, heard } = connect();
  transport.receiver.onmessage({ msg: "news", event_id: "e" } as unknown as Message);
  expect(heard).toEqual([]);
});

test("a call that an earlier page began goes on with full values, and one that is gone is lost", () => {
  let transport: FakeTransport | undefined;
  const client = new Client({
    urls: new Urls("http://h/"),
    session: "s",
    config: { app_id: 1 },
    adopting: ["on", "gone"],
    transport: (receiver) => (transport = new FakeTransport(receiver)),
  });
  const seen: unknown[] = [];
  const handler = (name: string) => ({
    onmessage: (message: CallMessage) =>
      seen.push([name, message.msg === "process_generating" ? message.output.data : message.msg]),
    onerror: (error: Error) => seen.push([name, error.name]),
  });
  expect(transport?.receiver.running()).toEqual(["on", "gone"]);
  client.adopt("on", 1, handler("on"));
  client.adopt("gone", 1, handler("gone"));
  const step = (data: unknown[]): CallMessage => ({
    msg: "process_generating",
    event_id: "on",
    output: { data, is_generating: true } as Output,
    success: true,
    time_limit: null,
  });
  transport?.receiver.onlost({ on: [step(["ab"])] }, {});
  transport?.receiver.onmessage(step([[["append", [], "c"]]]));
  expect(seen).toEqual([
    ["on", ["ab"]],
    ["gone", "LostError"],
    ["on", ["abc"]],
  ]);
});
