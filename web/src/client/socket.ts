/**
 * The page's one WebSocket: calls out, numbered messages in.
 *
 * A broken connection is opened again from the last number seen, and calls that were not answered are sent again under the
 * same key, so that nothing is lost and nothing runs twice. Knows nothing of what the messages mean.
 */

import { Backoff } from "./backoff";
import type { JoinBody, Message } from "./protocol";
import { LostError, RefusedError } from "./protocol";
import type { JoinOptions, Receiver, Settle, Standing, Transport } from "./transport";
import { idempotencyKey } from "./transport";
import type { Urls } from "./url";

interface Hello {
  hello: { app_id: number | string; resumed: boolean } & Partial<Standing> & Pick<Standing, "seq">;
}

interface Answer {
  ref: number;
  ok?: { event_id?: string };
  error?: { status: number; detail: unknown };
}

type Frame = Hello | Answer | readonly [seq: number, message: Message] | Record<string, unknown>;

/** The part of the browser's WebSocket that is used; tests bring their own. */
export type SocketLike = Pick<WebSocket, "send" | "close"> & {
  onmessage: ((event: MessageEvent<string>) => void) | null;
  onclose: ((event: CloseEvent) => void) | null;
};

export interface SocketOptions {
  urls: Urls;
  session: string;
  /** The app that the page was made for. */
  app_id: number | string;
  receiver: Receiver;
  /** Called when no connection could be made at all, twice in a row; the calls not yet answered go with it. */
  onunusable?: (unanswered: Unanswered[]) => void;
  open?: (url: string) => SocketLike;
}

/** A call that the server has not taken up yet. */
export interface Unanswered {
  body: JoinBody;
  settle: Settle;
  options: JoinOptions;
}

interface Pending extends Unanswered {
  key: string;
}

/** A proof of life is asked for when the page comes back; the connection is given up when none comes in this time. */
const SILENCE_MS = 8000;
const TRIES_BEFORE_UNUSABLE = 2;

export class SocketTransport implements Transport {
  private readonly options: SocketOptions;
  private readonly backoff = new Backoff();
  private readonly pending = new Map<number, Pending>();
  /** Asked for while there was no connection. */
  private cancels: { fn_index: number; event_id: string }[] = [];
  private socket: SocketLike | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private ref = 0;
  private seq = 0;
  private greeted = false; // the server's hello on this connection
  private everGreeted = false;
  private closed = false;

  constructor(options: SocketOptions) {
    this.options = options;
    this.connect();
  }

  join(body: JoinBody, settle: Settle, options: JoinOptions = {}): void {
    this.ref += 1;
    const pending = { body, settle, options, key: idempotencyKey() };
    this.pending.set(this.ref, pending);
    if (this.greeted) this.sendJoin(this.ref, pending);
  }

  cancel(body: { fn_index: number; event_id: string }): void {
    if (!this.greeted) {
      this.cancels.push(body);
      return;
    }
    this.ref += 1;
    this.send({ op: "cancel", ref: this.ref, body });
  }

  /** Ask for a sign of life, and connect anew when none comes. */
  probe(): void {
    if (this.closed) return;
    if (this.socket === null) {
      this.retry();
    } else if (this.greeted) {
      this.send({ op: "ping" });
      clearTimeout(this.silence);
      this.silence = setTimeout(() => this.drop(), SILENCE_MS);
    }
  }

  retry(): void {
    if (this.closed || this.socket !== null) return;
    clearTimeout(this.timer);
    this.connect();
  }

  close(): void {
    this.closed = true;
    this.detach()?.close();
  }

  /** Let go of the connection but stay usable: a page in the back-forward cache may not hold one. */
  suspend(): void {
    this.detach()?.close();
  }

  private connect(): void {
    const { urls, session, receiver } = this.options;
    if (!this.everGreeted && this.backoff.attempt === 0) receiver.onstatus("connecting", 0);
    const events = receiver.running();
    // A page that was loaded again has not read anything: it asks where its calls stand.
    const after = this.everGreeted || events.length === 0 ? this.seq : -1;
    const url = urls.socket(session, after, events);
    const socket = this.options.open?.(url) ?? (new WebSocket(url) as SocketLike);
    // A frame holds one or more lines: what the server had to say at that moment.
    socket.onmessage = (event) => {
      for (const line of event.data.split("\n")) this.receive(JSON.parse(line) as Frame);
    };
    socket.onclose = () => this.lost();
    this.socket = socket;
  }

  private receive(frame: Frame): void {
    clearTimeout(this.silence);
    if (Array.isArray(frame)) {
      const [seq, message] = frame as readonly [number, Message];
      if (seq <= this.seq) return; // repeated after a reconnection
      this.seq = seq;
      this.options.receiver.onmessage(message);
    } else if ("hello" in frame) {
      this.greet((frame as Hello).hello);
    } else if ("ref" in frame) {
      this.settle(frame as Answer);
    }
  }

  private greet(hello: Hello["hello"]): void {
    const { app_id, receiver } = this.options;
    if (String(hello.app_id) !== String(app_id)) {
      this.close();
      receiver.onlost(); // they ended with the server that ran them
      for (const { settle } of this.pending.values()) settle.refused(new LostError());
      receiver.onstatus("changed", 0);
      return;
    }
    if (!hello.resumed) {
      this.seq = hello.seq;
      receiver.onlost(hello.calls, hello.updates);
    }
    this.greeted = true;
    this.everGreeted = true;
    this.backoff.reset();
    for (const [ref, pending] of this.pending) this.sendJoin(ref, pending);
    for (const body of this.cancels.splice(0)) this.cancel(body);
    receiver.onstatus("online", 0);
  }

  private settle(answer: Answer): void {
    const pending = this.pending.get(answer.ref);
    if (pending === undefined) return; // answer to a cancel
    this.pending.delete(answer.ref);
    if (answer.ok?.event_id !== undefined) {
      pending.settle.joined(answer.ok.event_id);
    } else {
      const { status, detail } = answer.error ?? { status: 500, detail: null };
      pending.settle.refused(new RefusedError(status, detail));
    }
  }

  private sendJoin(ref: number, { body, key }: Pending): void {
    this.send({ op: "join", ref, key, body });
  }

  private send(frame: object): void {
    this.socket?.send(JSON.stringify(frame));
  }

  /** Give up a connection that looks open but is silent. */
  private drop(): void {
    const socket = this.detach();
    socket?.close();
    this.lost();
  }

  private detach(): SocketLike | null {
    const socket = this.socket;
    clearTimeout(this.timer);
    clearTimeout(this.silence);
    this.socket = null;
    this.greeted = false;
    if (socket !== null) {
      socket.onclose = null;
      socket.onmessage = null;
    }
    return socket;
  }

  private lost(): void {
    this.detach();
    if (this.closed) return;
    const delay = this.backoff.next();
    const { attempt } = this.backoff;
    if (!this.everGreeted && attempt >= TRIES_BEFORE_UNUSABLE && this.options.onunusable) {
      this.closed = true;
      this.options.onunusable([...this.pending.values()]);
      return;
    }
    this.options.receiver.onstatus("reconnecting", attempt);
    this.timer = setTimeout(() => this.connect(), delay);
  }
}
