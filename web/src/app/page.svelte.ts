/** Puts the parts of a page together: store, client, dispatcher, hosts. Draws nothing. */

import { t } from "$i18n";
import { later } from "$ui/later.svelte";
import { Client } from "../client/client";
import { lazyInfo } from "../client/info";
import type { Asked, Config, ListenerConfig, RenderConfig } from "../client/protocol";
import type { Receiver, Transport } from "../client/transport";
import type { Urls } from "../client/url";
import { Connection } from "../state/connection.svelte";
import { Dispatcher, type LeftCall } from "../state/dispatcher";
import { type BlockHost, Hosts } from "../state/host.svelte";
import { Listeners } from "../state/listeners";
import { Settings } from "../state/settings.svelte";
import { StatusBoard } from "../state/status";
import { Store } from "../state/store.svelte";

export interface PageOptions {
  config: Config;
  urls: Urls;
  session: string;
  /** Calls that an earlier page of the session began. */
  left?: readonly LeftCall[];
  /** Make the transport; the socket with its fallback if absent. */
  transport?: (receiver: Receiver) => Transport;
}

/** Below this a reader takes a result for immediate (Nielsen, "Response Times", 1993, says 100 ms). */
const PATIENCE_MS = 60;

export class PageState {
  readonly config: Config;
  readonly connection = new Connection();
  readonly settings: Settings;
  readonly client: Client;
  readonly store: Store;
  readonly dispatcher: Dispatcher;
  readonly info;
  private readonly hosts: Hosts;
  private readonly listeners: Listeners;

  constructor({ config, urls, session, left = [], transport }: PageOptions) {
    this.config = config;
    // First of all, so that the connection is made while everything else is prepared.
    this.client = new Client({
      urls,
      session,
      config,
      onlink: this.connection.onlink,
      adopting: left.map(({ event_id }) => event_id),
      onupdates: (updates) => {
        for (const [id, update] of Object.entries(updates)) this.store.output(Number(id), update);
      },
      ...(transport && { transport }),
    });
    this.settings = new Settings();
    this.info = lazyInfo(urls);
    this.store = new Store(config);
    this.listeners = new Listeners(config.dependencies);
    this.store.use(this.listeners.uses());
    this.instruct(config.dependencies);
    const { store, client } = this;
    const board = new StatusBoard(PATIENCE_MS);
    const render = (part: RenderConfig) => this.render(part);
    const page = { store, client, board, toaster: later, render, frame, ask: this.ask };
    this.dispatcher = new Dispatcher({ listeners: this.listeners, page, client });
    this.store.onchange = (node) => this.dispatcher.fire(node.id, "change");
    this.hosts = new Hosts({
      store,
      dispatcher: this.dispatcher,
      client,
      board,
      toaster: later,
      max_file_size: config.max_file_size ?? null,
    });
    this.dispatcher.adopt(left);
  }

  get root(): BlockHost {
    return this.hosts.of(this.store.root);
  }

  /** What a block holds, as JSON for the wire; undefined if there is no such block. */
  readonly value = (id: number): unknown => this.store.get(id)?.value;

  /** The page is there: tell the listeners. */
  load(): void {
    if (this.config.deep_link_state === "invalid") later.push("warning", t("shell.deep_link"));
    this.dispatcher.fire(this.store.root.id, "load");
  }

  private readonly ask = (run: object, asked?: Asked): void => {
    void import("./questions").then(({ show }) => show(this, run, asked));
  };

  private render(part: RenderConfig): void {
    const gone = this.listeners.dropRendered(part.render_id);
    this.listeners.add(part.dependencies);
    this.store.render(part, gone);
    this.store.use(this.listeners.uses());
    this.instruct(part.dependencies);
  }

  /** Some listeners say how their block has to behave: how often it streams, for one. */
  private instruct(listeners: readonly ListenerConfig[]): void {
    for (const listener of listeners) {
      for (const name of listener.event_specific_args ?? []) {
        const value = (listener as unknown as Record<string, unknown>)[name];
        for (const [block] of listener.targets) {
          if (block !== null) this.store.get(block)?.set({ [name]: value });
        }
      }
    }
  }
}

/** Before the next frame; a hidden page has none, and would never draw. */
function frame(draw: () => void): void {
  if (document.visibilityState === "hidden") draw();
  else requestAnimationFrame(draw);
}
