/** Code at the end of a text that grows: what is added goes straight to the page, whatever stands before it. */

import type { Fence } from "./segments";
import { withoutHalfFence } from "./unfinished";

/** A line that may end code: what it ends is for the one that reads the whole text. */
const END = /^ {0,3}(?:```|~~~)/m;

export class OpenFence {
  /** Where the last line begins. */
  private line: number;

  private constructor(
    private text: string,
    private readonly fence: Fence,
    private readonly drawn: Text,
  ) {
    this.line = text.lastIndexOf("\n") + 1;
  }

  /** The code that `nodes` show, if more can simply be added to it. */
  static of(text: string, fence: Fence, nodes: readonly ChildNode[]): OpenFence | undefined {
    const [node] = nodes;
    const code = node instanceof Element ? node.querySelector("pre > code")?.firstChild : undefined;
    if (!(code instanceof Text) || code.nextSibling !== null) return undefined;
    const found = new OpenFence(text, fence, code);
    // Some characters are drawn as others.
    return code.data.startsWith(text.slice(fence.start, found.line)) ? found : undefined;
  }

  /** Draws a text that goes on with the code; false if it does anything else. */
  add(text: string): boolean {
    if (!text.startsWith(this.text)) return false;
    const rest = text.slice(this.line);
    if (END.test(rest) || /[\0\r]/.test(rest)) return false;
    const shown = withoutHalfFence(rest, this.fence.sign);
    const at = this.line - this.fence.start;
    this.drawn.replaceData(at, this.drawn.length - at, /[^\n]$/.test(shown) ? `${shown}\n` : shown);
    this.line += rest.lastIndexOf("\n") + 1;
    this.text = text;
    return true;
  }
}
