/** Finding text in the lines of a terminal, and marking it. Loaded when the reader searches. */

import type { Painter } from "./painter";
import type { Screen } from "./screen";

/** Where a text was found: number of the line, and where in it. */
export interface Place {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

export const MOST_PLACES = 10_000;

/** Where a text stands, in whatever case; the last ones if there are too many. */
export function places(screen: Screen, query: string): Place[] {
  const wanted = query.toLowerCase();
  const found: Place[] = [];
  if (wanted === "") return found;
  for (let number = screen.end - 1; number >= screen.first; number--) {
    const text = screen.line(number).text.toLowerCase();
    for (let at = text.lastIndexOf(wanted); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(wanted, at - 1)) {
      found.push({ line: number, from: at, to: at + wanted.length });
      if (found.length === MOST_PLACES) return found.reverse();
    }
  }
  return found.reverse();
}

/** The part of an element's text as a range. */
function range(element: HTMLElement, from: number, to: number): Range | null {
  const made = document.createRange();
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let before = 0;
  let begun = false;
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const size = node.textContent?.length ?? 0;
    if (!begun && from < before + size) {
      made.setStart(node, from - before);
      begun = true;
    }
    if (begun && to <= before + size) {
      made.setEnd(node, to - before);
      return made;
    }
    before += size;
  }
  return null;
}

/** Marks of all terminals of the page: the browser knows them by name. Absent in browsers before 2023. */
const hasMarks = typeof Highlight !== "undefined" && typeof CSS !== "undefined" && "highlights" in CSS;
const [others, current] = hasMarks ? [new Highlight(), new Highlight()] : [null, null];
if (others && current) {
  current.priority = 1;
  CSS.highlights.set("terminal-found", others);
  CSS.highlights.set("terminal-current", current);
}

/** The current place, and the lines that are looked at: the first, and the one behind the last. */
interface Sight {
  here: Place | undefined;
  lines: readonly [number, number];
}

/** The marks of one terminal. */
export class Marks {
  private made: Range[] = [];

  clear(): void {
    for (const each of this.made.splice(0)) {
      others?.delete(each);
      current?.delete(each);
    }
  }

  /** Mark those of the places that stand between two lines, and the current one. */
  show(painter: Painter, found: readonly Place[], { here, lines }: Sight): void {
    this.clear();
    for (const place of found) {
      if (place !== here && (place.line < lines[0] || place.line >= lines[1])) continue;
      const element = painter.lineAt(place.line);
      const made = element && range(element, place.from, place.to);
      if (!made) continue;
      this.made.push(made);
      (place === here ? current : others)?.add(made);
    }
  }
}
