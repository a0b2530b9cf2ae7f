/**
 * What a component's browser half may use of the shell, and nothing else.
 *
 * Built-in and third-party halves get the same `Host`. It is one block of the page: reactive props, a value, events,
 * uploads and text. Implemented by `state/host.svelte.ts`; knows nothing of the network itself.
 */

/** A file as it crosses the wire. `path` is an opaque handle made by the server. */
export interface FileData {
  path: string | null;
  url?: string | null;
  size?: number | null;
  orig_name?: string | null;
  mime_type?: string | null;
  is_stream?: boolean;
  meta: { _type: "gradio.FileData" };
}

/** One (possibly nested) progress bar of a running call. */
export interface ProgressUnit {
  index: number | null;
  length: number | null;
  unit: string | null;
  progress: number | null;
  desc: string | null;
}

/** What the status tracker of a block shows. */
export interface Status {
  stage: "idle" | "pending" | "generating" | "complete" | "error";
  /** How much of the tracker the listener asked for. */
  show: "full" | "minimal" | "hidden";
  /** Place in the queue, 0 = next; null while running or unknown. */
  position: number | null;
  /** Calls waiting in the same queue. */
  queueSize: number | null;
  /** Seconds until the result, estimated; null if unknown. */
  eta: number | null;
  /** `performance.now()` in ms when the call began; null when idle. */
  startedAt: number | null;
  progress: readonly ProgressUnit[] | null;
  /** Text for the reader when `stage` is "error". */
  message: string | null;
  /** Result of a `validator=`: shown beside the control. */
  validation: string | null;
}

/** What a running function asks its caller: `gr.ask`. */
export interface Question {
  id: string;
  kind: "approval" | "choice" | "text" | "file";
  prompt: string;
  /** What it is about: a text, or JSON. */
  details?: unknown;
  options?: readonly string[];
  file_types?: readonly string[];
  placeholder?: string;
  /** What came of it: true or false, an option, a text, or a file's name. */
  answer?: unknown;
  /** The reader would not answer. */
  declined?: boolean;
  /** It ended without an answer. */
  missed?: boolean;
}

/** Props that the server sends for every block. Null props are absent. */
export interface BlockProps {
  name: string;
  visible?: boolean | "hidden";
  elem_id?: string;
  elem_classes?: readonly string[];
  scale?: number;
  min_width?: number;
}

/** Props that the server sends for every component (a block with a value). */
export interface ComponentProps extends BlockProps {
  label?: string;
  info?: string;
  show_label?: boolean;
  container?: boolean;
  interactive?: boolean;
  /** Names of built-in icon buttons, or ids of Button blocks. */
  buttons?: readonly (string | number)[];
}

export type ToastLevel = "info" | "success" | "warning" | "error";

export interface UploadOptions {
  /** Called with a fraction 0 to 1. */
  onprogress?: (fraction: number) => void;
  signal?: AbortSignal;
}

/** One block of the page, as its browser half sees it. */
export interface Host<P extends object = ComponentProps & Record<string, unknown>, V = unknown> {
  readonly id: number;
  readonly tag: string;
  /** Reactive: reading a member in markup or `$derived` tracks it. Text is translated already. */
  readonly props: Readonly<P>;
  /** Reactive. Setting it is the reader's own change: the shell stores it and fires `change` after the flush. */
  value: V;
  /** Resolved: the author's `interactive`, else inferred from the listeners (an output only is static). */
  readonly interactive: boolean;
  readonly status: Status;
  /** The blocks inside, in order; for containers. */
  readonly children: readonly Host[];
  /** The block this one stands in; null at the root. */
  readonly parent: Host | null;
  /** Change own props locally (an accordion's `open`, a tab's `selected`). No event is fired. */
  set(props: Partial<P>): void;
  /** Tell the listeners that something happened. `change` is fired by the shell, never here. */
  dispatch(event: string, data?: unknown): void;
  /** Whether any listener waits for this event. */
  listens(event: string): boolean;
  /** Send files to the server. Rejects with an Error whose message may be shown. */
  upload(files: readonly File[], options?: UploadOptions): Promise<FileData[]>;
  /** Where the browser can fetch a file; relative to the page. */
  url(file: FileData): string;
  /** Call a server function of this component (`server_fns`). */
  call(fn: string, data: unknown): Promise<unknown>;
  /** Answer a running function's question; null declines. Rejects when it no longer waits. */
  answer(question: string, value: unknown): Promise<void>;
  /**
   * `tell` is called when the server has something new for this block, which a server function then gives; and when
   * the connection was lost for so long that this may have been missed. Then, hear again. `news` are props that were
   * changed without a call; for most there are none.
   */
  hear(tell: (news?: unknown) => void): { cancel(): void };
  toast(level: ToastLevel, message: string, title?: string): void;
  /** A phrase of the shell's catalogue, with `{name}` placeholders filled. */
  t(key: string, values?: Record<string, string | number>): string;
  /** Another block of the page by id (for `buttons` that are Button blocks). */
  block(id: number): Host | null;
  /** A block that no listener knows, to be drawn inside this one: its tag, and its props with the value. */
  embed(tag: string, props: Readonly<Record<string, unknown>>): Host;
  clearStatus(): void;
}
