/** `Host.hear`: few halves need it, so it comes with those that are not the shell's. */

import { BlockHost } from "./host.svelte";

BlockHost.prototype.hear = function hear(this: BlockHost, tell: () => void): { cancel(): void } {
  return this.hosts.around.client.adopt(`block-${this.id}`, 0, { onmessage: tell, onerror: tell });
};
