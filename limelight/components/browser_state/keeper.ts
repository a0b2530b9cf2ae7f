/** The value of a browser state: from storage when the page begins, into storage when it changes. */

import type { Host } from "$ui/contract";
import type { BrowserStateProps } from "./browser_state.gen";
import { seal, unseal } from "./seal";

/** Moves one block's value between page and storage. What goes wrong there never reaches the page. */
export class Keeper {
  /** The value in storage as JSON; undefined until it was looked for. */
  private known: string | undefined;
  /** Runs one thing after the other: sealing takes a moment, and an older value must not come last. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly host: Host<BrowserStateProps>) {}

  /** Take the value out of storage, or the default value if there is none that is ours. */
  load(): Promise<void> {
    const loading = this.begin();
    this.last = loading;
    return loading;
  }

  private async begin(): Promise<void> {
    const before = this.host.value;
    const found = await this.read(stored(this.name));
    this.known = found ?? "";
    if (this.host.value !== before) return; // somebody was faster
    this.host.value = found === null ? copy(this.host.props.default_value ?? null) : JSON.parse(found);
  }

  /** Put a value into storage; null takes the old one out. */
  store(value: unknown): Promise<void> {
    const text = value === null || value === undefined ? "" : JSON.stringify(value);
    const write = async (): Promise<void> => {
      if (this.known === undefined || text === this.known) return;
      this.known = text;
      try {
        if (text === "") storage()?.removeItem(this.name);
        else storage()?.setItem(this.name, await seal(text, this.secret, this.name));
      } catch (error) {
        // Full, or switched off in this browser: the value lives as long as the page.
        console.warn("A browser state could not be stored:", error);
      }
    };
    this.last = this.last.then(write);
    return this.last as Promise<void>;
  }

  /** Take over what other tabs store. Returns what ends that. */
  follow(): () => void {
    const listen = ({ key, newValue }: StorageEvent): void => {
      if (key === this.name) this.last = this.last.then(() => this.take(newValue));
    };
    window.addEventListener("storage", listen);
    return () => window.removeEventListener("storage", listen);
  }

  private async take(stored: string | null): Promise<void> {
    const found = await this.read(stored);
    if (found === null || found === this.known) return;
    this.known = found;
    this.host.value = JSON.parse(found);
  }

  /** The value as JSON; null for none, or for what another secret or another hand made. */
  private async read(stored: string | null | undefined): Promise<string | null> {
    if (stored === null || stored === undefined) return null;
    try {
      const text = await unseal(stored, this.secret, this.name);
      return JSON.stringify(JSON.parse(text));
    } catch {
      return null;
    }
  }

  private get name(): string {
    return this.host.props.storage_key ?? "";
  }

  private get secret(): string {
    return this.host.props.secret ?? "";
  }
}

/** Undefined where the browser forbids it: asking for it already throws there. */
function storage(): Storage | undefined {
  try {
    return window.localStorage;
  } catch {
    return undefined;
  }
}

function stored(name: string): string | null {
  try {
    return storage()?.getItem(name) ?? null;
  } catch {
    return null;
  }
}

function copy(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
