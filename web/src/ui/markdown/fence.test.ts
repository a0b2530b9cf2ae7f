import { expect, test, vi } from "vitest";
import { ordered } from "./math";
import { MarkdownView, type Options } from "./render";
import { Segments } from "./segments";

const OPTIONS: Options = { sanitize: true, lineBreaks: true, headerLinks: false, delimiters: ordered([{ left: "$$", right: "$$", display: true }]) };

function view(): { root: HTMLElement; view: MarkdownView } {
  const root = document.createElement("div");
  return { root, view: new MarkdownView(root) };
}

const CODE = ["Text.\n\n```py x\n", "def f(a):\n\n    ``` `` ~~~\n  return `a` < 'b' & \"c\"\n\n\n``\n````\n", "~~~\n", "``` no end\n", "x\n```\n\nAfter **it**"];

test.each([
  ["code", CODE.join("")],
  ["code of tildes", CODE.join("").replace(/```py/, "~~~~py")],
  ["code in a list", "- a\n  ```\n  b\n  ```\n- c"],
  ["no code", "a ``` b\nc"],
  ["code with odd characters", "```\na\u0000b\nc\u0000\nd\u00a0\u2028\n"],
  ["code behind a definition", "[a]: /b\n\n[a]\n\n```\ncode\nmore\n"],
  ["code with carriage returns", "```\r\na\r\nb\r\nc"],
])("%s looks the same added to as drawn at once, at each character", (_, text) => {
  const { root, view: growing } = view();
  for (let end = 1; end <= text.length; end++) {
    growing.update(text.slice(0, end), OPTIONS, true);
    const { root: other, view: whole } = view();
    whole.update(text.slice(0, end), OPTIONS, true);
    // Empty lines at the end count once the line behind them comes.
    expect(root.textContent.trimEnd(), JSON.stringify(text.slice(0, end))).toBe(other.textContent.trimEnd());
  }
  growing.update(text, OPTIONS);
  const { root: other, view: whole } = view();
  whole.update(text, OPTIONS);
  root.normalize();
  expect(root.innerHTML).toBe(other.innerHTML);
}, 20_000);

test("what is added to code costs no reading of what was there", () => {
  const read = vi.spyOn(Segments.prototype, "of");
  const { root, view: growing } = view();
  let text = "Some text.\n\n```python\n";
  growing.update(text, OPTIONS, true);
  const node = root.querySelector("code")?.firstChild;
  for (let i = 0; i < 500; i++) growing.update((text += `x${i} = ${i}\n`), OPTIONS, true);
  expect(read.mock.calls.length).toBeLessThanOrEqual(2);
  expect(root.querySelector("code")?.firstChild).toBe(node);
  expect(root.querySelector("code")?.textContent).toContain("x499 = 499");
});

test("a text that grew and is taken back is drawn as it was", () => {
  const { root, view: growing } = view();
  growing.update("```\na\n", OPTIONS, true);
  growing.update("```\na\nb\n", OPTIONS, true);
  growing.update("```\na\n", OPTIONS, true);
  expect(root.querySelector("code")?.textContent).toBe("a\n");
});
