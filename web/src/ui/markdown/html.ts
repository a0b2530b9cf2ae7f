/** Which HTML elements a piece of Markdown leaves open. Reads tags; builds nothing. */

const TAG =
  /<!--[\s\S]*?(?:-->|$)|<(script|style|textarea|title|xmp)\b[\s\S]*?(?:<\/\1\s*>|$)|<(\/?)([a-z][\w-]*)((?:[^<>"']|"[^"]*"|'[^']*')*)>/gi;

/** Elements that may span several blocks. One that sanitising takes away spans nothing. */
const SPANNING = new Set(
  (
    "a abbr address article aside b bdi bdo big blockquote center cite code del details dfn div dl em fieldset " +
    "figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup i ins kbd main mark menu nav ol picture pre q s " +
    "samp section small span strike strong sub summary sup svg table tt u ul var video audio"
  ).split(" "),
);

const VOID = new Set("area base br col embed hr img input link meta param source track wbr".split(" "));

/** Elements whose end tag may be left out. */
const LOOSE = new Set("p li dt dd tr td th thead tbody tfoot option optgroup rp rt colgroup caption".split(" "));

/** The tag that a text begins with, and its name. */
const FIRST_TAG = /^<\/?([a-z][\w-]*)(?:[\s/](?:[^<>"']|"[^"]*"|'[^']*')*)?>/i;
/** Longest tag that is looked for, in characters. */
const LONGEST = 1_000;

/** Whether a tag of that name, in small letters, is text of its own rather than HTML. */
export type IsWritten = (name: string) => boolean;

/** The tag that a text begins with, if it is one that is shown as it is written; otherwise "". */
export function writtenAt(text: string, isWritten: IsWritten): string {
  const name = /^<\/?([a-z][\w-]*)/i.exec(text)?.[1];
  if (name === undefined || !isWritten(name.toLowerCase())) return "";
  return FIRST_TAG.exec(text.slice(0, LONGEST))?.[0] ?? "";
}

/** HTML in which such tags are text. */
export function withWritten(html: string, isWritten: IsWritten): string {
  return html.replace(TAG, (whole: string) =>
    writtenAt(whole, isWritten) === "" ? whole : whole.replace(/</g, "&lt;").replace(/>/g, "&gt;"),
  );
}

/** Takes the elements that `html` opens onto the stack, and those that it closes off it. */
export function balance(html: string, open: string[], sanitized: boolean): void {
  for (const [whole, , slash, written, rest] of html.matchAll(TAG)) {
    const name = written?.toLowerCase();
    if (name === undefined || whole.startsWith("<!--")) continue;
    if (sanitized ? !SPANNING.has(name) : VOID.has(name) || LOOSE.has(name)) continue;
    if (slash === "/") {
      const at = open.lastIndexOf(name);
      if (at >= 0) open.length = at;
    } else if (!rest?.endsWith("/") || !/^(?:svg|math)$/.test(name)) {
      open.push(name);
    }
  }
}
