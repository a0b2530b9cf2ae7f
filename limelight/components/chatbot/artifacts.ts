/** Things that messages made, and their versions. Draws nothing. */

import type { FileData } from "$ui/contract";
import type { IconName } from "$ui/icons";
import type { Artifact, Message } from "./messages";

const ICONS: Record<string, IconName> = { code: "code", html: "globe", image: "image", table: "table" };

export function artifactIcon({ kind }: Artifact): IconName {
  return ICONS[kind ?? "document"] ?? "file";
}

/** What versions of one thing have in common. */
export function artifactKey({ id, title }: Artifact): string {
  return id ?? title ?? "";
}

/** All versions of an artifact in the conversation, the oldest first. */
export function versionsOf(messages: readonly Message[], artifact: Artifact): Artifact[] {
  const key = artifactKey(artifact);
  return messages.flatMap(({ metadata }) => (metadata?.artifacts ?? []).filter((other) => artifactKey(other) === key));
}

/** The last version of each of these. */
export function newest(artifacts: readonly Artifact[]): Artifact[] {
  return [...new Map(artifacts.map((artifact) => [artifactKey(artifact), artifact])).values()];
}

export interface Table {
  headers: readonly string[];
  rows: readonly (readonly unknown[])[];
}

/** A table, whatever part of one there is. */
export function tableOf(content: unknown): Table {
  const { headers = [], rows = [] } = (content ?? {}) as Partial<Table>;
  return { headers, rows };
}

/** An artifact as text, to copy. */
export function artifactText({ kind, content }: Artifact): string {
  if (kind === "table") {
    const { headers, rows } = tableOf(content);
    return [headers, ...rows].map((row) => row.map(String).join("\t")).join("\n");
  }
  return typeof content === "string" ? content : kind === "image" ? "" : JSON.stringify(content ?? "", null, 2);
}

/** Code as Markdown, with a fence that nothing in it ends. */
export function fenced(code: string, language = ""): string {
  const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${code.replace(/\n$/, "")}\n${fence}`;
}

export function isFile(content: unknown): content is FileData {
  return typeof content === "object" && content !== null && "path" in content;
}

/** Only what leads to another page. */
export function safeUrl(url: string | undefined): string | undefined {
  return url && /^https?:\/\//i.test(url) ? url : undefined;
}

/** Where a source is, in short. */
export function siteOf(url: string | undefined): string {
  try {
    return url ? new URL(url).hostname.replace(/^www\./, "") : "";
  } catch {
    return "";
  }
}
