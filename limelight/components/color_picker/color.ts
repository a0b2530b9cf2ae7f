/** Colours: read from text as CSS writes them, turned between notations, written as text. Knows nothing of the page. */

/** Red, green and blue 0 to 255; opacity 0 to 1. */
export interface Rgb {
  r: number;
  g: number;
  b: number;
  a: number;
}

/** Hue 0 to 360, saturation and value (brightness) 0 to 1; opacity 0 to 1. */
export interface Hsv {
  h: number;
  s: number;
  v: number;
  a: number;
}

export const FORMATS = ["hex", "rgb", "hsl"] as const;
export type Format = (typeof FORMATS)[number];

/** Longer texts are no colours; so none is searched at length. */
const LONGEST = 100;

const HEX = /^#?([\da-f]{3,8})$/;
const CALL = /^(rgb|hsl)a?\(([^()]*)\)$/;
const NUMBER = /^([-+]?(?:\d+\.?\d*|\.\d+))(%|deg)?$/;

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most);

/** The colour that a text names: hex with 3, 4, 6 or 8 digits, `rgb()` or `hsl()` in old and new syntax; else null. */
export function parse(given: string): Rgb | null {
  if (given.length > LONGEST) return null;
  const text = given.trim().toLowerCase();
  const hex = HEX.exec(text)?.[1];
  if (hex !== undefined) return fromHex(hex);
  const [, kind, inside] = CALL.exec(text) ?? [];
  if (kind === undefined || inside === undefined) return null;
  const parts = inside.replaceAll(/[,/]/g, " ").trim().split(/\s+/).map(amount);
  if (parts.length < 3 || parts.length > 4) return null;
  const [first, second, third, alpha = { value: 1, unit: "" }] = parts;
  if (!first || !second || !third || !alpha) return null;
  const a = clamp(alpha.unit === "%" ? alpha.value / 100 : alpha.value, 1);
  if (kind === "hsl") {
    if (first.unit === "%" || second.unit === "deg" || third.unit === "deg") return null;
    return fromHsl({ h: first.value, s: second.value / 100, l: third.value / 100, a });
  }
  const channels = [first, second, third];
  if (channels.some(({ unit }) => unit === "deg")) return null;
  const [r = 0, g = 0, b = 0] = channels.map(({ value, unit }) =>
    clamp(Math.round(unit === "%" ? value * 2.55 : value), 255),
  );
  return { r, g, b, a };
}

function amount(text: string): { value: number; unit: string } | null {
  const [, number, unit = ""] = NUMBER.exec(text) ?? [];
  return number === undefined ? null : { value: Number(number), unit };
}

function fromHex(digits: string): Rgb | null {
  const isShort = digits.length < 5;
  if (digits.length === 5 || digits.length === 7) return null;
  const size = isShort ? 1 : 2;
  const channel = (at: number): number => {
    const part = digits.slice(at * size, (at + 1) * size);
    return part === "" ? 255 : Number.parseInt(isShort ? part + part : part, 16);
  };
  return { r: channel(0), g: channel(1), b: channel(2), a: channel(3) / 255 };
}

/** `#rrggbb`; with two more digits unless it is opaque. */
export function toHex({ r, g, b, a }: Rgb): string {
  const channels = a >= 1 ? [r, g, b] : [r, g, b, a * 255];
  return `#${channels.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;
}

/** The colour in one of the notations, as a reader would type it. */
export function write(color: Rgb, format: Format): string {
  if (format === "hex") return toHex(color);
  const { r, g, b, a } = color;
  const opacity = a >= 1 ? "" : `, ${String(Math.round(a * 100) / 100)}`;
  const name = a >= 1 ? format : `${format}a`;
  if (format === "rgb") return `${name}(${[r, g, b].map(Math.round).join(", ")}${opacity})`;
  const { h, s, l } = toHsl(color);
  const [share, light] = [s, l].map((part) => `${Math.round(part * 100)}%`);
  return `${name}(${Math.round(h)}, ${share}, ${light}${opacity})`;
}

export function toHsv({ r, g, b, a }: Rgb): Hsv {
  const most = Math.max(r, g, b);
  const span = most - Math.min(r, g, b);
  return { h: hue({ r, g, b }, most, span), s: most === 0 ? 0 : span / most, v: most / 255, a };
}

function hue({ r, g, b }: Omit<Rgb, "a">, most: number, span: number): number {
  if (span === 0) return 0;
  if (most === r) return (((g - b) / span) * 60 + 360) % 360;
  return most === g ? ((b - r) / span) * 60 + 120 : ((r - g) / span) * 60 + 240;
}

/** https://www.w3.org/TR/css-color-4/#hsl-to-rgb, for brightness instead of lightness. */
export function fromHsv({ h, s, v, a }: Hsv): Rgb {
  const channel = (n: number): number => {
    const k = (n + h / 60) % 6;
    return Math.round((v - v * s * Math.max(0, Math.min(k, 4 - k, 1))) * 255);
  };
  return { r: channel(5), g: channel(3), b: channel(1), a };
}

function toHsl(color: Rgb): { h: number; s: number; l: number } {
  const { h, s, v } = toHsv(color);
  const l = v * (1 - s / 2);
  const room = Math.min(l, 1 - l);
  return { h, s: room === 0 ? 0 : (v - l) / room, l };
}

function fromHsl(given: { h: number; s: number; l: number; a: number }): Rgb {
  const s = clamp(given.s, 1);
  const l = clamp(given.l, 1);
  const v = l + s * Math.min(l, 1 - l);
  return fromHsv({ h: ((given.h % 360) + 360) % 360, s: v === 0 ? 0 : 2 * (1 - l / v), v, a: given.a });
}
