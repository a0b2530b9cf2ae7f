/** Which part of a text the reader points at, with the keyboard, a mouse or a finger. Draws nothing and changes no text. */

import { type Piece, piecesOf, type Range, textOf, type Token, trimmed } from "./spans";

export class Pointing {
  /** The piece that the keyboard is at. */
  active = $state(0);
  /** What will be labelled. */
  range = $state.raw<Range | null>(null);
  /** Whether we draw the range; if not, the browser shows it as its selection. */
  isDrawn = $state(false);
  /** Where a range that is made with Shift began. */
  private origin = 0;

  readonly pieces: readonly Piece[] = $derived.by(() => piecesOf(this.tokens(), this.byWord()));
  /** Those that keys stop at. */
  private readonly stops = $derived(this.pieces.filter(({ text }) => text.trim() !== "").map((piece) => this.pieces.indexOf(piece)));
  readonly text = $derived.by(() => textOf(this.tokens()));
  /** The chosen text; empty without a range. */
  readonly chosen = $derived(this.range === null ? "" : this.text.slice(this.range.from, this.range.to));
  /** What the range is marked with, if it is one token with a mark. */
  readonly mark = $derived.by(() => {
    const { range } = this;
    if (range === null) return null;
    return this.pieces.find(({ from, to }) => from <= range.from && range.to <= to)?.mark ?? null;
  });
  /** Whether anything in the range has a mark. */
  readonly isMarked = $derived(this.pieces.some((piece) => piece.mark !== null && this.covers(piece)));

  constructor(
    private readonly tokens: () => readonly Token[],
    private readonly byWord: () => boolean,
  ) {}

  /** The piece that the keyboard is at; the nearest one if the text became shorter. */
  get current(): Piece | undefined {
    return this.pieces[this.place()];
  }

  /** Index of the current piece. */
  place(): number {
    if (this.stops.includes(this.active)) return this.active;
    return this.stops.findLast((stop) => stop < this.active) ?? this.stops[0] ?? 0;
  }

  /** Whether the range has part of a piece. */
  covers({ from, to }: Piece): boolean {
    return this.range !== null && this.range.from < to && from < this.range.to;
  }

  choose(range: Range | null, isDrawn = true): void {
    this.range = range && trimmed(this.text, range);
    this.isDrawn = isDrawn;
    if (this.range === null) return;
    const { from } = this.range;
    this.active = this.origin = Math.max(0, this.pieces.findIndex((piece) => from < piece.to));
  }

  /** Go to the piece that a key leads to; with `extends` the range goes along. False if the key leads nowhere. */
  move(key: string, extend: boolean, isRightToLeft: boolean): boolean {
    const turned = isRightToLeft && key === "ArrowLeft" ? "ArrowRight" : isRightToLeft && key === "ArrowRight" ? "ArrowLeft" : key;
    const now = this.stops.indexOf(this.place());
    const last = this.stops.length - 1;
    const steps: Record<string, number> = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1, Home: -last, End: last };
    const step = steps[turned];
    if (step === undefined || last < 0) return false;
    const next = this.stops[Math.min(last, Math.max(0, now + step))] ?? 0;
    if (extend && this.range === null) this.origin = this.place();
    this.active = next;
    if (extend) this.span(this.origin, next);
    else this.range = null;
    return true;
  }

  /** Choose the piece that the keyboard is at, unless something is chosen. */
  take(): void {
    if (this.range === null) this.span(this.place(), this.place());
  }

  private span(one: number, other: number): void {
    const first = this.pieces[Math.min(one, other)];
    const last = this.pieces[Math.max(one, other)];
    if (first === undefined || last === undefined) return;
    this.range = trimmed(this.text, { from: first.from, to: last.to });
    this.isDrawn = true;
  }
}
