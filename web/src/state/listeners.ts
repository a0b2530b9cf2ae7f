/** The app's listeners, found by what fires them. Runs nothing. */

import type { ListenerConfig } from "../client/protocol";
import type { Use } from "./store.svelte";

export class Listeners {
  private readonly all = new Map<number, ListenerConfig>();
  private byTarget = new Map<string, ListenerConfig[]>();
  private byPrevious = new Map<number, ListenerConfig[]>();

  constructor(listeners: readonly ListenerConfig[]) {
    this.add(listeners);
  }

  get(id: number): ListenerConfig | undefined {
    return this.all.get(id);
  }

  /** Those that wait for an event of a block, in the order in which they were attached. */
  of(block: number | null, event: string): readonly ListenerConfig[] {
    return this.byTarget.get(`${block ?? ""}:${event}`) ?? [];
  }

  /** Those chained behind a listener. */
  after(id: number): readonly ListenerConfig[] {
    return this.byPrevious.get(id) ?? [];
  }

  /** Which blocks are inputs or outputs of any listener. */
  uses(): Map<number, Use> {
    const uses = new Map<number, Use>();
    const use = (id: number): Use => {
      const known = uses.get(id) ?? { input: false, output: false };
      uses.set(id, known);
      return known;
    };
    for (const { inputs, outputs } of this.all.values()) {
      for (const id of inputs) use(id).input = true;
      for (const id of outputs) use(id).output = true;
    }
    return uses;
  }

  add(listeners: readonly ListenerConfig[]): void {
    for (const listener of listeners) this.all.set(listener.id, listener);
    this.index();
  }

  /**
   * Drop what a render function attached, and what render functions among those attached in turn.
   *
   * Returns the ids of all those render functions.
   */
  dropRendered(render: number): Set<number> {
    const gone = new Set([render]);
    for (let before = 0; before !== gone.size; ) {
      before = gone.size;
      for (const listener of this.all.values()) {
        const made = listener.rendered_in != null && gone.has(listener.rendered_in);
        if (made && listener.render_id != null) gone.add(listener.render_id);
      }
    }
    for (const [id, { rendered_in }] of this.all) {
      if (rendered_in != null && gone.has(rendered_in)) this.all.delete(id);
    }
    this.index();
    return gone;
  }

  private index(): void {
    this.byTarget = new Map();
    this.byPrevious = new Map();
    for (const listener of this.all.values()) {
      for (const [block, event] of listener.targets) {
        push(this.byTarget, `${block ?? ""}:${event}`, listener);
      }
      if (listener.trigger_after != null) push(this.byPrevious, listener.trigger_after, listener);
    }
  }
}

function push<K>(map: Map<K, ListenerConfig[]>, key: K, listener: ListenerConfig): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [listener]);
  else list.push(listener);
}
