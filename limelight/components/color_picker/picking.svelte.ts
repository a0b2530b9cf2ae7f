/** The colour that is chosen, as area, lines and field show it, and what the reader does to it. Draws nothing. */

import type { Host } from "$ui/contract";
import { fromHsv, parse, toHex, toHsv, write, type Format, type Hsv } from "./color";
import type { ColorPickerProps } from "./color_picker.gen";

export type ColorHost = Host<ColorPickerProps, string | null>;

const BLACK: Hsv = { h: 0, s: 0, v: 0, a: 1 };
/** Parts of the area that an arrow key moves by, and with Shift or a page key. */
const STEP = 0.01;
const STRIDE = 0.1;

const bounded = (part: number): number => Math.min(Math.max(part, 0), 1);

export class Picking {
  format: Format = $state("hex");
  /** What is being typed; null when nothing. */
  draft: string | null = $state(null);
  /** Whether the reader has finished typing, so that a mistake may be named. */
  isTold = $state(false);

  readonly hasAlpha = $derived.by(() => this.host.props.alpha === true);

  /** What was last chosen here. Grey has no hue and black no shade: the handles would jump otherwise. */
  private kept: { value: string; hsv: Hsv } | null = $state.raw(null);

  /** The value as colour; null when there is none, or none that can be read. */
  readonly chosen: Hsv | null = $derived.by(() => {
    const { value } = this.host;
    if (value === null || value === undefined) return null;
    if (this.kept?.value === value) return this.kept.hsv;
    const color = parse(value) ?? named(value);
    return color === null ? null : toHsv(color);
  });

  readonly hsv: Hsv = $derived.by(() => this.chosen ?? BLACK);
  /** For CSS. */
  readonly css = $derived.by(() => write(fromHsv(this.hsv), "rgb"));
  readonly opaque = $derived.by(() => write(fromHsv({ ...this.hsv, a: 1 }), "hex"));
  readonly pureHue = $derived.by(() => write(fromHsv({ h: this.hsv.h, s: 1, v: 1, a: 1 }), "hex"));
  readonly text = $derived.by(
    () => this.draft ?? (this.chosen === null ? "" : write(fromHsv(this.chosen), this.format)),
  );
  readonly isWrong = $derived.by(
    () => this.isTold && this.draft !== null && this.draft.trim() !== "" && parse(this.draft) === null,
  );

  constructor(private readonly host: ColorHost) {}

  /** Change some of hue, saturation, brightness and opacity. True if that made another colour. */
  set(change: Partial<Hsv>): boolean {
    const hsv = { ...this.hsv, ...change };
    if (!this.hasAlpha) hsv.a = 1;
    this.draft = null;
    const value = toHex(fromHsv(hsv));
    this.kept = { value, hsv };
    if (value === this.host.value) return false;
    this.host.value = value;
    this.host.dispatch("input");
    return true;
  }

  /** The reader let go of a handle, or finished typing. */
  release(): void {
    this.host.dispatch("release", this.host.value);
  }

  /** Where a point of the area, as parts of its width and height, is in colour. */
  point(across: number, down: number): void {
    this.set({ s: bounded(across), v: 1 - bounded(down) });
  }

  /** What a key does in the area. True if it was one of its keys. */
  key(key: string, isStride: boolean): boolean {
    const { s, v } = this.hsv;
    const by = isStride ? STRIDE : STEP;
    const moves: Record<string, Partial<Hsv>> = {
      ArrowRight: { s: bounded(s + by) },
      ArrowLeft: { s: bounded(s - by) },
      ArrowUp: { v: bounded(v + by) },
      ArrowDown: { v: bounded(v - by) },
      PageUp: { v: bounded(v + STRIDE) },
      PageDown: { v: bounded(v - STRIDE) },
      Home: { s: 0 },
      End: { s: 1 },
    };
    const move = moves[key];
    if (move === undefined) return false;
    this.set(move);
    return true;
  }

  /** What is typed counts as soon as it is a colour. */
  type(text: string): void {
    const color = parse(text);
    // A hue is kept while its colour is typed letter by letter; the text stays as it is typed.
    if (color !== null && isComplete(text)) this.set(toHsv(color));
    this.draft = text;
    this.isTold = false;
  }

  /** The reader is done with typing. True if what stands there is a colour. */
  settle(): boolean {
    if (this.draft === null) return true;
    const color = parse(this.draft);
    if (color === null) {
      if (this.draft.trim() === "") this.draft = null;
      this.isTold = true;
      return this.draft === null;
    }
    this.set(toHsv(color));
    this.release();
    return true;
  }

  /** Forget what was typed and is no colour. */
  forget(): void {
    this.draft = null;
    this.isTold = false;
  }

  /** A colour from elsewhere, such as the screen. */
  take(text: string): void {
    const color = parse(text);
    if (color === null) return;
    this.set({ ...toHsv(color), a: this.hsv.a });
    this.release();
  }
}

/** Three digits are a colour, but may be the beginning of six. */
function isComplete(text: string): boolean {
  return /^\s*#?(?:[\da-f]{6}|[\da-f]{8})\s*$|\)\s*$/i.test(text);
}

/** The colour of a CSS name, as only the browser knows. */
function named(name: string): ReturnType<typeof parse> {
  if (!/^[a-z]{3,30}$/i.test(name) || !globalThis.CSS?.supports?.("color", name)) return null;
  const pen = document.createElement("canvas").getContext("2d");
  if (!pen) return null;
  pen.fillStyle = name;
  return parse(pen.fillStyle);
}
