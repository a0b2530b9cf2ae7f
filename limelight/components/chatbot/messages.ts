/** A conversation as the server sends it. */

import type { FileData, Question } from "$ui/contract";

export interface TextPart {
  type: "text";
  text: string;
}

export interface FilePart {
  type: "file";
  file: FileData;
  alt_text?: string | null;
}

export interface ComponentPart {
  type: "component";
  /** Tag of what draws it. */
  component: string;
  value: unknown;
  props: Record<string, unknown>;
  constructor_args?: Record<string, unknown>;
}

export type Part = TextPart | FilePart | ComponentPart;

export interface Option {
  value: string;
  label?: string;
}

export interface Usage {
  model?: string;
  input_tokens?: number;
  output_tokens?: number;
  seconds?: number;
  first_token_s?: number;
  tokens_per_second?: number;
  cost?: number;
  currency?: string;
}

export interface Source {
  title?: string;
  url?: string;
  text?: string;
  score?: number;
}

export interface Artifact {
  id?: string;
  title?: string;
  kind?: "code" | "document" | "html" | "image" | "table";
  language?: string;
  content?: unknown;
}

/** What is known of a message besides its content; with a title it is a step on the way to an answer. */
export interface Metadata {
  title?: string;
  id?: number | string;
  parent_id?: number | string;
  log?: string;
  /** Seconds. */
  duration?: number;
  status?: "pending" | "done";
  kind?: "thought" | "tool" | "agent" | "plan" | "handoff";
  input?: unknown;
  output?: unknown;
  error?: string;
  author?: { name?: string; avatar?: FileData | null };
  usage?: Usage;
  sources?: readonly Source[];
  artifacts?: readonly Artifact[];
  followups?: readonly string[];
  tasks?: readonly Record<string, unknown>[];
  ask?: Question;
  state?: "streaming" | "stopped" | "interrupted" | "failed";
  /** Name in the tree of the conversation. */
  node?: string;
  /** Which of how many versions: `[0, 3]` is the first of three. */
  siblings?: readonly [number, number];
}

export interface Message {
  role: "user" | "assistant" | "system";
  metadata?: Metadata | null;
  content: readonly Part[];
  options?: readonly Option[] | null;
}
