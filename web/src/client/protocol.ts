/**
 * What crosses between page and server: the app's description, requests and messages.
 *
 * Names and members are the wire's own, unchanged, so that a search finds both ends. No behaviour.
 * NOTE: mirrors `limelight/wire/` (messages, requests, config); change both together.
 */

import type { Question } from "$ui/contract";

/** One block as the server describes it. */
export interface BlockConfig {
  id: number;
  /** Tag of the browser half. */
  type: string;
  /** Constructor arguments as set; null members are left out. */
  props: Record<string, unknown>;
  skip_api?: boolean;
  component_class_id?: string;
  /** Identity across runs of a render function; null without one. */
  key?: number | string | null;
  api_info?: unknown;
  example_inputs?: unknown;
  /** Id of the render function that made it. */
  rendered_in?: number | null;
  /** Id of the render function whose answer it is part of. */
  renderable?: number | null;
}

/** One listener ("dependency" on the wire). */
export interface ListenerConfig {
  id: number;
  /** Who fires it: `[block id, event]`; the id is null for chains, unload and API-only functions. */
  targets: readonly (readonly [number | null, string])[];
  inputs: readonly number[];
  outputs: readonly number[];
  /** False: only JavaScript runs. */
  backend_fn: boolean;
  js?: string | boolean | null;
  js_implementation?: string | null;
  queue?: boolean | null;
  api_name?: string | false | null;
  api_visibility?: "public" | "undocumented" | "private";
  scroll_to_output?: boolean;
  show_progress?: "full" | "minimal" | "hidden";
  /** Blocks that show the progress instead of the outputs. */
  show_progress_on?: readonly number[] | null;
  cancels?: readonly number[];
  types?: { generator?: boolean; cancel?: boolean };
  collects_event_data?: boolean;
  trigger_after?: number | null;
  trigger_only_on_success?: boolean;
  trigger_only_on_failure?: boolean;
  trigger_mode?: "once" | "multiple" | "always_last";
  rendered_in?: number | null;
  render_id?: number | null;
  connection?: "sse" | "stream";
  /** Seconds. */
  time_limit?: number | null;
  /** Seconds. */
  stream_every?: number;
  event_specific_args?: readonly string[] | null;
  /** Positions of inputs for which the whole props object is sent. */
  component_prop_inputs?: readonly number[];
}

export interface LayoutNode {
  id: number;
  children?: readonly LayoutNode[];
}

export interface PageConfig {
  layout: LayoutNode;
  components: readonly number[];
  dependencies: readonly number[];
}

/** A footer entry: a name that the shell knows, or a link. */
export type FooterLink = string | { label: string; url: string };

/** The app as the page first sees it. */
export interface Config {
  version: string;
  api_prefix?: string;
  app_id: number | string;
  components: readonly BlockConfig[];
  dependencies: readonly ListenerConfig[];
  layout: LayoutNode;
  page?: Record<string, PageConfig>;
  /** `[path, name, shown in the navigation]` */
  pages?: readonly (readonly [string, string, boolean])[];
  current_page?: string;
  title?: unknown;
  css?: string | null;
  js?: string | boolean | null;
  head?: string | null;
  connect_heartbeat?: boolean;
  max_file_size?: number | null;
  footer_links?: readonly FooterLink[];
  fill_height?: boolean;
  fill_width?: boolean;
  i18n_translations?: Record<string, Record<string, string>> | null;
  username?: string | null;
  show_error?: boolean;
  mcp_server?: boolean;
  auth_required?: boolean;
  auth_message?: string | null;
  deep_link_state?: "valid" | "invalid" | "none";
}

/** A part of the page that a render function built anew. */
export interface RenderConfig {
  components: readonly BlockConfig[];
  dependencies: readonly ListenerConfig[];
  layout: LayoutNode;
  render_id: number;
}

/** A call, as the page asks for it. */
export interface JoinBody {
  data: readonly unknown[];
  fn_index: number;
  session_hash: string;
  event_data?: unknown;
  trigger_id?: number | null;
}

