/**
 * Calls to one app: send one, hear its messages with all edits applied, cancel it.
 *
 * Chooses the transport. Knows nothing of Svelte, blocks or the page's state.
 */

import { apply, type Edit } from "./deltas";
import { FallbackTransport } from "./fallback";
import { post } from "./http";
import type { CallMessage, Config, JoinBody, Message } from "./protocol";
import { LostError, RefusedError } from "./protocol";
import { SocketTransport } from "./socket";
import type { JoinOptions, Link, Receiver, Settle, Standing, Transport } from "./transport";
import type { Urls } from "./url";

/** Who waits for a call. Outputs are full values. */
export interface CallHandler {
  onmessage(message: CallMessage): void;
  /** The server refused it (RefusedError), or its result is lost for good. */
  onerror(error: CallError): void;
}

/** What ends a call that the server's function did not end. */
export type CallError = Error | LostError;

/** A call on its way. */
export interface Call {
  /** Null until the server has taken it up. */
  readonly event_id: string | null;
  /** Ends it on the server. Its handler hears nothing more. */
  cancel(): void;
}

export interface ClientOptions {
  urls: Urls;
  session: string;
  config: Pick<Config, "app_id" | "connect_heartbeat">;
  onlink?: (link: Link, attempt: number) => void;
  /** Calls that an earlier page of this session began; `adopt` says who waits for them. */
  adopting?: readonly string[];
  /** Props that functions changed while this page heard nothing, by block. */
  onupdates?: (updates: Standing["updates"]) => void;
  /** Make the transport; the socket with its fallback if absent. */
  transport?: (receiver: Receiver) => Transport;
}

const CHOICE = "limelight:transport";

export class Client {
  readonly urls: Urls;
  readonly session: string;
  /** Whether the server runs another app now: it would take calls of this page for something else. */
  replaced = false;
  private readonly options: ClientOptions;
  private readonly calls = new Map<string, RunningCall>();
  /** Names of calls for which `adopt` is about to be called. */
  private adopting: readonly string[];
  /** Messages that came before the answer that names their call. */
  private readonly early = new Map<string, CallMessage[]>();
  private unanswered = 0;
  private fellBack = false; // from a socket that could not be opened, and not proven yet
  private transport: Transport;

  constructor(options: ClientOptions) {
    this.options = options;
    this.urls = options.urls;
    this.session = options.session;
    this.adopting = options.adopting ?? [];
    queueMicrotask(() => (this.adopting = []));
    this.transport = options.transport?.(this.receiver) ?? this.choose();
  }

  /** Send a call. The frame leaves in the same task. */
  submit(body: Omit<JoinBody, "session_hash">, handler: CallHandler, options?: JoinOptions): Call {
    const call = new RunningCall(body.fn_index, handler, (made) => this.cancel(made));
    this.unanswered += 1;
    const settle: Settle = {
      joined: (event_id) => this.joined(call, event_id),
      refused: (error) => {
        this.answered();
        if (!call.cancelled) handler.onerror(error);
      },
    };
    if (this.replaced) queueMicrotask(() => settle.refused(new RefusedError(410, null)));
    else this.transport.join({ ...body, session_hash: this.session }, settle, options);
    return call;
  }

  /**
   * Wait for a call that an earlier page of this session began, in the task that made the client; or for the signs that
   * a block's server half gives.
   */
  adopt(event_id: string, fn_index: number, handler: CallHandler): Call {
    const call = new RunningCall(fn_index, handler, (made) => this.cancel(made));
    call.event_id = event_id;
    this.calls.set(event_id, call);
    this.transport.hold?.();
    return call;
  }

  /** One more chunk for a call of a listener with `connection: "stream"`. */
  async push(event_id: string, body: Omit<JoinBody, "session_hash">): Promise<void> {
    await post(this.urls.call(`stream/${event_id}`), { ...body, session_hash: this.session });
  }

  /** The end of such a call's input. */
  async finish(event_id: string): Promise<void> {
    await post(this.urls.api(`stream/${event_id}/close`), {});
  }

  /** Call a server function of a component. A form's fields and files go along as they are. */
  async component(component_id: number, fn_name: string, data: unknown): Promise<unknown> {
    const names = { component_id, fn_name, session_hash: this.session };
    const url = this.urls.api("component_server/");
    if (!(data instanceof FormData)) return post(url, { ...names, data });
    for (const [name, value] of Object.entries(names)) data.set(name, String(value));
    return post(url, data);
  }

  retry(): void {
    this.transport.retry();
  }

  /** Ask for a sign of life: the page or the network has just come back. */
  probe(): void {
    if (this.transport instanceof SocketTransport) this.transport.probe();
    else this.transport.retry();
  }

  /** The page goes into the back-forward cache. */
  suspend(): void {
    if (this.transport instanceof SocketTransport) this.transport.suspend();
  }

