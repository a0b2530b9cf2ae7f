/** The reader's conversations as the server lists them, and what can be done with them. */

import type { Host } from "$ui/contract";
import type { ChatThreadsProps } from "./chat_threads.gen";
import type { Thread } from "./threads";

const SEARCH_MS = 200;
const UNDO_MS = 10_000;

interface Listed {
  threads: Thread[];
  more: boolean;
}

export type ThreadsHost = Host<ChatThreadsProps, string | null>;

export class ThreadList {
  threads: readonly Thread[] = $state.raw([]);
  hasMore = $state(false);
  isRead = $state(false);
  query = $state("");
  archived = $state(false);
  /** What was deleted last, as long as it can be brought back. */
  deleted: Thread | null = $state.raw(null);
  #host: ThreadsHost;
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #undo: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ThreadsHost) {
    this.#host = host;
  }

  /** Ask the server; what went wrong is told to the reader. */
  async ask<T>(action: string, data: Record<string, unknown> = {}): Promise<T | null> {
    try {
      return (await this.#host.call("threads", { action, ...data })) as T;
    } catch (problem) {
      this.#host.toast("error", problem instanceof Error ? problem.message : String(problem));
      return null;
    }
  }

  async read(more = false): Promise<void> {
    const asked = ++this.#asked;
    const start = more ? this.threads.length : 0;
    const { query, archived } = this;
    const found = await this.ask<Listed>("list", { query, archived, start });
    if (found === null || asked !== this.#asked) return;
    this.threads = more ? [...this.threads, ...found.threads] : found.threads;
    this.hasMore = found.more;
    this.isRead = true;
  }

  search(query: string): void {
    this.query = query;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.read(), SEARCH_MS);
  }

  open(value: string | null): void {
    this.#host.value = value;
    this.#host.dispatch("input");
  }

  async change(action: string, thread: Thread, data: Record<string, unknown> = {}): Promise<void> {
    await this.ask(action, { id: thread.id, ...data });
    await this.read();
  }

  async remove(thread: Thread): Promise<void> {
    await this.change("delete", thread);
    this.deleted = thread;
    clearTimeout(this.#undo);
    this.#undo = setTimeout(() => (this.deleted = null), UNDO_MS);
    if (this.#host.value === thread.id) this.open(null);
  }

  async bringBack(): Promise<void> {
    const thread = this.deleted;
    this.deleted = null;
    if (thread) await this.change("restore", thread);
  }

  async save(thread: Thread, form: "json" | "markdown"): Promise<void> {
    const file = await this.ask<{ name: string; text: string }>("export", { id: thread.id, form });
    if (file === null) return;
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([file.text], { type: "text/plain" }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1_000);
  }

  async load(file: File | undefined): Promise<void> {
    const id = file ? await this.ask<string>("import", { text: await file.text() }) : null;
    if (id === null) return;
    await this.read();
    this.open(id);
  }

  /** Go on in a copy: of an own conversation by its `id`, or by `token` of one that a link leads to. */
  async copy(of: { id: string } | { token: string }): Promise<void> {
    const id = await this.ask<string>("fork", of);
    if (id === null) return;
    await this.read();
    this.open(id);
  }

  close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#undo);
  }
}
