/**
 * What connects a model with Python: props and value of a component, or a widget that lives on the server.
 *
 * A live widget's page and server exchange messages, one exchange at a time, so that their order is kept; what was
 * not answered because the server could not be reached is said again.
 */

import type { Host } from "$ui/contract";
import type { AnyWidgetProps } from "./any_widget.gen";
import { isSame, pack, unpack, type Binary } from "./binary";
import { Model, type Outlet } from "./model";

/** What the server adds for a browser half of the author's own. */
export interface WidgetProps extends AnyWidgetProps {
  _esm?: string;
  _css?: string;
  /** Props that the module reads and writes by name. */
  _traits?: readonly string[];
  /** Whether these together are the value. */
  _is_state?: boolean;
  /** Whether a widget on the server stands behind it. */
  _is_live?: boolean;
  /** Whether the server watches the files of the module and the CSS. */
  _is_hot?: boolean;
}

export type WidgetHost = Host<WidgetProps, unknown>;
type State = Record<string, unknown>;

export interface Link {
  readonly model: Model;
  /** Props or value may be others than before. Reads them. */
  update(): void;
  /** Begin; until the signal. */
  start(signal: AbortSignal): void;
  /** Call a function of the Python half, as anywidget's `experimental.invoke`. */
  invoke(name: string, message: unknown, options?: InvokeOptions): Promise<[unknown, unknown[]]>;
}

export interface InvokeOptions {
  buffers?: readonly Binary[];
  signal?: AbortSignal;
}

export function linkOf(host: WidgetHost): Link {
  return host.props._is_live === true ? new LiveLink(host) : new PropsLink(host);
}

/** The author edited the file of the module or the CSS: the half draws itself anew, with the same model. */
function swap(host: WidgetHost, news: unknown): void {
  if (typeof news === "object" && news !== null) host.set(news as Partial<WidgetProps>);
}

// ---- props and value --------------------------------------------------------------------------

class PropsLink implements Link, Outlet {
  readonly model = new Model(this);
  /** What the model was last given, as JSON. */
  private seen: State = {};

  constructor(private readonly host: WidgetHost) {
    this.update();
  }

  /** Everything comes by the host, but what the author edits. */
  start(signal: AbortSignal): void {
    if (this.host.props._is_hot !== true || signal.aborted) return;
    const over = new AbortController();
    const ear = this.host.hear((news) => {
      over.abort();
      swap(this.host, news);
      this.start(signal);
    });
    signal.addEventListener("abort", () => ear.cancel(), { signal: over.signal });
  }

  update(): void {
    const now = this.current();
    const changed = Object.entries(now).filter(([name, value]) => !Object.is(this.seen[name], value));
    const isPartial = this.host.props._is_state === true && Object.keys(now).length < Object.keys(this.seen).length;
    this.seen = isPartial ? { ...this.seen, ...now } : now;
    if (isPartial) this.host.value = this.seen;
    if (changed.length > 0) this.model.receive(unpack(Object.fromEntries(changed)) as State);
  }

  save(changes: State): void {
    const packed = pack(changes) as State;
    const { host } = this;
    this.seen = { ...this.seen, ...packed };
    if (host.props._is_state === true) {
      host.value = { ...this.seen };
      host.dispatch("input");
    } else {
      const { value, ...others } = packed;
      if (Object.keys(others).length > 0) host.set(others);
      if ("value" in packed) {
        host.value = value;
        host.dispatch("input");
      }
    }
  }

  send(content: unknown, buffers: readonly Binary[]): void {
    this.host.call("on_message", { content: pack(content), buffers: buffers.map(pack) }).then(
      (answer) => {
        const { content: said, buffers: more = [] } = (answer ?? {}) as { content?: unknown; buffers?: unknown[] };
        if (answer !== null) this.model.hear(unpack(said), more.map(unpack));
      },
      (error: unknown) => console.error("A message could not be sent:", error),
    );
  }

  async invoke(name: string, message: unknown): Promise<[unknown, unknown[]]> {
    return [unpack(await this.host.call(name, pack(message))), []];
  }

  private current(): State {
    const { props, value } = this.host;
    if (props._is_state === true) return { ...(value as State | null) };
    const all = props as unknown as State;
    return Object.fromEntries([...(props._traits ?? []).map((name) => [name, all[name] ?? null]), ["value", value]]) as State;
  }
}

// ---- a widget on the server -------------------------------------------------------------------

type Message =
  | { method: "update"; state: State }
  | { method: "custom"; content: unknown; buffers: unknown[] };

/** NOTE: what `Live.exchange` in livewidget.py gives. */
interface Answer {
  at: number;
  state_at: number;
  state: State | null;
  messages: [number, Message][];
  errors: string[];
}

const LIVE = "_live"; // NOTE: as in any_widget.py
const RETRY_MS = 2000;
const INVOKE_MS = 3000; // anywidget's own patience

