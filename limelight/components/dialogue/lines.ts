/** Lines of a dialogue, as text and back, and the tags that are offered while one types. Draws nothing. */

/** What one speaker says. */
export interface Line {
  speaker: string;
  text: string;
}

export type DialogueValue = readonly Line[] | string | null;

const NAMED = /^\s*\[([^\]]*)\]\s?([\s\S]*)$/;

/** The lines of a value. A text is read as `[speaker] text`; lines that name nobody go on with the last speaker. */
export function linesOf(value: DialogueValue, separator: string, first: string): readonly Line[] {
  if (value === null) return [];
  if (typeof value !== "string") return value;
  let speaker = first;
  return (separator === "" ? [value] : value.split(separator))
    .filter((part) => part.trim() !== "")
    .map((part) => {
      const [, named, text] = NAMED.exec(part) ?? [];
      if (named !== undefined) speaker = named;
      return { speaker, text: text ?? part };
    });
}

/** The text that is offered for copying when the server cannot be asked. */
export function textOf(lines: readonly Line[], separator: string): string {
  return lines.map(({ speaker, text }) => `[${speaker}] ${text}`).join(separator);
}

/** Who can speak: those the author names, and those who speak already. */
export function castOf(speakers: readonly string[], lines: readonly Line[]): readonly string[] {
  return [...new Set([...speakers, ...lines.map(({ speaker }) => speaker)])];
}

/** Who speaks in a new line: the one after the last speaker, in the author's order. */
export function nextSpeaker(speakers: readonly string[], last: string | undefined): string {
  if (last === undefined) return speakers[0] ?? "";
  const at = speakers.indexOf(last);
  return speakers[(at + 1) % Math.max(1, speakers.length)] ?? last;
}

const PALETTE = ["#3b82f6", "#f59e0b", "#10b981", "#ec4899", "#8b5cf6", "#ef4444", "#14b8a6", "#84cc16"];

/** The colour of a speaker, as CSS. */
export function colorOf(
  speaker: string,
  cast: readonly string[],
  map: Readonly<Record<string, string>> | undefined,
): string {
  return map?.[speaker] ?? PALETTE[Math.max(0, cast.indexOf(speaker)) % PALETTE.length] ?? "currentColor";
}

/** What stands behind the last colon before the caret, if a tag may be meant. */
export interface Query {
  /** Place of the colon. */
  start: number;
  text: string;
}

export function queryAt(text: string, caret: number): Query | null {
  const found = /:([^\s:]*)$/.exec(text.slice(0, caret));
  return found ? { start: found.index, text: found[1] ?? "" } : null;
}

/** The tags that have the text in them. */
export function matching(tags: readonly string[], query: Query | null): readonly string[] {
  if (query === null) return [];
  const wanted = query.text.toLowerCase();
  return tags.filter((tag) => tag.toLowerCase().includes(wanted));
}

/** A text with the caret in it. */
interface Typed {
  text: string;
  caret: number;
}

/** The text with a tag in place of the query, and where the caret goes. */
export function tagged({ text, caret }: Typed, query: Query, tag: string): Typed {
  const rest = text.slice(caret);
  const put = rest.startsWith(" ") ? tag : `${tag} `;
  return { text: text.slice(0, query.start) + put + rest, caret: query.start + put.length };
}