/** One (possibly nested) progress bar. */
export interface ProgressUnit {
  index: number | null;
  length: number | null;
  unit: string | null;
  progress: number | null;
  desc: string | null;
}

/** One step's result. */
export interface Output {
  /** One value per output; edits instead of values after a generator's first step. */
  data: readonly unknown[];
  is_generating?: boolean | null;
  duration?: number;
  average_duration?: number | null;
  render_config?: RenderConfig | null;
  /** State blocks whose value changed and that have listeners. */
  changed_state_ids?: readonly number[];
  used_cache?: "full" | "partial" | null;
}

/** Why a call failed, as far as the reader may know. */
export interface Failure {
  /** Null when the server does not tell. */
  error: string | null;
  /** Seconds that a toast stays; null until closed. */
  duration?: number | null;
  visible?: boolean;
  title?: string | null;
}

export interface Estimation {
  msg: "estimation";
  event_id: string | null;
  rank: number | null;
  queue_size: number;
  rank_eta: number | null;
}

export interface ProcessStarts {
  msg: "process_starts";
  event_id: string;
  eta: number | null;
}

export interface Progress {
  msg: "progress";
  event_id: string;
  progress_data: readonly ProgressUnit[];
}

/** What a running function asks. */
export type Asked = Question | { id: string; over: true };

export interface Log {
  msg: "log";
  event_id: string;
  log: string;
  level: "info" | "warning" | "success" | "error";
  duration: number | null;
  visible: boolean;
  title: string | null;
  /** It is a question, or the end of one, and no toast. */
  ask?: Asked;
}

export interface ProcessGenerating {
  msg: "process_generating";
  event_id: string;
  output: Output;
  success: boolean;
  time_limit: number | null;
}

export interface ProcessStreaming {
  msg: "process_streaming";
  event_id: string;
  output: Output;
  success: boolean;
  time_limit: number | null;
}

export interface ProcessCompleted {
  msg: "process_completed";
  event_id: string;
  /**
   * An error object when `success` is false; `{}` or nulls after a cancel.
   * NOTE: on the wire `data` is null where the values of the last step stand; `Client` puts them in.
   */
  output: Partial<Output> & Partial<Failure>;
  success: boolean;
  title?: string | null;
  used_cache?: "full" | "partial" | null;
  cache_duration?: number | null;
  avg_time?: number | null;
}

export interface CloseStream {
  msg: "close_stream";
  event_id: null;
}

export interface Heartbeat {
  msg: "heartbeat";
  event_id: null;
}

export interface UnexpectedError {
  msg: "unexpected_error";
  event_id: string | null;
  message: string;
  session_not_found: boolean;
  success: false;
}

/** A message about one call. */
export type CallMessage =
  | Estimation
  | ProcessStarts
  | Progress
  | Log
  | ProcessGenerating
  | ProcessStreaming
  | ProcessCompleted;

/** Everything the server says, told apart by `msg`. */
export type Message =
  | CallMessage
  | CloseStream
  | Heartbeat
  | UnexpectedError;

/** What a validator says about one input (status 422). */
export interface Validation {
  __type__?: "validate";
  is_valid: boolean;
  message: string;
  parameter_name?: string;
}

/** A refused call. */
export class RefusedError extends Error {
  constructor(
    /** HTTP status, or what it would have been. */
    readonly status: number,
    /** A sentence, or one item per input for status 422. */
    readonly detail: unknown,
  ) {
    super(typeof detail === "string" ? detail : `The server refused the call (${status}).`);
    this.name = "RefusedError";
  }

  /** The validator's answers, one per input; null if it was not a validator that refused. */
  get validations(): readonly Validation[] | null {
    if (this.status !== 422 || !Array.isArray(this.detail)) return null;
    const items = this.detail as unknown[];
    return items.every(isValidation) ? items : null;
  }
}

function isValidation(item: unknown): item is Validation {
  return typeof item === "object" && item !== null && "is_valid" in item;
}

/** The connection was lost and the result with it. */
export class LostError extends Error {
  constructor(message = "") {
    super(message);
    this.name = "LostError";
  }
}
