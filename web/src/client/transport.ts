/** What the page needs of a connection, whichever way it is made. Types only. */

import type { CallMessage, JoinBody, Message } from "./protocol";

/** How the connection is doing. `changed`: the server now runs another app than the page was made for. */
export type Link = "connecting" | "online" | "reconnecting" | "changed";

/** Who listens to a transport. All members are called synchronously, in the order of the log. */
export interface Receiver {
  onmessage(message: Message): void;
  onstatus(link: Link, attempt: number): void;
  /**
   * The log cannot be read on from where it was. `calls` tells where each running call stands now; those it does not
   * mention will never answer. `updates` are props that functions have changed, by block.
   */
  onlost(calls?: Standing["calls"], updates?: Standing["updates"]): void;
  /** Calls that are not over, by the server's names. */
  running(): string[];
}

/** Where calls stand: the messages that bring a reader who has none of them up to `seq`. */
export interface Standing {
  seq: number;
  calls: Readonly<Record<string, readonly CallMessage[]>>;
  updates: Readonly<Record<string, unknown>>;
}

/** How a call was taken up. Called before any message of that call. */
export interface Settle {
  joined(event_id: string): void;
  refused(error: Error): void;
}

export interface JoinOptions {
  /** Name of the endpoint for calls that need no queue; null for all others. */
  direct?: string | null;
}

/** A way to send calls and hear their messages. */
export interface Transport {
  /** Sends at once when the connection stands, else as soon as it does. */
  join(body: JoinBody, settle: Settle, options?: JoinOptions): void;
  cancel(body: { fn_index: number; event_id: string }): void;
  /** A block waits for signs of its server half, or no more. For what is not connected all the time. */
  hold?(): void;
  /** Try to connect now instead of at the end of the pause. */
  retry(): void;
  /** Ends the connection for good. */
  close(): void;
}

/** Words that name one try of a call, so that the server starts it once however often it is sent. */
export function idempotencyKey(): string {
  // `crypto.randomUUID` exists on secure origins only, and many apps are opened over plain HTTP.
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("");
}
