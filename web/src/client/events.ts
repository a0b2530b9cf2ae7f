/**
 * The fallback where WebSockets are blocked: calls by POST, messages by an event stream that is open only while something
 * runs, or a block waits for signs of its server half and the page is seen.
 *
 * The stream is resumed from the last number seen. Knows nothing of what the messages mean.
 */

import { Backoff } from "./backoff";
import { get, post, UnreachableError } from "./http";
import type { JoinBody, Message, Output } from "./protocol";
import { RefusedError } from "./protocol";
import type { JoinOptions, Receiver, Settle, Standing, Transport } from "./transport";
import { idempotencyKey } from "./transport";
import type { Urls } from "./url";

/** The part of the browser's EventSource that is used; tests bring their own. */
export type SourceLike = Pick<EventSource, "close"> & {
  onmessage: ((event: MessageEvent<string>) => void) | null;
  onopen: ((event: Event) => void) | null;
  onerror: ((event: Event) => void) | null;
};

export interface EventsOptions {
  urls: Urls;
  session: string;
  app_id: number | string;
  receiver: Receiver;
  /** Hold a heartbeat stream, so that the server knows when the page is gone. */
  heartbeat?: boolean;
  open?: (url: string) => SourceLike;
}

export class EventsTransport implements Transport {
  private readonly options: EventsOptions;
  private readonly backoff = new Backoff();
  /** Taken up and not finished. */
  private readonly running = new Set<string>();
  private source: SourceLike | null = null;
  private heart: SourceLike | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private waiting = new Set<() => void>();
  private seq = 0;
  private closed = false;
  /** Whether it is being asked where the calls stand: nothing is read on before. */
  private restoring = false;

  constructor(options: EventsOptions) {
    this.options = options;
    options.receiver.onstatus("online", 0);
    if (calls(options.receiver).length > 0) void this.restore();
    else this.hold();
    document.addEventListener("visibilitychange", this.hold);
    if (options.heartbeat) {
      this.heart = this.open(options.urls.api(`heartbeat/${options.session}`));
    }
  }

  join(body: JoinBody, settle: Settle, options: JoinOptions = {}): void {
    if (typeof options.direct === "string") void this.run(body, settle, options.direct);
    else void this.enqueue(body, settle);
  }

  cancel(body: { fn_index: number; event_id: string }): void {
    const { urls, session } = this.options;
    if (isSign(body.event_id)) {
      this.hold();
      return;
    }
    // A failed cancel needs no notice: the call's own end is what matters.
    post(urls.api("cancel"), { ...body, session_hash: session }).catch(() => undefined);
  }

  retry(): void {
    clearTimeout(this.timer);
    for (const wake of this.waiting) wake();
    if (this.restoring) void this.restore();
    else if (this.source === null && this.needed) void this.resume();
  }

