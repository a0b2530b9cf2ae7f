/** What a widget's module knows of Python: named values that both sides change, and messages. Knows no network. */

import { isSame, type Binary } from "./binary";

type Callback = (...values: unknown[]) => void;

/** How changes and messages reach Python. */
export interface Outlet {
  save(changes: Record<string, unknown>): void;
  send(content: unknown, buffers: readonly Binary[]): void;
}

/** The model as a hook of a module sees it: the anywidget contract. */
export interface AnyModel {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(name: string, callback: Callback): void;
  off(name?: string | null, callback?: Callback | null): void;
  send(content: unknown, callbacks?: unknown, buffers?: readonly Binary[]): void;
  readonly widget_manager: { get_model(id: string): Promise<never> };
}

export class Model {
  private readonly state = new Map<string, unknown>();
  /** Changed here, and not saved yet. */
  private readonly dirty = new Set<string>();
  private readonly scopes = new Set<Scope>();

  constructor(private readonly outlet: Outlet) {}

  get(name: string): unknown {
    return this.state.get(name);
  }

  /** The widget's own change: heard at once, sent with `save`. */
  set(name: string, value: unknown): void {
    this.state.set(name, value);
    this.dirty.add(name);
    this.tell(`change:${name}`, value, {});
    this.tell("change", {});
  }

  save(): void {
    if (this.dirty.size === 0) return;
    const changes = Object.fromEntries([...this.dirty].map((name) => [name, this.state.get(name)]));
    this.dirty.clear();
    this.outlet.save(changes);
  }

  send(content: unknown, buffers: readonly Binary[]): void {
    this.outlet.send(content, buffers);
  }

  /** Python's change: nothing that has to be sent, and it wins over what is not saved yet. */
  receive(changes: Readonly<Record<string, unknown>>): void {
    const changed: string[] = [];
    for (const [name, value] of Object.entries(changes)) {
      this.dirty.delete(name);
      if (this.state.has(name) && isSame(this.state.get(name), value)) continue;
      this.state.set(name, value);
      changed.push(name);
    }
    for (const name of changed) this.tell(`change:${name}`, this.state.get(name), {});
    if (changed.length > 0) this.tell("change", {});
  }

  /** A message of Python's. */
  hear(content: unknown, buffers: readonly unknown[]): void {
    for (const scope of [...this.scopes]) scope.tell("msg:custom", content, buffers);
  }

  /** The model for one hook, whose listeners end with the signal. */
  scope(signal: AbortSignal): AnyModel {
    const scope = new Scope(this);
    this.scopes.add(scope);
    signal.addEventListener("abort", () => this.scopes.delete(scope), { once: true });
    return scope;
  }

  private tell(event: string, ...values: unknown[]): void {
    for (const scope of [...this.scopes]) scope.tell(event, scope, ...values);
  }
}

/** Listeners of one hook: `off()` takes away its own only. */
class Scope implements AnyModel {
  private readonly listeners = new Map<string, Set<Callback>>();

  constructor(private readonly model: Model) {}

  // Arrow functions, as modules take them apart.
  readonly get = (name: string): unknown => this.model.get(name);
  readonly set = (name: string, value: unknown): void => this.model.set(name, value);
  readonly save_changes = (): void => this.model.save();
  readonly send = (content: unknown, _?: unknown, buffers: readonly Binary[] = []): void =>
    this.model.send(content, buffers);

  readonly on = (names: string, callback: Callback): void => {
    for (const name of names.split(" ")) {
      const known = this.listeners.get(name) ?? new Set();
      this.listeners.set(name, known.add(callback));
    }
  };

  readonly off = (names?: string | null, callback?: Callback | null): void => {
    for (const name of names ? names.split(" ") : [...this.listeners.keys()]) {
      if (callback) this.listeners.get(name)?.delete(callback);
      else this.listeners.delete(name);
    }
  };

  readonly widget_manager = {
    get_model: (id: string): Promise<never> =>
      Promise.reject(new Error(`The widget ${id} is not on this page: widgets inside widgets are not supported.`)),
  };

  tell(event: string, ...values: unknown[]): void {
    for (const callback of [...(this.listeners.get(event) ?? [])]) {
      try {
        callback(...values);
      } catch (error) {
        console.error(`A listener of ${event} failed:`, error);
      }
    }
  }
}
