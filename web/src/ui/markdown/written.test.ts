import { describe, expect, test } from "vitest";
import corpus from "../../../../tests/markdown/corpus.json";
import { MarkdownView, type Options } from "./render";
import { sanitized, written } from "./sanitize";
import { Segments } from "./segments";

function options(tags: readonly string[] | boolean): Options {
  return { sanitize: true, lineBreaks: true, headerLinks: false, delimiters: [], isWritten: written(tags) };
}

function draw(text: string, tags: readonly string[] | boolean, isGrowing = false): string {
  const root = document.createElement("div");
  new MarkdownView(root).update(text, options(tags), isGrowing);
  return root.innerHTML.replace(/\n/g, "");
}

describe("tags of names that no standard has", () => {
  test.each([
    ["<thinking>hm **b**</thinking> <b>x</b>", true, "<p>&lt;thinking&gt;hm <strong>b</strong>&lt;/thinking&gt; <b>x</b></p>"],
    ["<thinking>hm</thinking> <foo-bar a=1>q</foo-bar>", ["Thinking"], "<p>&lt;thinking&gt;hm&lt;/thinking&gt; q</p>"],
    ["<thinking>hm</thinking>", false, "<p>hm</p>"],
    ["<think>\n**b**\n</think>", true, "<p>&lt;think&gt;<br><strong>b</strong><br>&lt;/think&gt;</p>"],
    ["<div>\n<think>b</think>\n</div>", true, "<div>&lt;think&gt;b&lt;/think&gt;</div>"],
    ["`<think>` <svg><path d='M0 0'></path></svg>", true, '<p><code>&lt;think&gt;</code> <svg><path d="M0 0"></path></svg></p>'],
    ["<my-tag onclick=alert(1)>x", true, "<p>&lt;my-tag onclick=alert(1)&gt;x</p>"],
    ["a <script>alert(1)</script> b", ["script"], "<p>a  b</p>"],
  ] as const)("%j with %j", (text, tags, drawn) => {
    expect(draw(text, tags)).toBe(drawn);
  });

  test("while a text comes half of one waits, and what is in it is drawn closed", () => {
    expect(draw("<think", true, true)).toBe("");
    expect(draw("<think>\na **bo", true, true)).toBe("<p>&lt;think&gt;<br>a <strong>bo</strong></p>");
  });

  test("nothing of the corpus comes through", () => {
    for (const { name, text } of corpus) {
      const html = new Segments(options(true), "md-", { title: "", back: String }).of(text).map((segment) => segment.html()).join("");
      for (const element of sanitized(html).querySelectorAll("*")) {
        expect(element instanceof HTMLUnknownElement, `${name}: ${element.outerHTML}`).toBe(false);
        for (const { name: attribute } of element.attributes) expect(attribute, name).not.toMatch(/^on/i);
      }
    }
  }, 20_000);
});
