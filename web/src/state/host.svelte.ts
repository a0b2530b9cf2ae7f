/** A block as its browser half sees it: implements the contract of `ui/contract.ts`. */

import { untrack } from "svelte";
import type {
  ComponentProps,
  FileData,
  Host,
  Status,
  ToastLevel,
} from "$ui/contract";
import type { Messages } from "$ui/later.svelte";
import { t } from "$i18n";
import type { Client } from "../client/client";
import type { Dispatcher } from "./dispatcher";
import type { StatusBoard } from "./status";
import type { BlockNode, Store } from "./store.svelte";

/** What hosts need of the app around them. */
export interface Surroundings {
  store: Store;
  dispatcher: Pick<Dispatcher, "fire" | "listens">;
  client: Pick<Client, "urls" | "session" | "component" | "adopt">;
  board: StatusBoard;
  toaster: Messages;
  max_file_size: number | null;
}

type Props = ComponentProps & Record<string, unknown>;

/** Makes one host for each block, once. */
export class Hosts {
  private readonly made = new WeakMap<BlockNode, BlockHost>();

  constructor(readonly around: Surroundings) {}

  of(node: BlockNode): BlockHost {
    let host = this.made.get(node);
    if (host === undefined) {
      host = new BlockHost(node, this);
      this.made.set(node, host);
    }
    return host;
  }
}

export class BlockHost implements Host {
  readonly id: number;
  readonly tag: string;
  readonly props: Readonly<Props>;
  readonly children: readonly BlockHost[] = $derived.by(() =>
    this.node.children.map((child) => this.hosts.of(child)),
  );

  constructor(
    private readonly node: BlockNode,
    readonly hosts: Hosts,
  ) {
    this.id = node.id;
    this.tag = node.tag;
    this.props = node.view as Readonly<Props>; // the server sends what the contract promises
  }

  get value(): unknown {
    return this.node.value;
  }

  set value(value: unknown) {
    this.hosts.around.store.put(this.node, value);
    // What a validator said was about the value before. Whoever sets a value need not follow the status.
    if (untrack(() => this.status.validation) !== null) this.clearStatus();
  }

  get interactive(): boolean {
    return this.node.interactive;
  }

  get status(): Status {
    return this.node.status;
  }

  get parent(): BlockHost | null {
    const { parent } = this.node;
    return parent === null ? null : this.hosts.of(parent);
  }

  // Arrow functions, so that a half may hand them on as callbacks.

  readonly set = (props: Partial<Props>): void => this.node.set(props);

  readonly dispatch = (event: string, data?: unknown): void =>
    this.hosts.around.dispatcher.fire(this.id, event, data);

  readonly listens = (event: string): boolean =>
    this.hosts.around.dispatcher.listens(this.id, event);

  readonly url = (file: FileData): string => this.hosts.around.client.urls.file(file);

  readonly call = (fn: string, data: unknown): Promise<unknown> =>
    this.hosts.around.client.component(this.id, fn, data);

  // NOTE: these in `doors.ts`, which comes with the halves that are not the shell's.
  declare readonly answer: Host["answer"];
  declare readonly embed: Host["embed"];
  declare readonly hear: Host["hear"];
  declare readonly upload: Host["upload"];

  readonly toast = (level: ToastLevel, message: string, title?: string): void => {
    this.hosts.around.toaster.push(level, message, { title });
  };

  readonly t = t;

  readonly block = (id: number): BlockHost | null => {
    const node = this.hosts.around.store.get(id);
    return node === undefined ? null : this.hosts.of(node);
  };

  readonly clearStatus = (): void => this.hosts.around.board.clear(this.node);
}
