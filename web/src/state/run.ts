/**
 * One run of a listener: its JavaScript, then its call, then its outputs.
 *
 * Knows nothing of trigger modes and chains; the dispatcher does.
 */

import type { Status } from "$ui/contract";
import type { Messages } from "$ui/later.svelte";
import { phrase } from "$ui/phrases";
import { t } from "$i18n";
import type { Call, CallHandler, Client } from "../client/client";
import { UnreachableError } from "../client/http";
import type { Asked, CallMessage, ListenerConfig, Output, RenderConfig } from "../client/protocol";
import { LostError, RefusedError } from "../client/protocol";
import { share } from "../client/share";
import { compile, spread } from "./script";
import type { Hold, StatusBoard } from "./status";
import type { BlockNode, Store } from "./store.svelte";

/** What fired a listener. */
export interface Trigger {
  /** The block; null for the page itself. */
  block: number | null;
  data: unknown;
}

export type Outcome = "success" | "failure" | "cancelled";

/** What a run needs of the page. */
export interface Page {
  store: Store;
  client: Pick<Client, "submit" | "adopt">;
  board: StatusBoard;
  toaster: Messages;
  /** Put a rebuilt part of the page in place. */
  render(config: RenderConfig): void;
  /** Show a question of a run's function, or take it away; without one, all of that run. */
  ask?(run: Run, asked?: Asked): void;
  /** Do something before the next frame; at once when nothing is drawn. */
  frame(draw: () => void): void;
}

const NOTHING = Symbol("nothing to draw");

export class Run {
  private call: Call | null = null;
  private hold: Hold | null = null;
  private over = false;
  /** Values that came since the last frame, one per output. */
  private waiting: unknown[] = [];
  /** What was handed to the store last, one per output. */
  private drawn: unknown[] = [];
  private scheduled = false;
  private hasAsked = false;

  constructor(
    private readonly page: Page,
    readonly listener: ListenerConfig,
    private readonly ending: {
      trigger: Trigger;
      onend: (run: Run, outcome: Outcome, changed: readonly number[]) => void;
    },
  ) {}

  /** The server's name for the call; null while there is none. */
  get event_id(): string | null {
    return this.call?.event_id ?? null;
  }

  /** Without JavaScript of the author's, the call is sent before this returns. */
  start(): void {
    const source = scriptOf(this.listener);
    const inputs = this.inputs();
    if (source === null) {
      this.proceed(inputs);
      return;
    }
    let result: unknown;
    try {
      result = compile(source)(...inputs);
    } catch (error) {
      this.broken(error);
      return;
    }
    if (!(result instanceof Promise)) {
      this.scripted(result);
      return;
    }
    result.then(
      (value) => this.scripted(value),
      (error: unknown) => this.broken(error),
    );
  }

  cancel(): void {
    if (this.over) return;
    this.call?.cancel();
    this.end("cancelled", { stage: "idle", show: "hidden" });
  }

  /** When its call was sent, in `performance.now()`'s milliseconds; null while there is none. */
  get startedAt(): number | null {
    return this.hold?.status.startedAt ?? null;
  }

  get trigger(): Trigger {
    return this.ending.trigger;
  }

  /** What the listener's inputs hold now. */
  inputs(): unknown[] {
    const whole = new Set(this.listener.component_prop_inputs ?? []);
    return this.listener.inputs.map((id, i) => this.page.store.input(id, whole.has(i)));
  }

  /** The body of the call with the given inputs. */
  body(data: readonly unknown[]) {
    const { trigger } = this.ending;
    return {
      data,
      fn_index: this.listener.id,
      event_data: trigger.data ?? null,
      trigger_id: trigger.block,
    };
  }

  private scripted(result: unknown): void {
    if (this.over) return;
    if (this.listener.backend_fn) {
      this.proceed(spread(result, this.listener.inputs.length));
      return;
    }
    const { outputs } = this.listener;
    const given = Array.isArray(result) ? result.length : result === undefined ? 0 : 1;
    spread(result, Math.min(given, outputs.length)).forEach((value, i) => this.put(i, value));
    this.end("success");
  }

  private proceed(data: readonly unknown[]): void {
    const { listener, page } = this;
    if (!listener.backend_fn) {
      this.end("success");
      return;
    }
    this.track(performance.now());
    this.call = page.client.submit(this.body(data), this.handler, {
      direct: isDirect(listener) ? (listener.api_name as string) : null,
    });
  }

  /** Go on with a call that an earlier page began `elapsed_ms` ago. */
  adopt(event_id: string, elapsed_ms: number): void {
    this.track(performance.now() - elapsed_ms);
    this.call = this.page.client.adopt(event_id, this.listener.id, this.handler);
  }

  private get handler(): CallHandler {
    return {
      onmessage: (message) => this.receive(message),
      onerror: (error) => this.refused(error),
    };
  }

  private track(startedAt: number): void {
    const { listener, page } = this;
    const blocks = (listener.show_progress_on ?? listener.outputs)
      .map((id) => page.store.get(id))
      .filter((node): node is BlockNode => node !== undefined);
    for (const id of listener.inputs) {
      const node = page.store.get(id);
      if (node?.status.validation != null) page.board.clear(node);
    }
    this.hold = page.board.hold(blocks, {
      stage: "pending",
      show: listener.show_progress ?? "full",
      startedAt,
    });
  }

