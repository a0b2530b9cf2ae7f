/** Whether a block that the reader and functions open and close is open, and telling listeners of it. */

import { untrack } from "svelte";
import type { BlockProps, Host } from "./contract";

interface OpenProps extends BlockProps {
  open?: boolean;
}

type OpenHost = Pick<Host, "set" | "dispatch"> & { readonly props: Readonly<OpenProps> };

export class Openable {
  readonly isOpen = $derived.by(() => this.#read());
  #host: OpenHost;

  /** To be made while a component is set up. */
  constructor(host: OpenHost) {
    this.#host = host;
    let told = false;
    // Listeners learn of it whoever did it, and also at the start.
    $effect(() => {
      const { isOpen } = this;
      if (isOpen === told) return;
      told = isOpen;
      untrack(() => host.dispatch(isOpen ? "open" : "close"));
    });
  }

  readonly set = (open: boolean): void => {
    if (open !== this.isOpen) this.#host.set({ open });
  };

  #read(): boolean {
    const { open, visible } = this.#host.props;
    return open === true && visible !== "hidden";
  }
}
