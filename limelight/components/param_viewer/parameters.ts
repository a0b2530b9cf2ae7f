/** The parameters that a function has, and where links to them lead. */

export interface Parameter {
  type?: string | null;
  description?: string | null;
  default?: string | null;
}

export interface Piece {
  text: string;
  href?: string;
}

/** Id of a parameter's row: `param-draw-size` with the anchor "draw". */
export function anchorOf(name: string, anchor: boolean | string | undefined): string | undefined {
  if (anchor === undefined || anchor === false) return undefined;
  const words = ["param", typeof anchor === "string" ? anchor : "", name].filter(Boolean);
  return words.map((word) => word.replace(/[^\p{L}\p{N}_-]+/gu, "-")).join("-");
}

/** Code in which the names of types lead to the headings with their names. */
export function linked(code: string, types: readonly string[] = []): Piece[] {
  const words = code.split(/([\p{L}_$][\p{L}\p{N}_$]*)/u).filter(Boolean);
  return words.map((text) => (types.includes(text) ? { text, href: `#h-${text.toLowerCase()}` } : { text }));
}
