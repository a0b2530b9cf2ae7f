import { expect, test } from "vitest";
import corpus from "../../../../tests/markdown/corpus.json";
import { ordered } from "./math";
import { plain } from "./plain";
import { sanitized } from "./sanitize";
import { Segments } from "./segments";

const delimiters = ordered([{ left: "$$", right: "$$", display: true }]);

function shown(content: DocumentFragment): string {
  const root = document.createElement("div");
  root.append(content);
  return root.innerHTML;
}

function htmlOf(text: string): string[] {
  const segments = new Segments({ sanitize: true, lineBreaks: true, headerLinks: false, delimiters }, "md-", { title: "Footnotes", back: String });
  return segments.of(text).map((segment) => segment.html());
}

test("what is not sanitised looks as if it had been, whatever the text", () => {
  let count = 0;
  for (const html of corpus.flatMap(({ text }) => htmlOf(text))) {
    const content = plain(html);
    if (content === null) continue;
    count += 1;
    expect(shown(content), html).toBe(shown(sanitized(html)));
  }
  expect(count).toBeGreaterThan(200);
});

test("what models mostly write needs no sanitising", () => {
  const text =
    "# Title\n\nSome **bold**, *it*, ~~no~~ `code` <https://a.b/?c&d> [link](https://a.b 'Title \"x\" <y>') a@b.co  \nline\n\n---\n\n> quote\n\n" +
    "3. three\n\n   more\n4. four\n   - [x] done\n   - [ ] open\n\n```c++\na < b && c\n```\n\n    code\n\n| a | b |\n|:-|-:|\n| 1 | 2 |\n\n```py\nopen";
  for (const html of htmlOf(text)) expect(plain(html), html).not.toBeNull();
});

test.each([
  "<p onclick=x>a</p>",
  "<img src=x>",
  "<p><script>x</script></p>",
  "<<p>script>x</script>",
  "<a href=\"javascript:x\">a</a>",
  "<a href=\"https://a.b\" onclick=\"x\">a</a>",
  "<a href='https://a.b'>a</a>",
  "<a href=\"//a.b\">a</a>",
  "<a href=\"https://a.b\"title=\"<img>\">a</a>",
  "<code class=\"language-a fills-window\">a</code>",
  "<!-- <p> -->",
  "<P>a</P>",
  "<p >a</p>",
  "a < b",
  "<svg></svg>",
  "<p>a</p><",
])("%s has to be sanitised", (html) => {
  expect(plain(html)).toBeNull();
});
