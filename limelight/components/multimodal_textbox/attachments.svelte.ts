/** Files on their way into a message: several at once, each with its progress, its failure and its end. Draws nothing. */

import type { FileData } from "$ui/contract";
import type { BlockHost } from "$ui/field";
import { phrase } from "$ui/phrases";
import { accepts } from "$ui/uploader.svelte";

export interface AttachmentOptions {
  host: BlockHost;
  /** As made by `acceptList`; empty accepts everything. */
  accept: readonly string[];
  /** Whether a message can have several files. */
  isMany: boolean;
  /** Called with why files were not taken, for the reader; null when they were. */
  onproblem: (problem: string | null) => void;
  /** Called with what is on the server, in the order in which it was chosen. */
  onfiles: (files: FileData[]) => void;
}

type Stage = "waiting" | "sending" | "sent" | "failed";

const AT_ONCE = 3;

/** One file that is not in the message yet. */
export class Sending {
  stage = $state<Stage>("waiting");
  /** Fraction sent, 0 to 1. */
  progress = $state(0);
  /** Why it failed, for the reader. */
  error = $state<string | null>(null);
  data: FileData | null = null;
  abort = new AbortController();
  /** Where a picture can be shown from before it is on the server. */
  readonly preview: string | null;

  constructor(
    readonly id: number,
    readonly file: File,
  ) {
    this.preview = file.type.startsWith("image/") ? URL.createObjectURL(file) : null;
  }
}

export class Attachments {
  /** In the order in which they were chosen. */
  sending = $state.raw<readonly Sending[]>([]);

  #options: () => AttachmentOptions;
  #count = 0;
  /** Path on the server → address of the same picture in the browser, so that it need not be fetched. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- filled before the file is drawn
  #previews = new Map<string, string>();

  /** `options` is read anew at each use, so that it may be reactive. */
  constructor(options: () => AttachmentOptions) {
    this.#options = options;
  }

  /** Whether something is on its way. */
  get busy(): boolean {
    return this.sending.some(({ stage }) => stage !== "failed");
  }

  /** Send files, apart from those that are not allowed. A recording is always allowed. */
  add(files: readonly File[], isRecording = false): void {
    const { host, accept, isMany, onproblem } = this.#options();
    const taken = isRecording ? files : files.filter((file) => accepts(file, accept));
    const wrong = files.find((file) => !taken.includes(file));
    onproblem(wrong ? phrase(host.t, "ui.upload_type", { name: wrong.name, accept: accept.join(", ") }) : null);
    if (!isMany && taken.length > 1) {
      onproblem(phrase(host.t, "ui.upload_one", { count: taken.length }));
      return;
    }
    if (taken.length === 0) return;
    if (!isMany) this.clear();
    this.sending = [...this.sending, ...taken.map((file) => new Sending(++this.#count, file))];
    this.#next();
  }

  /** Stop sending a file, or forget one that failed. */
  cancel(item: Sending): void {
    item.abort.abort();
    this.#drop([item]);
    this.#settle();
    this.#next();
  }

  /** Send a file again. */
  retry(item: Sending): void {
    item.stage = "waiting";
    item.error = null;
    item.progress = 0;
    item.abort = new AbortController();
    this.#next();
  }

  /** Stop sending all files. */
  clear(): void {
    for (const item of this.sending) item.abort.abort();
    this.#drop(this.sending);
  }

  /** Where a picture on the server can be shown from. */
  preview(file: FileData): string | undefined {
    return this.#previews.get(file.path ?? "");
  }

  /** Nothing is drawn any more. */
  destroy(): void {
    this.clear();
    for (const url of this.#previews.values()) URL.revokeObjectURL(url);
    this.#previews.clear();
  }

  /** Begin as many as may be sent at once. */
  #next(): void {
    const running = this.sending.filter(({ stage }) => stage === "sending").length;
    const waiting = this.sending.filter(({ stage }) => stage === "waiting");
    for (const item of waiting.slice(0, AT_ONCE - running)) void this.#send(item);
  }

  async #send(item: Sending): Promise<void> {
    const { host } = this.#options();
    const { signal } = item.abort;
    item.stage = "sending";
    try {
      const [data] = await host.upload([item.file], {
        signal,
        onprogress: (fraction) => (item.progress = fraction),
      });
      if (signal.aborted) return;
      item.data = data ?? null;
      item.stage = "sent";
    } catch (error) {
      if (signal.aborted) return;
      item.stage = "failed";
      item.error = (error instanceof Error && error.message) || phrase(host.t, "ui.upload_failed");
    }
    this.#settle();
    this.#next();
  }

  /** Hand over what was sent; what was chosen before it comes first, unless it failed. */
  #settle(): void {
    const left = this.sending.filter(({ stage }) => stage !== "failed");
    const end = left.findIndex(({ stage }) => stage !== "sent");
    const sent = end === -1 ? left : left.slice(0, end);
    if (sent.length === 0) return;
    const files = sent.flatMap(({ data, preview }) => {
      if (data?.path && preview !== null) this.#previews.set(data.path, preview);
      return data ?? [];
    });
    this.sending = this.sending.filter((item) => !sent.includes(item));
    this.#options().onfiles(files);
  }

  #drop(items: readonly Sending[]): void {
    for (const { preview } of items) if (preview !== null) URL.revokeObjectURL(preview);
    this.sending = this.sending.filter((item) => !items.includes(item));
  }
}
