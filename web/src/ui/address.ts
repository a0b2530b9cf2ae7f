/** Addresses in texts: which of them a link may lead to. */

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  apos: "'",
  gt: ">",
  lt: "<",
  nbsp: "\u00a0",
  quot: '"',
};

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

export function decode(text: string): string {
  return text.replace(/&(?:#\d{1,7}|#x[\da-f]{1,6}|\w+);/gi, (whole: string) => {
    const name = whole.slice(1, -1).toLowerCase();
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const code = name[1] === "x" ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
