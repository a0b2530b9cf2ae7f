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

/** Shows messages. */
export interface Messages {
  push(...message: Message): void;
}

class Later implements Messages {
  /** Undefined until they are loaded. */
  parts = $state.raw<Late>();
  private loading: Promise<unknown> | null = null;
  private waiting: Message[] = [];
  private unsaid: Status | null = null;
  /** Whether the server cannot be reached just now, so that calls wait for it. */
  isDown = $state.raw(false);

  /** Load them. If that fails, the next call tries again. */
  load(): void {
    if (this.parts !== undefined) return;
    this.loading ??= import("./late")
      .then(() => {
        this.waiting.splice(0).forEach((message) => this.push(...message));
        if (this.unsaid) this.say(this.unsaid);
      })
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

  /** Let those hear how a call is doing who cannot see it. */
  say(status: Status): void {
    if (this.parts) this.parts.speech.say(status);
    else this.unsaid = status;
  }
}

export const later = new Later();
