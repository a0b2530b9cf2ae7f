/** What few halves need of their host, so that it comes with those that are not the shell's. */

import type { Host } from "$ui/contract";
import { answer } from "../client/answer";
import { BlockHost } from "./host.svelte";
import { BlockNode } from "./store.svelte";

/** Counts down, so that no block of the app has such a number. */
let embedded = 0;

// Getters that give arrow functions, so that a half may hand them on as callbacks.
Object.defineProperties(BlockHost.prototype, {
  upload: {
    get(this: BlockHost): Host["upload"] {
      const { client, max_file_size } = this.hosts.around;
      const { urls, session } = client;
      return async (files, options = {}) => {
        const { upload } = await import("../client/upload");
        return upload({ urls, session, files, max_file_size, ...options });
      };
    },
  },
  answer: {
    get(this: BlockHost): Host["answer"] {
      const { client } = this.hosts.around;
      return (question, value) => answer(client, question, value);
    },
  },
  embed: {
    get(this: BlockHost): Host["embed"] {
      return (tag, props) => {
        const node = new BlockNode({ id: (embedded -= 1), type: tag, props: { interactive: false, ...props } });
        return this.hosts.of(node);
      };
    },
  },
  hear: {
    get(this: BlockHost): Host["hear"] {
      const { client } = this.hosts.around;
      return (tell) =>
        client.adopt(`block-${this.id}`, 0, {
          onmessage: (message) => tell(message.msg === "process_streaming" ? message.output.data[0] : undefined),
          onerror: () => tell(),
        });
    },
  },
});
