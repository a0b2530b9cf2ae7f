/**
 * Draws Markdown into an element and keeps up with a text that grows.
 *
 * Finished blocks keep their nodes. The result for a text is the same however it came to be.
 */

import { COPIED_MS, copyText } from "../copy";
import { ICONS } from "../icons";
import { morph } from "../morph";
import { hasTime, queue } from "../pace";
import { phrase, type Translate } from "../phrases";
import { OpenFence } from "./fence";
import * as formula from "./formula";
import * as highlight from "./highlight";
import { plain } from "./plain";
import { sanitized, trusted } from "./sanitize";
import { Segments, type Options, type Segment } from "./segments";

export type { Options } from "./segments";
export { ordered } from "./math";

interface Drawn {
  signature: string;
  nodes: ChildNode[];
  /** Whether it shows less than it will once grammars or KaTeX are loaded. */
  isWaiting: boolean;
  /** Where its parts are. */
  inside?: Place | undefined;
}

/** An element into which segments are drawn, one behind the other. */
interface Place {
  readonly element: Element;
  /** What stands before them. */
  readonly head: ChildNode | null;
  readonly drawn: Drawn[];
}

let views = 0;

/** One text on the page. */
export class MarkdownView {
  private readonly prefix = `md${++views}-`;
  private segments: Segments | undefined;
  private options: Options | undefined;
  private current: readonly Segment[] = [];
  private readonly place: Place;
  private text = "";
  private isGrowing = false;
  /** Code that the text ends in, if it is drawn and may grow. */
  private fence: OpenFence | undefined;
  private isGone = false;

  constructor(
    private readonly root: HTMLElement,
    private readonly t: Translate | null = null,
  ) {
    this.place = { element: root, head: null, drawn: [] };
    root.addEventListener("click", this.onclick);
  }

  /** Draw a text. While more of it comes, what it breaks off in is drawn as if it were complete. */
  update(text: string, options: Options, isGrowing = false): void {
    this.text = text;
    this.isGrowing = isGrowing;
    if (isGrowing && this.options === options && this.fence?.add(text)) {
      const last = this.place.drawn.at(-1);
      if (last) last.signature = ""; // it shows more than the segment that it was drawn for
      return;
    }
    this.fence = undefined;
    if (this.options !== options || this.segments === undefined) {
      this.options = options;
      this.segments = new Segments(options, this.prefix, {
        title: phrase(this.t, "ui.footnotes"),
        back: (number) => phrase(this.t, "ui.footnote_back", { number }),
      });
      for (const old of this.place.drawn) old.signature = "";
    }
    this.current = this.segments.of(text, isGrowing);
    this.draw(this.place, this.current);
    const segment = this.current.at(-1);
    const last = this.place.drawn[this.current.length - 1];
    if (segment?.fence && last?.signature === segment.signature) this.fence = OpenFence.of(text, segment.fence, last.nodes);
  }

  /** Draw the text again, of which more can be shown now. */
  private readonly again = (): void => {
    if (this.options !== undefined && !this.isGone) this.update(this.text, this.options, this.isGrowing);
  };

  destroy(): void {
    this.isGone = true;
    this.root.removeEventListener("click", this.onclick);
  }

  /** Whether there was time for all of it. */
  private draw(place: Place, segments: readonly Segment[]): boolean {
    for (const [index, segment] of segments.entries()) {
      let now = place.drawn[index];
      if (now?.signature !== segment.signature || now.isWaiting) {
        if (!hasTime()) {
          queue(this.again);
          return false;
        }
        now = place.drawn[index] = this.put(segment, place, index);
      }
      if (now.inside !== undefined && !this.draw(now.inside, segment.parts ?? [])) return false;
    }
    for (const old of place.drawn.splice(segments.length)) for (const node of old.nodes) node.remove();
    return true;
  }

  private put(segment: Segment, { element, head, drawn }: Place, index: number): Drawn {
    const isRow = element.localName === "tbody";
    const { signature, parts } = segment;
    const content = this.made(segment, isRow);
    const loading = finish(content, this.t);
    if (loading.length > 0) void Promise.all(loading).then(this.again);
    const wanted = [...((isRow ? content.querySelector("tbody") : content)?.childNodes ?? [])];
    const old = drawn[index];
    let nodes = wanted;
    if (old !== undefined && old.nodes.length > 0) {
      nodes = morph(element, old.nodes, wanted);
    } else {
      const before = drawn.slice(0, index).findLast((one) => one.nodes.length > 0)?.nodes.at(-1) ?? head;
      const next = before === null ? element.firstChild : before.nextSibling;
      for (const node of wanted) element.insertBefore(node, next);
    }
    return { signature, nodes, isWaiting: loading.length > 0, inside: parts && insideOf(nodes, parts) };
  }

  /** Nodes that show a segment. Those of a list or a table lack its parts if they have to be made one by one. */
  private made(segment: Segment, isRow: boolean): DocumentFragment {
    const { parts, shell } = segment;
    if (isRow) return this.safe(`<table><tbody>${segment.html()}</tbody></table>`);
    if (parts === undefined) return this.safe(segment.html());
    // An element that one part leaves open would reach into the next.
    const whole = parts.some(({ hasTags }) => hasTags) ? undefined : this.safe(segment.html());
    return whole && homeOf(whole.childNodes)?.childElementCount === parts.length ? whole : this.safe(shell ?? "");
  }

  private safe(html: string): DocumentFragment {
    return this.options?.sanitize === false ? trusted(html) : (plain(html) ?? sanitized(html));
  }

  private readonly onclick = (event: MouseEvent): void => {
    const button = event.target instanceof Element ? event.target.closest(".copy-code") : null;
    if (button instanceof HTMLElement && this.root.contains(button)) void this.copy(button);
  };

