/** How text of a terminal looks, by its SGR sequences; and what the page makes of that. */

/** 0 to 255 of the palette, or `RGB` and 24 bits; null is the usual colour. */
type Colour = number | null;

export interface Style {
  readonly text: Colour;
  readonly back: Colour;
  readonly flags: number;
  /** Address of a link; "" if there is none. */
  readonly link: string;
}

const RGB = 0x1000000;

/** Class names, in the order of their bits. */
const FLAGS = ["bold", "dim", "italic", "underline", "inverse", "strike"] as const;
const INVERSE = 16;

/** SGR code → bits that it sets; and those that it takes away. */
const SET: Readonly<Record<number, number>> = { 1: 1, 2: 2, 3: 4, 4: 8, 21: 8, 7: INVERSE, 9: 32 };
const UNSET: Readonly<Record<number, number>> = { 22: 1 | 2, 23: 4, 24: 8, 27: INVERSE, 29: 32 };

export const PLAIN: Style = { text: null, back: null, flags: 0, link: "" };

const byte = (value: number | undefined): number => Math.min(255, Math.max(0, Math.trunc(value ?? 0) || 0));

/** The colour that stands behind 38 or 48, and how many numbers it took. */
function extended(numbers: readonly number[], isWhole: boolean): [Colour, number] {
  if (numbers[0] === 5) return [byte(numbers[1]), 2];
  if (numbers[0] !== 2) return [null, 1];
  // With colons, the number of a colour space may stand in front.
  const [red, green, blue] = isWhole && numbers.length > 4 ? numbers.slice(2) : numbers.slice(1);
  return [RGB | (byte(red) << 16) | (byte(green) << 8) | byte(blue), 4];
}

/** The style after an SGR sequence with these parameters. */
export function restyle(style: Style, params: string): Style {
  let { text, back, flags } = style;
  const codes = params.split(";");
  for (let at = 0; at < codes.length; at++) {
    const [code = 0, ...parts] = (codes[at] ?? "").split(":").map(Number);
    if (code === 0) {
      text = back = null;
      flags = 0;
    } else if (code === 38 || code === 48) {
      const isWhole = parts.length > 0;
      const [colour, used] = extended(isWhole ? parts : codes.slice(at + 1, at + 5).map(Number), isWhole);
      if (!isWhole) at += used;
      if (code === 38) text = colour;
      else back = colour;
    } else if (code === 4 && parts[0] === 0) flags &= ~8;
    else if (code in SET) flags |= SET[code] ?? 0;
    else if (code in UNSET) flags &= ~(UNSET[code] ?? 0);
    else if (code === 39) text = null;
    else if (code === 49) back = null;
    else if (code >= 30 && code <= 37) text = code - 30;
    else if (code >= 40 && code <= 47) back = code - 40;
    else if (code >= 90 && code <= 97) text = code - 82;
    else if (code >= 100 && code <= 107) back = code - 92;
  }
  if (text === null && back === null && flags === 0 && style.link === "") return PLAIN;
  return { text, back, flags, link: style.link };
}

/** The style for the text of a link; addresses other than of the web are none. */
export function withLink(style: Style, address: string): Style {
  return { ...style, link: /^https?:\/\/[^\s]+$/i.test(address) ? address : "" };
}

/** On a coloured ground the sixteen colours are the same in light and dark. */
const FIXED = [
  0x1e1e1e, 0xc4261d, 0x1f8a3b, 0xb58100, 0x2563c9, 0x9a3bb8, 0x0e7f96, 0xd4d4d8, 0x71717a, 0xef5b50, 0x4cc46d,
  0xf0c040, 0x6aa4ff, 0xd68af0, 0x4fcfe0, 0xfafafa,
] as const;
const LEVELS = [0, 95, 135, 175, 215, 255] as const;

/** A colour as 24 bits. */
export function rgbOf(colour: number): number {
  if (colour >= RGB) return colour - RGB;
  const fixed = FIXED[colour];
  if (fixed !== undefined) return fixed;
  if (colour >= 232) return (8 + 10 * (colour - 232)) * 0x10101;
  const at = colour - 16;
  const level = (step: number): number => LEVELS[Math.floor(at / step) % 6] ?? 0;
  return (level(36) << 16) | (level(6) << 8) | level(1);
}

const hex = (rgb: number): string => `#${rgb.toString(16).padStart(6, "0")}`;

/** Relative luminance after WCAG. */
function luminance(rgb: number): number {
  const [red = 0, green = 0, blue = 0] = [16, 8, 0].map((shift) => {
    const part = ((rgb >> shift) & 255) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Contrast of two colours after WCAG, 1 to 21. */
export function contrast(one: number, other: number): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** The wanted colour where it can be read on the ground, else black or white. */
function readable(wanted: Colour, ground: number): number {
  const rgb = wanted === null ? ground : rgbOf(wanted);
  if (contrast(rgb, ground) >= 4.5) return rgb;
  return contrast(0, ground) > contrast(0xffffff, ground) ? 0 : 0xffffff;
}

/** Class names and CSS of text in a style. */
export function look(style: Style): { names: string; css: string } {
  const { flags } = style;
  const isInverse = (flags & INVERSE) !== 0;
  const [text, back] = isInverse ? [style.back, style.text] : [style.text, style.back];
  const isTurned = isInverse && back === null;
  const names = FLAGS.filter((name, bit) => (flags & (1 << bit)) !== 0 && (name !== "inverse" || isTurned));
  if (back !== null) {
    const ground = rgbOf(back);
    return { names: names.join(" "), css: `color:${hex(readable(text, ground))};background:${hex(ground)}` };
  }
  if (text === null || isTurned) return { names: names.join(" "), css: "" };
  if (text < 16) return { names: [...names, `c${text}`].join(" "), css: "" };
  return { names: [...names, "own"].join(" "), css: `--own:${hex(rgbOf(text))}` };
}