  close(): void {
    this.transport.close();
  }

  private readonly receiver: Receiver = {
    onmessage: (message) => this.receive(message),
    onstatus: (link, attempt) => {
      this.replaced ||= link === "changed";
      this.options.onlink?.(link, attempt);
    },
    onlost: (calls, updates) => {
      this.options.onupdates?.(updates ?? {});
      this.lose(new LostError(), calls);
    },
    running: () => [...this.adopting, ...this.calls.keys()],
  };

  private choose(): Transport {
    if (stored() === "events" || typeof WebSocket === "undefined") return this.fallBack();
    return new SocketTransport({
      urls: this.urls,
      session: this.session,
      app_id: this.options.config.app_id,
      receiver: this.receiver,
      onunusable: (unanswered) => {
        this.transport = this.fallBack();
        this.fellBack = true;
        for (const { body, settle, options } of unanswered) {
          this.transport.join(body, settle, options);
        }
      },
    });
  }

  private fallBack(): Transport {
    return new FallbackTransport({
      urls: this.urls,
      session: this.session,
      app_id: this.options.config.app_id,
      heartbeat: this.options.config.connect_heartbeat === true,
      receiver: this.receiver,
    });
  }

  private joined(call: RunningCall, event_id: string): void {
    if (this.fellBack) {
      // Only now is it known that the server was there and the socket alone was blocked.
      store("events");
      this.fellBack = false;
    }
    call.event_id = event_id;
    this.calls.set(event_id, call);
    if (call.cancelled) this.cancel(call);
    const early = this.early.get(event_id) ?? [];
    this.early.delete(event_id);
    this.answered();
    for (const message of early) this.tell(call, message);
  }

  private answered(): void {
    this.unanswered -= 1;
    if (this.unanswered === 0) this.early.clear();
  }

  private cancel(call: RunningCall): void {
    if (call.event_id === null) return; // told when the server names it
    this.calls.delete(call.event_id);
    this.transport.cancel({ fn_index: call.fn_index, event_id: call.event_id });
  }

  private receive(message: Message): void {
    switch (message.msg) {
      case "heartbeat":
      case "close_stream":
        return;
      case "unexpected_error":
        this.lose(new LostError(message.message));
        return;
      case "estimation":
      case "process_starts":
      case "progress":
      case "log":
      case "process_generating":
      case "process_streaming":
      case "process_completed":
        this.route(message);
        return;
      default:
        message satisfies never; // a newer server's message: nothing waits for it
    }
  }

  private route(message: CallMessage): void {
    if (message.event_id === null) return;
    const call = this.calls.get(message.event_id);
    if (call !== undefined) {
      this.tell(call, message);
    } else if (this.unanswered > 0) {
      const early = this.early.get(message.event_id);
      if (early === undefined) this.early.set(message.event_id, [message]);
      else early.push(message);
    }
  }

  private tell(call: RunningCall, message: CallMessage): void {
    if (message.msg === "process_completed") this.calls.delete(message.event_id);
    if (!call.cancelled) call.handler.onmessage(call.resolve(message));
  }

  private lose(error: LostError, standing: Standing["calls"] = {}): void {
    for (const [event_id, call] of [...this.calls]) {
      const told = standing[event_id] ?? [];
      call.forget();
      for (const message of told) this.route(message);
      if (told.length > 0) continue;
      this.calls.delete(event_id);
      if (!call.cancelled) call.handler.onerror(error);
    }
  }
}

class RunningCall implements Call {
  event_id: string | null = null;
  cancelled = false;
  private data: unknown[] | null = null;

  constructor(
    readonly fn_index: number,
    readonly handler: CallHandler,
    private readonly oncancel: (call: RunningCall) => void,
  ) {}

  cancel(): void {
    if (this.cancelled) return;
    this.cancelled = true;
    this.oncancel(this);
  }

  /** The next values come in full. */
  forget(): void {
    this.data = null;
  }

  /** The message with values in place of edits. */
  resolve(message: CallMessage): CallMessage {
    if (message.msg === "process_completed" && stands(message.output)) {
      return { ...message, output: { ...message.output, data: this.data ?? [] } };
    }
    if (message.msg !== "process_generating" || !message.success) return message;
    const { output } = message;
    const last = this.data;
    this.data =
      last === null
        ? [...output.data]
        : output.data.map((edits, i) => apply(last[i] ?? null, edits as Edit[]));
    return { ...message, output: { ...output, data: this.data } };
  }
}

/** Whether a result is the value of the last step: then it comes without it. */
const stands = (output: { data?: unknown }): boolean => output.data === null;

function stored(): string | null {
  try {
    return sessionStorage.getItem(CHOICE);
  } catch {
    return null; // storage may be forbidden
  }
}

function store(choice: string): void {
  try {
    sessionStorage.setItem(CHOICE, choice);
  } catch {
    // The choice is made anew on the next page.
  }
}
