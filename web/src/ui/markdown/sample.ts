/** For tests: a text with everything that could change its meaning while it grows, and ways to cut it. */

export const SAMPLE = [
  "# Title *one*\n\nSome **bold\ntext** with `code` and [link](https://example.org), costs $5.\nSetext\n===\n",
  "1. one\n\n   more\n2. two\n   - [x] nested\n   - other\n\n2\n***\n\nlazy\n> quote\n> - list\ncontinued\n\n",
  "```python\ndef f(x):\n    return d[x]: 1\n\n# comment\n```\n\n~~~~html\n<p>x</p>\n~~~\n~~~~\n\n    indented\n\n    code\n\n",
  "| a | b |\n|---|---|\n| 1 | $$x$$ |\n\ntext\n$$\na\n- b\n# c\n$$\n\n$$ unclosed\n- x\n\n\\$\\$ <b>inline</b>\n\n",
  "<details>\n<summary>s</summary>\n\n## In it\n\n```js\nlet a = 1;\n```\n\n</details>\n\n<div align=center>\n\nx\n\n</div>\n\n",
  "# Title *one*\n\n- a\n\n- b\n\n\n+ c\n\n<think>\nhm\n</think>\n\nwww.example.org a@b.co ~~x~~\n\n<!-- comment\n\n# hidden\n-->\n\n",
  "para\n```\nfence without end\n\n# no heading",
].join("");

export const WITH_DEFINITIONS = `[early][r] and note[^n].\n\n${SAMPLE.replace(/```\nfence[^]*$/, "\n\n")}[late][r] [^n]\n\n[r]: /there 'T'\n[^n]: the note\n\nend`;

/** Where a growing text ends, from time to time; the same ones for the same seed. */
export function ends(length: number, { seed, longest }: { seed: number; longest: number }): number[] {
  const found: number[] = [];
  let state = seed;
  for (let end = 0; end < length; ) {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    end = Math.min(length, end + 1 + Math.floor((state / 4_294_967_296) * longest));
    found.push(end);
  }
  return found;
}