  /** NOTE: a browser opens six streams of a server at most, so tabs that nobody sees hold none. */
  readonly hold = (): void => {
    if (this.held) this.listen();
    else if (!this.needed) this.hangUp();
  };

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    this.hangUp();
    this.heart?.close();
    document.removeEventListener("visibilitychange", this.hold);
  }

  private async enqueue(body: JoinBody, settle: Settle): Promise<void> {
    const key = idempotencyKey();
    const answer = await this.send("queue/join", { ...body, key }, settle);
    const event_id = (answer as { event_id?: string } | undefined)?.event_id;
    if (event_id === undefined) return;
    this.running.add(event_id);
    settle.joined(event_id);
    this.listen();
  }

  /** A call that needs no queue: the result is in the answer, and is told as a message like any other. */
  private async run(body: JoinBody, settle: Settle, name: string): Promise<void> {
    const event_id = `direct-${idempotencyKey()}`;
    const { urls, receiver } = this.options;
    try {
      const output = (await post(urls.call(`run/${name}`), body)) as Output;
      settle.joined(event_id);
      receiver.onmessage({ msg: "process_completed", event_id, output, success: true });
    } catch (error) {
      if (!(error instanceof RefusedError) || error.status !== 500) {
        settle.refused(error as Error);
        return;
      }
      const text = typeof error.detail === "string" ? error.detail : null;
      settle.joined(event_id);
      receiver.onmessage({
        msg: "process_completed",
        event_id,
        output: { error: text },
        success: false,
      });
    }
  }

  /** POST until the server is reached. A refusal is told; undefined then. */
  private async send(path: string, body: object, settle: Settle): Promise<unknown> {
    const { urls, receiver } = this.options;
    for (;;) {
      try {
        const answer = await post(urls.call(path), body);
        if (this.source !== null || this.running.size === 0) this.healthy();
        return answer;
      } catch (error) {
        if (this.closed || !(error instanceof UnreachableError)) {
          settle.refused(error as Error);
          return undefined;
        }
        const delay = this.backoff.next();
        receiver.onstatus("reconnecting", this.backoff.attempt);
        await this.pause(delay);
      }
    }
  }

  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, ms);
      this.waiting.add(wake);
    });
  }

  private healthy(): void {
    if (this.backoff.attempt > 0) this.options.receiver.onstatus("online", 0);
    this.backoff.reset();
  }

  /** Whether a block waits for signs, which come at any time. */
  private get held(): boolean {
    return document.visibilityState === "visible" && this.options.receiver.running().some(isSign);
  }

  private get needed(): boolean {
    return this.running.size > 0 || this.held;
  }

  private listen(): void {
    if (this.source !== null || this.closed || this.restoring) return;
    const { urls, session } = this.options;
    const source = this.open(
      urls.api("queue/data", { session_hash: session, stands: 1, after: this.seq, ...(this.held && { hold: 1 }) }),
    );
    source.onopen = () => this.healthy();
    source.onmessage = (event) => this.receive(event);
    source.onerror = () => this.broken();
    this.source = source;
  }

  private receive(event: MessageEvent<string>): void {
    const seq = Number(event.lastEventId || 0);
    if (seq > 0) {
      if (seq <= this.seq) return;
      this.seq = seq;
    }
    const message = JSON.parse(event.data) as Message;
    if (message.msg === "unexpected_error" && message.session_not_found) {
      this.hangUp(); // its log does not reach back so far
      void this.restore();
      return;
    }
    if (message.msg === "process_completed") this.running.delete(message.event_id);
    if (message.msg === "unexpected_error") this.running.clear();
    this.options.receiver.onmessage(message);
    if (message.msg === "close_stream" || !this.needed) {
      this.hangUp();
      if (this.needed) this.listen(); // joined while the stream was closing, or held from now on
    }
  }

  private hangUp(): void {
    this.source?.close();
    this.source = null;
  }

  /** Ask where the calls stand, and hear on from there. */
  private async restore(): Promise<void> {
    this.restoring = true;
    const { urls, session, receiver } = this.options;
    const query = { session_hash: session, events: calls(receiver).join() };
    let standing: Standing;
    try {
      standing = (await get(urls.api("queue/calls", query))) as Standing;
    } catch (error) {
      if (!(error instanceof UnreachableError)) {
        this.restoring = false;
        receiver.onlost();
      } else if (!this.closed) {
        const delay = this.backoff.next();
        receiver.onstatus("reconnecting", this.backoff.attempt);
        this.timer = setTimeout(() => void this.restore(), delay);
      }
      return;
    }
    this.healthy();
    this.restoring = false;
    this.seq = standing.seq;
    this.running.clear();
    receiver.onlost(standing.calls, standing.updates);
    for (const event_id of calls(receiver)) this.running.add(event_id);
    if (this.needed) this.listen();
  }

  /** The browser's own reconnection would begin at the old number, so the stream is opened anew. */
  private broken(): void {
    this.hangUp();
    if (this.closed) return;
    const delay = this.backoff.next();
    this.options.receiver.onstatus("reconnecting", this.backoff.attempt);
    this.timer = setTimeout(() => void this.resume(), delay);
  }

  /** Go on only if the server still runs the app that this page was made for. */
  private async resume(): Promise<void> {
    const { urls, app_id, receiver } = this.options;
    try {
      const answer = (await get(urls.api("app_id"))) as { app_id: number | string };
      if (String(answer.app_id) === String(app_id)) {
        this.listen();
      } else {
        this.close();
        receiver.onlost(); // they ended with the server that ran them
        receiver.onstatus("changed", 0);
      }
    } catch {
      this.broken();
    }
  }

  private open(url: string): SourceLike {
    return this.options.open?.(url) ?? new EventSource(url);
  }
}

/** The calls that are waited for. */
function calls(receiver: Receiver): string[] {
  return receiver.running().filter((name) => !isSign(name));
}

/** Whether that is no call, but the signs that a block's server half gives, which never end. */
function isSign(name: string): boolean {
  return name.startsWith("block-");
}
