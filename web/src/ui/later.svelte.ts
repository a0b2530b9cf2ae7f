/**
 * The parts of the shell that a page shows only once something happens: how a call is doing, messages, notices.
 *
 * They are loaded when the reader first does something, so that they are there when they are needed; a notice that the
 * server cannot be reached could not be fetched from that server any more.
 */

import type { Late } from "./late";

class Later {
  /** Undefined until they are loaded. */
  parts = $state.raw<Late>();
  private loading: Promise<unknown> | null = null;

  /** Load them. If that fails, the next call tries again. */
  load(): void {
    if (this.parts !== undefined) return;
    this.loading ??= import("./late")
      .catch(() => undefined)
      .finally(() => (this.loading = null));
  }
}

export const later = new Later();
