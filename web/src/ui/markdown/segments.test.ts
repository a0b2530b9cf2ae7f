import { expect, test } from "vitest";
import { ordered } from "./math";
import { ends, SAMPLE, WITH_DEFINITIONS } from "./sample";
import { Segments, type Options } from "./segments";

const WORDS = { title: "Footnotes", back: (number: number) => `Back to ${number}` };

function make(options: Partial<Options> = {}): Segments {
  const delimiters = ordered([{ left: "$$", right: "$$", display: true }]);
  return new Segments({ sanitize: true, lineBreaks: false, headerLinks: true, delimiters, ...options }, "md-", WORDS);
}

const drawn = (segments: Segments, text: string): string[][] =>
  segments.of(text).map((segment) => [segment.signature, segment.html()]);

test.each([
  ["a text", SAMPLE, {}],
  ["with line breaks", SAMPLE, { lineBreaks: true, headerLinks: false }],
  ["with definitions", WITH_DEFINITIONS, {}],
  ["with an author's HTML", SAMPLE, { sanitize: false }],
  ["backwards", SAMPLE.split("\n\n").toReversed().join("\n\n"), {}],
] as const)("a text that grows is cut as if it had been there at once: %s", (_, sample, options) => {
  for (const [seed, longest] of [[1, 1], [2, 7], [3, 30], [4, 90], [5, 400]] as const) {
    const growing = make(options);
    for (const end of ends(sample.length, { seed, longest })) {
      const text = sample.slice(0, end);
      const whole = drawn(make(options), text);
      expect(drawn(growing, text), `seed ${seed}, after ${end}`).toEqual(whole);
    }
  }
}, 60_000);

/** Lines that lists and tables consist of, go on with, or end at. */
const LINES = [
  "- a", "- b **x**", "* c", "1. d", "3) e", "- [ ] f", "- [x] g", "  - within", "   - three", "-    wide", "\t- tab", "-", "- ", "1.",
  "  more", "lazy", "", "", "  ", "text", "---", "===", "--", "# h", "- # h", "> q", "- > q", "```", "  ```", "- ```", "$$", "x$$", "- $$ y",
  "| a | b |\n|---|---|", "| 1 | 2\\|3 |", "| `a|b` |", "| <b>x | </table> |", "a | b", "- <b>bold", "- <li>", "<br>", "</b>", "<div>", "</div>", "<!--", "-->",
  "[r]", "- [^n] and [r]", "[r]: /u", '[r]: /u "t', '"', "[^n]: note", "    code", "- `", "**",
  "- 1\n- 2\n- 3\n- 4", "1. 1\n2. 2\n3. 3\n4. 4", "- 1\n\n- 2\n\n- 3\n\n- 4\n", "Text:\n- 1\n- 2\n- 3\n- 4\n- 5", "| h | i |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n| 5 | 6 |\n| 7 | 8 |",
] as const;

test("lists and tables are cut as if they had been there at once, whatever they are among", () => {
  let state = 1;
  const under = (most: number): number => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return Math.floor((state / 4_294_967_296) * most);
  };
  for (let count = 0; count < 150; count++) {
    const text = Array.from({ length: 4 + under(14) }, () => LINES[under(LINES.length)]).join("\n");
    const options = { headerLinks: under(2) === 0, lineBreaks: under(2) === 0 };
    const growing = make(options);
    const closing = make(options);
    for (let end = 1; end <= text.length; end++) {
      const now = text.slice(0, end);
      if (end % 3 === 0 || end === text.length) expect(drawn(growing, now), JSON.stringify(now)).toEqual(drawn(make(options), now));
      else growing.of(now);
      closing.of(now, true);
    }
    expect(drawn(closing, text), JSON.stringify(text)).toEqual(drawn(make(options), text));
  }
}, 60_000);

test("only the end of a long text is read again", () => {
  const start = Array.from({ length: 2_000 }, (_, i) => `Paragraph ${i} with **bold**.`).join("\n\n");
  const growing = make();
  growing.of(start);
  const before = performance.now();
  for (let i = 0; i < 100; i++) growing.of(`${start} ${"word ".repeat(i)}`);
  const ends = performance.now() - before;
  const again = performance.now();
  for (let i = 0; i < 5; i++) make().of(start);
  expect(ends / 100).toBeLessThan((performance.now() - again) / 5 / 3);
}, 20_000);

test.each([
  ["tags", "<a "],
  ["quotes", '<a "'],
  ["comments", "<!--"],
  ["dollars", "$$ "],
  ["notes", "[^"],
  ["fences", "```\n"],
  ["definitions", "[^a]: b\n"],
  ["quotations", "> "],
  ["bullets", "- "],
])("100,000 characters of %s are read", (_, piece) => {
  const text = piece.repeat(100_000 / piece.length);
  expect(make().of(text).length).toBeGreaterThan(0);
});
