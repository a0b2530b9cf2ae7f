/** Questions of running functions, each in a dialog of its own; those of a chat are drawn by the chat. */

import { mount } from "svelte";
import { t } from "$i18n";
import type { FileData } from "$ui/contract";
import AskDialog from "$ui/AskDialog.svelte";
import { answer } from "../client/answer";
import type { Client } from "../client/client";
import type { Asked, Config } from "../client/protocol";
import { upload } from "../client/upload";

interface Around {
  client: Client;
  config: Pick<Config, "max_file_size">;
}

interface Shown {
  run: object;
  dialog: { end(): void };
}

const shown = new Map<string, Shown>();

/** Show a question of a run, or take it away because it is over; without one, all of that run. */
export function show({ client, config }: Around, run: object, asked?: Asked): void {
  if (asked === undefined || "over" in asked) {
    for (const [id, one] of shown) {
      if (asked === undefined ? one.run === run : id === asked.id) takeAway(id, one);
    }
    return;
  }
  if (shown.has(asked.id)) return;
  const { urls, session } = client;
  const max_file_size = config.max_file_size ?? null;
  const props = {
    question: asked,
    answer: (value: unknown): Promise<void> => answer(client, asked.id, value),
    upload: (files: readonly File[]): Promise<FileData[]> => upload({ urls, session, files, max_file_size }),
    t,
  };
  const target = document.querySelector(".gradio-container") ?? document.body; // where the font is set
  shown.set(asked.id, { run, dialog: mount(AskDialog, { target, props }) });
}

function takeAway(id: string, { dialog }: Shown): void {
  shown.delete(id);
  dialog.end(); // what stays is a component that draws nothing
}