  private async copy(button: HTMLElement): Promise<void> {
    const code = button.parentElement?.querySelector("pre")?.textContent ?? "";
    if (!(await copyText(code.replace(/\n$/, "")))) return;
    label(button, { icon: "check", text: phrase(this.t, "ui.copied") });
    setTimeout(() => label(button, { icon: "copy", text: phrase(this.t, "ui.copy_code") }), COPIED_MS);
  }
}

/** The element whose children are the parts of the list or the table that stands among the nodes. */
function homeOf(nodes: Iterable<ChildNode>): Element | undefined {
  const whole = [...nodes].find((node) => node instanceof Element);
  return whole?.querySelector(":scope > tbody") ?? whole;
}

/** Where the parts of a list or a table are that was just drawn. */
function insideOf(nodes: readonly ChildNode[], parts: readonly Segment[]): Place | undefined {
  const element = homeOf(nodes);
  if (element === undefined) return undefined;
  const drawn = [...element.children].map((node, index): Drawn => {
    const after = node.nextSibling;
    return { signature: parts[index]?.signature ?? "", nodes: after instanceof Text ? [node, after] : [node], isWaiting: false };
  });
  return { element, head: element.firstChild instanceof Text ? element.firstChild : null, drawn };
}

/** Adds what safe HTML does not say by itself: colours, formulas, names for controls. Gives what is still loading. */
function finish(content: DocumentFragment, t: Translate | null): Promise<void>[] {
  for (const link of content.querySelectorAll<HTMLAnchorElement>("a[href]")) openElsewhere(link);
  for (const box of content.querySelectorAll<HTMLInputElement>("li input[type=checkbox]")) nameTask(box);
  for (const heading of content.querySelectorAll<HTMLElement>("h1[id^=h-],h2[id^=h-],h3[id^=h-],h4[id^=h-],h5[id^=h-],h6[id^=h-]")) {
    addAnchor(heading, t);
  }
  const loading = new Map<string, Promise<void>>();
  for (const element of content.querySelectorAll<HTMLElement>("span[data-math]")) drawFormula(element, loading);
  for (const code of content.querySelectorAll<HTMLElement>("pre > code")) colour(code, loading);
  for (const pre of content.querySelectorAll<HTMLElement>("pre")) if (pre.querySelector("code")) wrap(pre, t);
  return [...loading.values()];
}

/** A link that leaves the app opens a new tab, so that what was done here is not lost. */
function openElsewhere(link: HTMLAnchorElement): void {
  let url: URL;
  try {
    url = new URL(link.getAttribute("href") ?? "", document.baseURI);
  } catch {
    return;
  }
  if (!/^https?:$/.test(url.protocol) || url.origin === location.origin) return;
  link.target = "_blank";
  link.rel = "noopener noreferrer";
}

function nameTask(box: HTMLInputElement): void {
  const item = box.closest("li");
  if (item === null || box.hasAttribute("aria-label")) return;
  item.classList.add("task-list-item");
  const first = item.cloneNode(true) as HTMLElement;
  for (const list of first.querySelectorAll("ul, ol")) list.remove();
  box.setAttribute("aria-label", (first.textContent ?? "").trim().slice(0, 200));
}

function addAnchor(heading: HTMLElement, t: Translate | null): void {
  const name = (heading.textContent ?? "").trim();
  const anchor = document.createElement("a");
  anchor.className = "md-header-anchor";
  anchor.href = `#${heading.id}`;
  anchor.setAttribute("aria-label", phrase(t, "ui.heading_link", { name }));
  anchor.append(icon("link"));
  // The link would otherwise be part of the heading's name.
  heading.setAttribute("aria-label", name);
  heading.append(anchor);
}

function drawFormula(element: HTMLElement, loading: Map<string, Promise<void>>): void {
  const isDisplay = element.dataset["math"] === "display";
  const html = formula.drawn(element.dataset["tex"] ?? "", isDisplay);
  if (html === null) {
    if (!formula.isReady()) loading.set("katex", formula.load());
    return;
  }
  const made = document.createElement("span");
  made.className = isDisplay ? "math display" : "math";
  made.innerHTML = html;
  element.replaceWith(made);
}

function colour(code: HTMLElement, loading: Map<string, Promise<void>>): void {
  const isOpen = code.hasAttribute("data-open");
  code.removeAttribute("data-open");
  const language = /(?:^|\s)language-(\S+)/.exec(code.className)?.[1];
  const grammar = language === undefined ? null : highlight.grammarOf(language);
  if (grammar === null || isOpen) return;
  if (!highlight.isLoaded(grammar)) {
    loading.set(grammar, highlight.load(grammar));
    return;
  }
  const html = highlight.coloured(code.textContent ?? "", grammar);
  if (html === null) return;
  code.innerHTML = html;
  code.classList.add("hljs");
}

function wrap(pre: HTMLElement, t: Translate | null): void {
  const frame = document.createElement("div");
  frame.className = "code_wrap";
  // Code runs from left to right in every language.
  frame.dir = "ltr";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy-code copy_code_button";
  label(button, { icon: "copy", text: phrase(t, "ui.copy_code") });
  pre.replaceWith(frame);
  frame.append(button, pre);
}

function label(button: HTMLElement, face: { icon: "copy" | "check"; text: string }): void {
  button.title = face.text;
  button.setAttribute("aria-label", face.text);
  button.replaceChildren(icon(face.icon));
}

function icon(name: "check" | "copy" | "link"): SVGElement {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const path = document.createElementNS(space, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name] ?? "");
  svg.append(path);
  return svg;
}
