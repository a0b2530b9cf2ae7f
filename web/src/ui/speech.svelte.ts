/** What a screen reader is told of the calls of a page, whatever number of blocks shows them. */

import type { Status } from "./contract";

class Speech {
  /** Of the call of which there was news last. */
  status = $state.raw<Status>();

  say(status: Status): void {
    if (status.show !== "hidden") this.status = status;
  }
}

export const speech = new Speech();
