/**
 * Which listeners an event fires, and when: trigger modes, cancels and chains.
 *
 * One run of a listener is `run.ts`; the network is `client/`.
 */

import type { Client } from "../client/client";
import type { ListenerConfig } from "../client/protocol";
import type { Listeners } from "./listeners";
import { type Outcome, type Page, Run, type Trigger } from "./run";

/** A call whose page was left before its result came. */
export interface LeftCall {
  event_id: string;
  /** The listener. */
  id: number;
  /** What fired it; null for the page itself. */
  block: number | null;
  /** When it was sent, in milliseconds since 1970. */
  at: number;
}

export interface DispatcherOptions {
  listeners: Listeners;
  page: Page;
  client: Pick<Client, "push" | "finish" | "replaced">;
}

export class Dispatcher {
  private readonly listeners: Listeners;
  private readonly page: Page;
  private readonly client: Pick<Client, "push" | "finish" | "replaced">;
  private readonly running = new Map<number, Set<Run>>();
  /** For "always_last": what has to be run once the running one is over. */
  private readonly next = new Map<number, Trigger>();

  constructor({ listeners, page, client }: DispatcherOptions) {
    this.listeners = listeners;
    this.page = page;
    this.client = client;
  }

  /** Something happened on the page. All calls without JavaScript are sent before this returns. */
  fire(block: number | null, event: string, data?: unknown): void {
    if (event === "tick" && this.client.replaced) return; // nobody asked for it, nobody shall read why not
    const known = block !== null && block !== this.page.store.root.id;
    const trigger: Trigger = { block: known ? block : null, data };
    if (event === "close_stream") this.closeStreams(block);
    for (const listener of this.listeners.of(block, event)) this.trigger(listener, trigger);
  }

  listens(block: number, event: string): boolean {
    return this.listeners.of(block, event).length > 0;
  }

  /** Whether a listener waits for an answer. */
  isRunning(id: number): boolean {
    return (this.running.get(id)?.size ?? 0) > 0;
  }

  private trigger(listener: ListenerConfig, trigger: Trigger): void {
    if (listener.connection === "stream" && this.isRunning(listener.id)) {
      this.pushChunk(listener, trigger);
      return;
    }
    const mode = listener.trigger_mode ?? "once";
    if (mode !== "multiple" && this.isRunning(listener.id)) {
      if (mode === "always_last") this.next.set(listener.id, trigger);
      return;
    }
    for (const id of listener.cancels ?? []) this.cancel(id);
    this.run(listener, trigger).start();
  }

  private run(listener: ListenerConfig, trigger: Trigger): Run {
    const run = new Run(this.page, listener, {
      trigger,
      onend: (ended, outcome, changed) => this.ended(ended, { outcome, changed, trigger }),
    });
    const runs = this.running.get(listener.id) ?? new Set();
    this.running.set(listener.id, runs.add(run));
    return run;
  }

  /** Calls that wait for the server, so that a page loaded in place of this one can wait for them. */
  get left(): LeftCall[] {
    const calls: LeftCall[] = [];
    for (const [id, runs] of this.running) {
      for (const { event_id, startedAt, trigger } of runs) {
        if (event_id === null || startedAt === null) continue;
        calls.push({ event_id, id, block: trigger.block, at: performance.timeOrigin + startedAt });
      }
    }
    return calls;
  }

  /** Wait for the calls that the page before this one left. */
  adopt(calls: readonly LeftCall[]): void {
    for (const { event_id, id, block, at } of calls) {
      const listener = this.listeners.get(id);
      if (listener === undefined) continue;
      this.run(listener, { block, data: null }).adopt(event_id, Date.now() - at);
    }
  }

  private cancel(id: number): void {
    this.next.delete(id);
    for (const run of [...(this.running.get(id) ?? [])]) run.cancel();
  }

  private ended(
    run: Run,
    { outcome, changed, trigger }: { outcome: Outcome; changed: readonly number[]; trigger: Trigger },
  ): void {
    const { listener } = run;
    this.running.get(listener.id)?.delete(run);
    for (const state of changed) this.fire(state, "change");
    for (const chained of this.listeners.after(listener.id)) {
      if (chained.trigger_only_on_success && outcome !== "success") continue;
      if (chained.trigger_only_on_failure && outcome !== "failure") continue;
      this.trigger(chained, trigger);
    }
    const next = this.next.get(listener.id);
    if (next !== undefined && !this.isRunning(listener.id)) {
      this.next.delete(listener.id);
      this.trigger(this.listeners.get(listener.id) ?? listener, next);
    }
  }

  /** Streamed input goes to the call that runs already. Before the server has named that call, chunks are passed over. */
  private pushChunk(listener: ListenerConfig, trigger: Trigger): void {
    const [run] = this.running.get(listener.id) ?? [];
    if (run === undefined || run.event_id === null) return;
    const body = { ...run.body(run.inputs()), event_data: trigger.data ?? null };
    this.client.push(run.event_id, body).catch(() => undefined); // the call may just have ended
  }

  private closeStreams(block: number | null): void {
    for (const listener of this.listeners.of(block, "stream")) {
      for (const { event_id } of this.running.get(listener.id) ?? []) {
        if (event_id !== null) this.client.finish(event_id).catch(() => undefined);
      }
    }
  }
}
