/** Messages with a little markup as plain segments: links, strong, code and line breaks; all else is text. Makes no HTML. */

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

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  nbsp: "\u00a0",
  quot: '"',
};

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

/** An address that a link may lead to, or null: the web, mail, or a place on this server. */
export function safeHref(address: string): string | null {
  const href = decode(address).trim();
  // Browsers drop control characters inside a scheme, so they must not hide one.
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  const bare = href.replace(/[\u0000-\u0020]/g, "");
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(bare)?.[1]?.toLowerCase();
  if (scheme === undefined) return bare === "" ? null : href;
  return scheme === "http" || scheme === "https" || scheme === "mailto" ? href : null;
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

function decode(text: string): string {
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|\w+);/gi, (whole: string) => {
    const name = whole.slice(1, -1).toLowerCase();
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
