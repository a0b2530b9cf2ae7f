/**
 * The parts of the shell that a page shows only once something happens: how a call is doing, messages, notices.
 *
 * They are loaded when the reader first does something, so that they are there when they are needed; a notice that the
 * server cannot be reached could not be fetched from that server any more.
 */

import type { Status } from "./contract";
import type { Late } from "./late";
import type { Toaster } from "./toaster.svelte";

type Message = Parameters<Toaster["push"]>;

/** As far as these parts care. */
interface Connected {
  readonly state: string;
}

/** Shows messages. */
export interface Messages {
  push(...message: Message): void;
}

class Later implements Messages {
  /** Undefined until they are loaded. */
  parts = $state.raw<Late>();
  private loading: Promise<unknown> | null = null;
  private waiting: Message[] = [];
  /** Of the page, once there is one. */
  connection?: Connected;
  /** How the call is doing of which there was news last; for those who cannot see it. */
  spoken = $state.raw<Status>();

  /** Load them. If that fails, the next call tries again. */
  load(): void {
    if (this.parts !== undefined) return;
    this.loading ??= import("./late")
      .then(() => this.waiting.splice(0).forEach((message) => this.push(...message)))
      .catch(() => undefined)
      .finally(() => (this.loading = null));
  }

  /** Show a message in the corner of the page. */
  readonly push = (...message: Message): void => {
    if (this.parts !== undefined) {
      this.parts.toaster.push(...message);
      return;
    }
    this.waiting.push(message);
    this.load();
  };
}

export const later = new Later();
