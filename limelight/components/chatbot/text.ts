/** The texts of messages: to copy, to edit, and to be read aloud. Draws nothing. */

import { nameOf } from "$ui/filetext";
import { isStep } from "./grouping";
import type { Message, Part } from "./messages";

/** What a message says, without its files and components. */
export function textOf(message: Message): string {
  return message.content
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n\n");
}

/** The same of several messages; steps on the way are no part of an answer. */
export function answerOf(messages: readonly Message[]): string {
  return messages
    .filter((message) => !isStep(message))
    .map(textOf)
    .filter(Boolean)
    .join("\n\n");
}

/** The whole conversation as text. */
export function transcript(messages: readonly Message[]): string {
  return messages
    .filter((message) => !isStep(message))
    .map((message) => `${message.metadata?.author?.name ?? message.role}: ${message.content.map(said).join("\n")}`)
    .join("\n\n");
}

function said(part: Part): string {
  if (part.type === "text") return part.text;
  return part.type === "file" ? `[${part.alt_text || nameOf(part.file)}]` : `[${part.component}]`;
}

/** What listeners get of messages: texts, files and components. */
export function contents(messages: readonly Message[]): unknown[] {
  return messages.flatMap(({ content }) => content.map((part) => (part.type === "text" ? part.text : part)));
}

/** One text if there is nothing else. */
export function contentOf(message: Message | undefined): unknown {
  const all = message ? contents([message]) : [];
  return all.length === 1 ? all[0] : all;
}

/** `[1]` in a text becomes a link to the first source; not in code, and not where it is a link already. */
export function withSources(text: string, titles: readonly string[]): string {
  if (titles.length === 0 || !text.includes("[")) return text;
  return text
    .split(/(```[\s\S]*?(?:```|$)|`[^`\n]*`)/)
    .map((piece, place) => (place % 2 === 1 ? piece : linked(piece, titles)))
    .join("");
}

function linked(text: string, titles: readonly string[]): string {
  return text.replace(/\[(\d{1,3})\](?![([:])/g, (whole, digits: string) => {
    const title = titles[Number(digits) - 1];
    if (title === undefined) return whole;
    const clean = title.replace(/[^\p{L}\p{N} .,:!?'-]/gu, " ").trim();
    return `[${digits}](#source-${digits}${clean ? ` "${clean}"` : ""})`;
  });
}
