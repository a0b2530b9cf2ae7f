import { afterEach, beforeAll, expect, test } from "vitest";
import corpus from "../../../../tests/markdown/corpus.json";
import * as formula from "./formula";
import * as highlight from "./highlight";
import { ordered } from "./math";
import { MarkdownView, type Options } from "./render";
import { sanitized } from "./sanitize";
import { ends } from "./sample";
import { Segments } from "./segments";

const delimiters = ordered([{ left: "$$", right: "$$", display: true }]);
const OPTIONS: Options = { sanitize: true, lineBreaks: false, headerLinks: true, delimiters };
const WORDS = { title: "Footnotes", back: (number: number) => `Back to ${number}` };
/** Elements that Markdown itself makes; without attributes there is nothing to look at. */
const PLAIN = /<\/?(?:p|em|strong|del|code|pre|ul|ol|li|blockquote|h[1-6]|table|thead|tbody|tr|th|td)>|<(?:br|hr)>/g;
/** Elements that run, load, style, or send something, or lay themselves over the page. */
const REFUSED = "script, style, link, meta, base, iframe, frame, object, embed, applet, portal, form, template, slot, dialog";
const ADDRESSES = /^(?:href|src|xlink:href|action|data|to|from|values|poster|cite|background)$/;

const views: MarkdownView[] = [];
const harmless = new Set<string>();

/** What a text is drawn from, after it came in pieces that end at `at`. */
function drawn(text: string, at: readonly number[], isGrowing: boolean): string[] {
  const segments = new Segments(OPTIONS, "md-", WORDS);
  for (const end of at) {
    const part = segments.of(text.slice(0, end), isGrowing).map((segment) => segment.html());
    for (const html of part) expectHarmless(html);
  }
  return segments.of(text).flatMap((segment) => [segment.signature, segment.html()]);
}

function expectHarmless(html: string): void {
  if (harmless.has(html)) return;
  harmless.add(html);
  if (/[<&]/.test(html.replace(PLAIN, ""))) expectInert(sanitized(html));
}

function expectInert(root: ParentNode): void {
  expect(root.querySelector(REFUSED)).toBeNull();
  for (const element of root.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      const { name, value } = attribute;
      if (/^on|^formaction$|^srcdoc$|^popover|^slot$|^part$/i.test(name)) expect.fail(`${element.localName} has ${name}=${value}`);
      // eslint-disable-next-line no-control-regex -- browsers drop them inside a scheme
      const bare = value.replace(/[\u0000-\u0020\u00a0]/g, "");
      // A picture never runs what its address says.
      const isPicture = element.localName === "img" && bare.startsWith("data:");
      if (ADDRESSES.test(name) && !isPicture && /^(?:javascript|vbscript|data:text)/i.test(bare)) expect.fail(`${name}=${value}`);
      if (name === "style" && /(?:^|;)\s*(?:position|z-index):|url\(/i.test(value)) expect.fail(value);
      if ((name === "id" || name === "name") && value in document) expect.fail(`${name}=${value} hides what the document has`);
    }
  }
}

function view(): { root: HTMLElement; view: MarkdownView } {
  const root = document.createElement("div");
  document.body.append(root);
  const made = new MarkdownView(root);
  views.push(made);
  return { root, view: made };
}

/** Neighbouring text nodes joined, numbers of views left out. */
function shape(root: HTMLElement): string {
  root.normalize();
  return root.innerHTML.replace(/\bmd\d+-/g, "md-");
}

beforeAll(async () => {
  const languages = ["python", "html", "javascript", "diff"];
  await Promise.all([formula.load(), ...languages.map((language) => highlight.load(highlight.grammarOf(language) ?? ""))]);
}, 30_000);

afterEach(() => {
  for (const made of views.splice(0)) made.destroy();
  document.body.replaceChildren();
});

test("there are enough cases, each with a name of its own", () => {
  expect(corpus.length).toBeGreaterThanOrEqual(200);
  expect(new Set(corpus.map(({ name }) => name)).size).toBe(corpus.length);
});

test.each(corpus)("in pieces of one character as at once, and harmless: $name", ({ text }) => {
  const each = Array.from(text, (_, index) => index).slice(1);
  const wanted = drawn(text, [text.length], false);
  expect(drawn(text, each, false)).toEqual(wanted);
  expect(drawn(text, each, true)).toEqual(wanted);
}, 20_000);

test.each(corpus)("on the page in pieces as at once: $name", ({ text }) => {
  const { root, view: whole } = view();
  whole.update(text, OPTIONS);
  expectInert(root);
  for (const isGrowing of [true, false]) {
    const { root: other, view: growing } = view();
    for (const end of ends(text.length, { seed: 1, longest: text.length / 4 })) growing.update(text.slice(0, end), OPTIONS, isGrowing);
    growing.update(text, OPTIONS);
    expect(shape(other)).toBe(shape(root));
  }
}, 20_000);