  private receive(message: CallMessage): void {
    if (this.over) return;
    switch (message.msg) {
      case "estimation":
        this.hold?.update({
          position: message.rank,
          queueSize: message.queue_size,
          eta: this.fromStart(message.rank_eta),
        });
        break;
      case "process_starts":
        this.hold?.update({ position: null, queueSize: null, eta: this.fromStart(message.eta) });
        break;
      case "progress":
        this.hold?.update({ position: null, progress: message.progress_data });
        break;
      case "log":
        if (message.ask) {
          this.hasAsked = true;
          this.page.ask?.(this, message.ask);
        } else if (message.visible) {
          this.page.toaster.push(message.level, message.log, {
            title: message.title ?? "",
            duration_s: message.duration,
          });
        }
        break;
      case "process_generating":
      case "process_streaming":
        if (this.hold?.status.stage !== "generating") this.hold?.update({ stage: "generating" });
        this.generated(message.output);
        break;
      case "process_completed":
        if (message.success) this.completed(message.output);
        else this.failed(message.output, message.title ?? null);
        break;
      default:
        message satisfies never;
    }
  }

  /** Seconds from now, as seconds from the start of the call: that is what the tracker counts. */
  private fromStart(eta: number | null): number | null {
    const started = this.hold?.status.startedAt ?? null;
    return eta === null || started === null ? null : (performance.now() - started) / 1000 + eta;
  }

  /** The first values are shown at once, later ones with the next frame. Updates of props are never passed over. */
  private generated(output: Output): void {
    const first = this.drawn.length === 0;
    output.data.forEach((value, i) => {
      if (!first && Object.is(value, this.latest(i))) return;
      if (first || isObjectWithType(value)) this.put(i, value);
      else this.waiting[i] = value;
    });
    if (output.render_config) this.page.render(output.render_config);
    if (this.scheduled || first) return;
    this.scheduled = true;
    this.page.frame(() => {
      this.scheduled = false;
      if (!this.over) this.draw();
    });
  }

  private latest(i: number): unknown {
    return i in this.waiting && this.waiting[i] !== NOTHING ? this.waiting[i] : this.drawn[i];
  }

  private draw(): void {
    this.waiting.forEach((value, i) => {
      if (value !== NOTHING) this.put(i, value);
    });
  }

  private put(i: number, value: unknown): void {
    this.waiting[i] = NOTHING;
    this.drawn[i] = value;
    const id = this.listener.outputs[i];
    if (id !== undefined) this.page.store.output(id, value);
  }

  private completed(output: Partial<Output>): void {
    this.draw();
    (output.data ?? []).forEach((value, i) => {
      // A generator's last value comes twice; what the reader did in between stays.
      const repeated = i in this.drawn && Object.is(share(this.drawn[i], value), this.drawn[i]);
      if (!repeated) this.put(i, value);
    });
    if (output.render_config) this.page.render(output.render_config);
    if (this.listener.scroll_to_output) this.scroll();
    this.end("success", { stage: "complete" }, output.changed_state_ids ?? []);
  }

  private failed(
    failure: { error?: string | null; visible?: boolean; duration?: number | null; title?: string | null },
    title: string | null,
  ): void {
    this.draw(); // what was generated before the failure stays
    const message = failure.visible === false ? null : (failure.error ?? t("shell.error_hidden"));
    if (message !== null) {
      this.page.toaster.push("error", message, {
        title: failure.title ?? title ?? "",
        duration_s: failure.duration === undefined ? 10 : failure.duration,
      });
    }
    this.end("failure", { stage: "error", message });
  }

  private refused(error: Error): void {
    if (this.over) return;
    this.draw();
    const validations = error instanceof RefusedError ? error.validations : null;
    if (validations === null) {
      const message = explain(error);
      this.page.toaster.push("error", message);
      this.end("failure", { stage: "error", message });
      return;
    }
    this.end("failure", { stage: "idle", show: "hidden" });
    validations.forEach((item, i) => {
      const node = this.page.store.get(this.listener.inputs[i] ?? -1);
      if (node && !item.is_valid) node.status = { ...node.status, validation: item.message };
    });
  }

  private broken(error: unknown): void {
    if (this.over) return;
    console.error(`js= of listener ${this.listener.id} failed:`, error);
    this.page.toaster.push("error", t("shell.error_script"));
    this.end("failure");
  }

  private end(outcome: Outcome, last: Partial<Status> = {}, changed: readonly number[] = []): void {
    this.over = true;
    if (this.hasAsked) this.page.ask?.(this);
    this.hold?.release(last);
    this.ending.onend(this, outcome, changed);
  }

  private scroll(): void {
    const node = this.page.store.get(this.listener.outputs[0] ?? -1);
    if (node === undefined) return;
    const own = node.props.get("elem_id");
    const id = typeof own === "string" && own !== "" ? own : `component-${node.id}`;
    this.page.frame(() => document.getElementById(id)?.scrollIntoView({ block: "nearest" }));
  }
}

/** The author's JavaScript; null if there is none. */
function scriptOf({ js, js_implementation }: ListenerConfig): string | null {
  if (typeof js === "string" && js.trim() !== "") return js;
  return js === true && js_implementation ? js_implementation : null;
}

/** Whether the fallback may ask for the result in one request. */
function isDirect({ queue, types, api_name, connection }: ListenerConfig): boolean {
  return (
    queue === false && types?.generator !== true && typeof api_name === "string" && connection !== "stream"
  );
}

function isObjectWithType(value: unknown): boolean {
  return typeof value === "object" && value !== null && "__type__" in value;
}

function explain(error: Error): string {
  if (error instanceof LostError) return error.message || t("shell.error_lost");
  if (error instanceof UnreachableError) return t("shell.error_unreachable");
  if (!(error instanceof RefusedError)) return error.message;
  if (error.status === 503) return t("shell.error_busy");
  if (error.status === 410) return phrase(t, "ui.update_ready");
  if (error.status === 401) return t("shell.error_login");
  return typeof error.detail === "string" ? error.detail : t("shell.error_refused");
}