class LiveLink implements Link, Outlet {
  readonly model = new Model(this);
  private shown: State;
  private at = -1;
  private stateAt = -1;
  private queue: Message[] = [];
  private isBusy = false;
  private isAsked = false;
  /** The value that the host was last given from here. */
  private last: unknown;
  private isOver = false;
  private ear: { cancel(): void } | undefined;

  constructor(private readonly host: WidgetHost) {
    this.last = host.value;
    const { [LIVE]: _, ...state } = (host.value ?? {}) as State;
    this.shown = state;
    this.model.receive(unpack(state) as State);
  }

  start(signal: AbortSignal): void {
    this.isOver = false;
    signal.addEventListener("abort", () => {
      this.isOver = true;
      this.ear?.cancel();
    });
    void this.exchange();
  }

  update(): void {
    const { value } = this.host;
    if (value === this.last || typeof value !== "object" || value === null) return;
    this.last = value;
    const { [LIVE]: at, ...state } = value as State;
    if (typeof at === "number" && at < this.stateAt) {
      this.publish(); // made before what is shown already
      return;
    }
    if (typeof at === "number") this.stateAt = at;
    this.apply(state);
  }

  save(changes: State): void {
    const state = pack(changes) as State;
    const waiting = this.queue.at(-1);
    if (waiting?.method === "update") Object.assign(waiting.state, state);
    else this.queue.push({ method: "update", state });
    void this.exchange();
  }

  send(content: unknown, buffers: readonly Binary[]): void {
    this.queue.push({ method: "custom", content: pack(content), buffers: buffers.map(pack) });
    void this.exchange();
  }

  invoke(name: string, message: unknown, options: InvokeOptions = {}): Promise<[unknown, unknown[]]> {
    const id = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");
    const over = new AbortController();
    const signals = [AbortSignal.timeout(INVOKE_MS), ...(options.signal ? [options.signal] : [])];
    const ended = AbortSignal.any(signals);
    const answer = new Promise<[unknown, unknown[]]>((resolve, reject) => {
      ended.addEventListener("abort", () => reject(ended.reason as Error), { signal: over.signal });
      this.model.scope(over.signal).on("msg:custom", (content, buffers) => {
        const said = content as { id?: string; kind?: string; response?: unknown } | null;
        if (said?.kind !== "anywidget-command-response" || said.id !== id) return;
        resolve([said.response, buffers as unknown[]]);
      });
    });
    this.send({ id, kind: "anywidget-command", name, msg: message }, options.buffers ?? []);
    return answer.finally(() => over.abort());
  }

  private async exchange(): Promise<void> {
    this.isAsked = true;
    if (this.isBusy) return;
    this.isBusy = true;
    while (this.isAsked && !this.isOver) {
      this.isAsked = false;
      this.ear = this.host.hear((news) => {
        swap(this.host, news);
        void this.exchange();
      }); // each time: what ended it may have been a break
      const messages = this.queue.splice(0);
      try {
        this.take((await this.host.call("exchange", { after: this.at, messages })) as Answer, messages);
      } catch (error) {
        if ((error as Error).name === "UnreachableError") {
          this.queue.unshift(...messages);
          setTimeout(() => void this.exchange(), RETRY_MS);
        } else {
          console.error("The widget's server half could not be reached:", error);
        }
        break;
      }
    }
    this.isBusy = false;
  }

  private take(answer: Answer, sent: readonly Message[]): void {
    let isOwn = false;
    for (const message of sent) {
      if (message.method !== "update") continue;
      this.shown = { ...this.shown, ...message.state };
      isOwn = true;
    }
    if (answer.state !== null) {
      // All of it, of which most is known: what the reader has changed meanwhile stays.
      const fresh = Object.entries(answer.state).filter(([name, value]) => !isSame(this.shown[name], value));
      this.apply(Object.fromEntries(fresh));
      this.stateAt = answer.state_at;
    }
    for (const [number, message] of answer.messages) {
      if (number <= this.at) continue;
      if (message.method === "custom") {
        this.model.hear(unpack(message.content), message.buffers.map(unpack));
      } else if (number > this.stateAt) {
        this.apply(message.state);
        this.stateAt = number;
      }
    }
    this.at = answer.at;
    for (const error of answer.errors) console.error("The widget refused it:", error);
    this.publish();
    if (isOwn) this.host.dispatch("input");
  }

  /** Python's values, which win over what has not been sent yet. */
  private apply(state: State): void {
    for (const message of this.queue) {
      if (message.method !== "update") continue;
      message.state = Object.fromEntries(Object.entries(message.state).filter(([name]) => !(name in state)));
    }
    this.shown = { ...this.shown, ...state };
    this.model.receive(unpack(state) as State);
  }

  /** Let the page know the value, if it is another one. */
  private publish(): void {
    const { [LIVE]: _, ...known } = (this.host.value ?? {}) as State;
    if (isSame(known, this.shown)) return;
    this.host.value = { ...this.shown, [LIVE]: this.stateAt };
    this.last = this.host.value;
  }
}
