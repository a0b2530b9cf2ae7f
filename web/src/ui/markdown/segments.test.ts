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
