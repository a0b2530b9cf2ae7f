/** Messages with a little markup as plain segments: links, strong, code and line breaks; all else is text. Makes no HTML. */

import { decode, safeHref } from "./address";

export interface Segment {
  text: string;
  /** Safe to put in an `href`. */
  href?: string;
  strong?: boolean;
  code?: boolean;
}

const PATTERN = new RegExp(
  [
    String.raw`<a\s[^>]*?href\s*=\s*(?:"(?<dq>[^"]*)"|'(?<sq>[^']*)')[^>]*>(?<atext>[\s\S]*?)</a\s*>`,
    String.raw`<(?<strongtag>b|strong)>(?<strongtext>[\s\S]*?)</\k<strongtag>>`,
    String.raw`<code>(?<codetext>[\s\S]*?)</code>`,
    String.raw`\[(?<label>[^\]\n]+)\]\((?<target>[^()\s]+)\)`,
    String.raw`\*\*(?<mdstrong>[^*\n]+)\*\*`,
    "`(?<mdcode>[^`\\n]+)`",
    String.raw`(?<bare>https?://[^\s<>"']*[^\s<>"'.,;:!?)\]])`,
  ].join("|"),
  "gi",
);

/** The lines of a message, each a list of segments. */
export function lines(message: string): Segment[][] {
  const text = message
    .replace(/\r\n?/g, "\n")
    .replace(/<br\s*\/?>/gi, "\n")
    .replace(/<\/(p|div|li|h[1-6])>\s*(?=\S)/gi, "\n");
  const result: Segment[][] = [[]];
  for (const segment of segments(text)) {
    segment.text.split("\n").forEach((part, index) => {
      if (index > 0) result.push([]);
      if (part !== "") result.at(-1)?.push({ ...segment, text: part });
    });
  }
  return result;
}

/** A message as it reads without its markup. */
export function words(message: string): string {
  return lines(message)
    .map((line) => line.map(({ text }) => text).join(""))
    .join("\n");
}

function segments(text: string): Segment[] {
  const found: Segment[] = [];
  let end = 0;
  for (const match of text.matchAll(PATTERN)) {
    found.push({ text: plain(text.slice(end, match.index)) }, special(match));
    end = match.index + match[0].length;
  }
  found.push({ text: plain(text.slice(end)) });
  return found.filter((segment) => segment.text !== "");
}

function special(match: RegExpMatchArray): Segment {
  const group = match.groups ?? {};
  const strong = group["strongtext"] ?? group["mdstrong"];
  if (strong !== undefined) return { text: plain(strong), strong: true };
  const code = group["codetext"] ?? group["mdcode"];
  if (code !== undefined) return { text: plain(code), code: true };
  const address = group["dq"] ?? group["sq"] ?? group["target"] ?? group["bare"] ?? "";
  const text = plain(group["atext"] ?? group["label"] ?? address);
  const href = safeHref(address);
  return href === null ? { text } : { text: text || href, href };
}

/** Without the tags that only dress text; a "<" that begins no tag stays. */
function plain(text: string): string {
  return decode(
    text.replace(
      /<\/?(?:a|b|blockquote|code|div|em|font|h[1-6]|i|img|li|ol|p|pre|s|small|span|strong|sub|sup|u|ul)(?:\s[^<>]*)?\/?>/gi,
      "",
    ),
  );
}
