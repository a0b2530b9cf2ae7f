import { expect, test } from "vitest";
import { safeHref } from "./address";
import { lines } from "./richtext";

test("plain text is one line of one segment", () => {
  expect(lines("All good")).toEqual([[{ text: "All good" }]]);
});

test("newlines, <br> and paragraphs break lines", () => {
  expect(lines("a\nb<br/>c<p>d</p><p>e</p>")).toEqual([
    [{ text: "a" }],
    [{ text: "b" }],
    [{ text: "cd" }],
    [{ text: "e" }],
  ]);
});

test("links in three spellings are kept", () => {
  expect(lines('See <a href="https://a.test/x?y=1&amp;z">A</a>, [B](/b) and https://c.test/d.')).toEqual([
    [
      { text: "See " },
      { text: "A", href: "https://a.test/x?y=1&z" },
      { text: ", " },
      { text: "B", href: "/b" },
      { text: " and " },
      { text: "https://c.test/d", href: "https://c.test/d" },
      { text: "." },
    ],
  ]);
});

test("strong and code are kept, other tags go, a lone < stays", () => {
  expect(lines("<b>x</b> `y` **z** <i>w</i> 1 < 2")).toEqual([
    [
      { text: "x", strong: true },
      { text: " " },
      { text: "y", code: true },
      { text: " " },
      { text: "z", strong: true },
      { text: " w 1 < 2" },
    ],
  ]);
});

test("scripts stay visible text and entities are read", () => {
  expect(lines("<script>alert(1)</script> &lt;b&gt; &#39;")).toEqual([
    [{ text: "<script>alert(1)</script> <b> '" }],
  ]);
});

test.each([
  "javascript:alert(1)",
  "JaVaScRiPt:alert(1)",
  "java\tscript:alert(1)",
  " javascript:alert(1)",
  "&#106;avascript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "",
])("%j is no address for a link", (address) => {
  expect(safeHref(address)).toBeNull();
});

test("a link with such an address is only its text", () => {
  expect(lines('<a href="javascript:alert(1)">go</a>')).toEqual([[{ text: "go" }]]);
});
