/**
 * Puts the lines of a screen on the page.
 *
 * They stand in blocks that the browser lays out when they come near the window. What is far away is one plain text; it
 * gets its styles when the reader comes near. So the whole can be searched, selected and copied, and costs little.
 */

import type { Line, Screen } from "./screen";
import { look, PLAIN } from "./style";

const BLOCK = 100;
const NEAR = "600px";

interface Block {
  element: HTMLElement;
  /** Numbers of its lines: the first, and the one behind the last. */
  from: number;
  to: number;
  isStyled: boolean;
}

/** How lines are drawn. */
export interface Drawing {
  numbers: boolean;
  times: boolean;
}

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** Signs in front of a line, for the gutter. */
function marks(line: Line, number: number, drawing: Drawing): string {
  const time = drawing.times ? (line.at === 0 ? "" : clock.format(line.at)).padEnd(8) : "";
  return [time, drawing.numbers ? String(number + 1) : ""].filter(Boolean).join(" ");
}

/** Width of the gutter in signs. */
export function gutter(end: number, drawing: Drawing): number {
  const digits = drawing.numbers ? Math.max(3, String(end).length) : 0;
  const time = drawing.times ? 8 : 0;
  return digits + time + (digits > 0 && time > 0 ? 1 : 0);
}

function draw(line: Line, number: number, drawing: Drawing): HTMLElement {
  const element = document.createElement("span");
  element.className = "line";
  const sign = marks(line, number, drawing);
  if (sign !== "") element.dataset["sign"] = sign;
  for (const { text, style } of line.runs) {
    if (style === PLAIN) {
      element.append(text);
      continue;
    }
    const run = document.createElement(style.link === "" ? "span" : "a");
    if (run instanceof HTMLAnchorElement) {
      run.href = style.link;
      run.target = "_blank";
      run.rel = "noopener noreferrer nofollow";
    }
    const { names, css } = look(style);
    run.className = names;
    run.style.cssText = css;
    run.textContent = text;
    element.append(run);
  }
  element.append("\n");
  return element;
}

export class Painter {
  private blocks: Block[] = [];
  private wipes = 0;
  private readonly place: HTMLElement;
  private readonly watch: IntersectionObserver | null;

  constructor(
    { place, scroller }: { place: HTMLElement; scroller: HTMLElement },
    private readonly screen: Screen,
    private readonly drawing: Drawing,
  ) {
    this.place = place;
    place.replaceChildren();
    // Absent in jsdom: then all is styled at once.
    this.watch =
      typeof IntersectionObserver === "undefined"
        ? null
        : new IntersectionObserver((entries) => this.come(entries), { root: scroller, rootMargin: NEAR });
  }

  /** Draw what has changed. */
  paint(): void {
    const { screen } = this;
    const { first, end, changed } = screen;
    if (screen.wipes !== this.wipes) {
      this.wipes = screen.wipes;
      this.blocks.splice(0).forEach(({ element }) => element.remove());
    }
    this.drop(first);
    while ((this.blocks.at(-1)?.from ?? -1) >= end) this.blocks.pop()?.element.remove();
    const from = Math.max(first, changed);
    const last = this.blocks.at(-1);
    for (const block of this.blocks) {
      const to = block === last ? Math.min(end, block.from + BLOCK) : block.to;
      if (block.to > from || block.to < to) this.redraw(block, Math.min(from, block.to), to);
    }
    for (let next = last?.to ?? first; next < end; next += BLOCK) {
      this.add(next, Math.min(end, next + BLOCK));
    }
    screen.settle();
  }

  destroy(): void {
    this.watch?.disconnect();
  }

  /** Make sure that a line is drawn in full; where it stands. */
  lineAt(number: number): HTMLElement | null {
    const block = this.blocks.find(({ from, to }) => from <= number && number < to);
    if (block === undefined) return null;
    this.style(block);
    return (block.element.children[number - block.from] as HTMLElement | undefined) ?? null;
  }

  /** Numbers of the lines that stand near the window. */
  near(top: number, bottom: number): [number, number] {
    const shown = this.blocks.filter(({ element, isStyled }) => {
      if (!isStyled) return false;
      const { offsetTop, offsetHeight } = element;
      return offsetTop + offsetHeight > top && offsetTop < bottom;
    });
    return [shown[0]?.from ?? 0, shown.at(-1)?.to ?? 0];
  }

  private add(from: number, to: number): void {
    const element = document.createElement("div");
    element.className = "lines";
    const block = { element, from, to: from, isStyled: false };
    this.blocks.push(block);
    // The newest lines are what is looked at; the others wait until somebody comes near.
    if (this.watch === null || to === this.screen.end) block.isStyled = true;
    this.redraw(block, from, to);
    this.place.append(element);
    if (!block.isStyled) this.watch?.observe(element);
  }

  private redraw(block: Block, from: number, to: number): void {
    const { element } = block;
    if (block.isStyled) {
      const start = Math.max(0, from - block.from);
      while (element.children.length > Math.max(start, to - block.from)) element.lastChild?.remove();
      for (let at = start; at < to - block.from; at++) {
        const number = block.from + at;
        const line = draw(this.screen.line(number), number, this.drawing);
        const old = element.children[at];
        if (old) old.replaceWith(line);
        else element.append(line);
      }
    } else {
      let text = "";
      for (let number = block.from; number < to; number++) text += `${this.screen.line(number).text}\n`;
      element.textContent = text;
    }
    block.to = to;
    element.style.setProperty("--lines", String(to - block.from));
  }

  /** Take lines away from the top. */
  private drop(first: number): void {
    while (this.blocks[0] !== undefined && this.blocks[0].to <= first) {
      this.blocks.shift()?.element.remove();
    }
    const [top] = this.blocks;
    if (top === undefined || top.from >= first) return;
    if (top.isStyled) for (let at = top.from; at < first; at++) top.element.firstChild?.remove();
    top.from = first;
    if (!top.isStyled) this.redraw(top, first, top.to);
    top.element.style.setProperty("--lines", String(top.to - top.from));
  }

  private come(entries: readonly IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      const block = isIntersecting ? this.blocks.find(({ element }) => element === target) : undefined;
      if (block) this.style(block);
    }
  }

  private style(block: Block): void {
    if (block.isStyled) return;
    this.watch?.unobserve(block.element);
    block.isStyled = true;
    block.element.textContent = "";
    this.redraw(block, block.from, block.to);
  }
}
