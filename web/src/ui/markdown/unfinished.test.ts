import { afterEach, describe, expect, test } from "vitest";
import { ordered } from "./math";
import { MarkdownView, type Options } from "./render";
import { SAMPLE } from "./sample";
import { closed } from "./unfinished";

const delimiters = ordered([{ left: "$$", right: "$$", display: true }]);
const OPTIONS: Options = { sanitize: true, lineBreaks: true, headerLinks: false, delimiters };

const views: MarkdownView[] = [];

afterEach(() => {
  for (const view of views.splice(0)) view.destroy();
});

/** What a reader sees after each character. */
function seen(text: string): string[] {
  const root = document.createElement("div");
  const view = new MarkdownView(root);
  views.push(view);
  return [...text].map((_, index, all) => {
    view.update(all.slice(0, index + 1).join(""), OPTIONS, true);
    return (root.textContent ?? "").replace(/\s+/g, " ").trim();
  });
}

test.each([
  ["a **bo", "a **bo**"],
  ["a **bold*", "a **bold**"],
  ["a **bold**", "a **bold**"],
  ["a **", "a "],
  ["a *it _both", "a *it _both_*"],
  ["un*fin", "un*fin"],
  ["2 * 3 and snake_case", "2 * 3 and snake_case"],
  ["a `co", "a `co`"],
  ["a ``co`", "a ``co``"],
  ["a ~~gone", "a ~~gone~~"],
  ["about ~5 items", "about ~5 items"],
  ["see [the pa", "see the pa"],
  ["see [the page](htt", "see the page"],
  ["see [the page](https://a.b)", "see [the page](https://a.b)"],
  ["see [**the", "see **the**"],
  ["an ![image](htt", "an "],
  ["note[^", "note"],
  ["x $$a + b", "x "],
  ["costs $5", "costs $5"],
  ["text\n-", "text\n"],
  ["text\n==", "text\n"],
  ["- [", "-"],
  ["a <sp", "a "],
  ["AT&am", "AT"],
  ["```py\nx = **1\n``", "```py\nx = **1\n"],
  ["```py\nx = **1", "```py\nx = **1"],
  ["done\n\n``", "done\n\n"],
  ["| a | b |\n|--", "| a | b |\n|---|---|\n"],
  ["| a | b", ""],
  ["| a | b |\n|---|---|\n| **1", "| a | b |\n|---|---|\n| **1**"],
  ["- **a\n- b", "- **a\n- b"],
])("%j is drawn as %j", (text, drawn) => {
  expect(closed(text, { delimiters })).toBe(drawn);
});

/** Texts as models write them. */
const COMMON = [
  "Here is **bold**, *italic*, ***both***, `code` and ~~gone~~ text, **bold with `code` in it** too.",
  "See [the page](https://example.org/a_(b)?q=1) and ![a picture](https://example.org/a.png) at the end.",
  "# Title\n\nSome text.\n\n## Second *title*\n\n1. one\n2. **two**: text\n   - nested `x`\n   - [ ] open\n   - [x] done\n\n---\n\nend",
  "| Name | **Size** |\n|:-----|-----:|\n| a | 1 |\n| `b` | **2** |\n\nafter",
  "Text:\n\n```python\ndef f(x):\n    return x ** 2 * [1]\n```\n\nand\n\n~~~\n`x`\n~~~\n",
  "The sum $$\\frac{a}{b}$$ and\n\n$$\nx_1 + y\n$$\n\ncosts $5 or 2 * 3 = 6 with snake_case_names.",
  "A claim[^1] and another[^2].\n\n[^1]: The source.\n[^2]: Another.\n",
  "> quoted **text\n> that goes on** here\n\nAT&amp;T &lt;x&gt; <b>html</b> line<br>break\n\n- a\n- b\n",
  "**مرحبا** بالعالم و`code`\n\n- שלום **עולם**\n",
];

describe("while a text comes", () => {
  test.each(COMMON)("nothing that was there goes away: %j", (text) => {
    let longest = "";
    for (const now of seen(text)) {
      // A formula is longer as its source than drawn, and says both.
      expect(now.length, `${longest} -> ${now}`).toBeGreaterThanOrEqual(longest.length);
      longest = now;
    }
  });

  test.each(COMMON)("no sign of Markdown flashes up: %j", (text) => {
    const allowed = text.includes("```") || text.includes("$$");
    for (const now of seen(text)) {
      expect(now).not.toMatch(/\*\*[^ ]|\]\(|\[\^|~~|\|--|^```|&am|<b/);
      if (!allowed) expect(now).not.toMatch(/[*`|]/);
    }
  });

  test("at the end it is drawn as it is", () => {
    const draw = (...steps: [string, boolean][]): string => {
      const root = document.createElement("div");
      const view = new MarkdownView(root);
      views.push(view);
      for (const [text, isGrowing] of steps) view.update(text, OPTIONS, isGrowing);
      return root.innerHTML;
    };
    const growing = Array.from({ length: SAMPLE.length / 7 }, (_, i): [string, boolean] => [SAMPLE.slice(0, 7 * i), true]);
    expect(draw(...growing, [SAMPLE, false])).toBe(draw([SAMPLE, false]));
    for (const text of ["a **b", "a[^1]", "x $$y"]) expect(draw([text, true], [text, false])).toBe(draw([text, false]));
  }, 30_000);
});
