/** How the page's connection is doing, for the notice. Connects nothing. */

import { later } from "$ui/later.svelte";
import type { Link } from "../client/transport";

export type ConnectionState = "online" | "reconnecting" | "offline" | "updated";

export class Connection {
  /** `updated`: the server runs another app now, and only a reload helps. */
  readonly state: ConnectionState = $derived.by(() => this.judge());
  /** Tries since the connection broke. */
  attempt = $state.raw(0);
  /** `performance.now()` in ms of the last change. */
  since = $state.raw(performance.now());
  #link = $state<Link>("connecting");
  #network = $state.raw(navigator.onLine);

  constructor() {
    later.connection = this;
  }

  readonly onlink = (link: Link, attempt: number): void => {
    if (this.#link !== link) this.since = performance.now();
    this.#link = link;
    if (link === "reconnecting" || link === "changed") later.load();
    this.attempt = attempt;
  };

  /** The browser says whether there is any network at all. */
  setNetwork(network: boolean): void {
    this.#network = network;
  }

  private judge(): ConnectionState {
    if (this.#link === "changed") return "updated";
    if (this.#link !== "reconnecting") return "online";
    return this.#network ? "reconnecting" : "offline";
  }
}
