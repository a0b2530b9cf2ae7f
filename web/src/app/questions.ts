/** Questions of running functions, each in a dialog of its own; those of a chat are drawn by the chat. */

import { mount, unmount } from "svelte";
import { t } from "$i18n";
import type { FileData } from "$ui/contract";
import AskDialog from "$ui/AskDialog.svelte";
import type { Client } from "../client/client";
import type { Asked } from "../client/protocol";
import { upload } from "../client/upload";

const shown = new Map<string, { end(): void }>();

/** Show a question, or take it away because it is over. */
export function show(asked: Asked, client: Client, max_file_size: number | null): void {
  if ("over" in asked) {
    const dialog = shown.get(asked.id);
    shown.delete(asked.id);
    dialog?.end();
    if (dialog) void unmount(dialog);
    return;
  }
  if (shown.has(asked.id)) return;
  const { urls, session } = client;
  const answer = (value: unknown): Promise<void> => client.answer(asked.id, value);
  const send = (files: readonly File[]): Promise<FileData[]> => upload({ urls, session, files, max_file_size });
  const props = { question: asked, answer, upload: send, t };
  shown.set(asked.id, mount(AskDialog, { target: document.querySelector("gradio-app") ?? document.body, props }));
}
