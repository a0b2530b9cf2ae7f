import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import * as formula from "./formula";
import * as highlight from "./highlight";
import { MarkdownView, ordered, type Options } from "./render";
import { ends, SAMPLE, WITH_DEFINITIONS } from "./sample";

const DOLLARS = [{ left: "$$", right: "$$", display: true }];

const OPTIONS: Options = { sanitize: true, lineBreaks: false, headerLinks: false, delimiters: ordered(DOLLARS) };

const views: MarkdownView[] = [];

function view(options: Partial<Options> = {}): { root: HTMLElement; show: (text: string) => HTMLElement } {
  const root = document.createElement("div");
  document.body.append(root);
  const made = new MarkdownView(root);
  views.push(made);
  const all = { ...OPTIONS, ...options };
  return {
    root,
    show: (text) => {
      made.update(text, all);
      return root;
    },
  };
}

function draw(text: string, options: Partial<Options> = {}): HTMLElement {
  return view(options).show(text);
}

/** Without what differs from one view to the next. */
const shape = (root: HTMLElement): string => root.innerHTML.replace(/\bmd\d+-/g, "md-");

beforeAll(async () => {
  await Promise.all([formula.load(), highlight.load("python"), highlight.load("html"), highlight.load("javascript")]);
}, 20_000);

afterEach(() => {
  for (const made of views.splice(0)) made.destroy();
  document.body.replaceChildren();
});

describe("GitHub-flavoured Markdown", () => {
  test("tables, tasks, strikethrough and bare addresses", () => {
    const root = draw("| a | b |\n|---|:-:|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n~~no~~ www.example.org\n");
    expect(root.querySelector("td[align=center]")?.textContent).toBe("2");
    const boxes = [...root.querySelectorAll<HTMLInputElement>("input[type=checkbox]")];
    expect(boxes.map((box) => [box.checked, box.disabled, box.getAttribute("aria-label")])).toEqual([
      [true, true, "done"],
      [false, true, "open"],
    ]);
    expect(root.querySelector("del")?.textContent).toBe("no");
    expect(root.querySelector("a")?.getAttribute("href")).toBe("http://www.example.org");
  });

  test("line breaks count when asked for", () => {
    expect(draw("a\nb").querySelector("br")).toBeNull();
    expect(draw("a\nb", { lineBreaks: true }).querySelector("br")).not.toBeNull();
  });

  test("an HTML element may span blocks", () => {
    const root = draw("<details><summary>More</summary>\n\n# Inside\n\n- a\n\n</details>\n\nafter");
    expect(root.querySelector("details > h1")?.textContent).toBe("Inside");
    expect(root.querySelector("details > ul")).not.toBeNull();
    expect(root.lastElementChild?.outerHTML).toBe("<p>after</p>");
  });

  test("footnotes are numbered as they are mentioned, and lead back", () => {
    const root = draw("a[^z] b[^y] c[^z] d[^none]\n\n[^y]: why\n[^z]: zed *x*\n[^unused]: never");
    expect([...root.querySelectorAll("sup a")].map((a) => a.textContent)).toEqual(["1", "2", "1"]);
    expect([...root.querySelectorAll(".footnotes li")].map((li) => li.textContent)).toEqual(["zed x ↩", "why ↩"]);
    const href = root.querySelector("sup a")?.getAttribute("href") ?? "";
    expect(root.querySelector(href)?.textContent).toContain("zed");
    const back = root.querySelector(".footnote-back");
    expect(back?.getAttribute("aria-label")).toBe("Back to reference 1");
    expect(root.querySelector(back?.getAttribute("href") ?? "")).toBe(root.querySelector("sup a"));
    expect(root.textContent).toContain("d[^none]");
  });

  test("headings have links to themselves when asked for", () => {
    const root = draw("# Same\n\n# Same\n\n## Ünï *x* `c`!", { headerLinks: true });
    const headings = [...root.querySelectorAll("h1, h2")];
    expect(headings.map((h) => h.id)).toEqual(["h-same", "h-same-1", "h-ünï-x-c"]);
    expect(headings.map((h) => h.getAttribute("aria-label"))).toEqual(["Same", "Same", "Ünï x c!"]);
    expect(headings[1]?.querySelector("a")?.getAttribute("href")).toBe("#h-same-1");
    expect(headings[1]?.querySelector("a")?.getAttribute("aria-label")).toBe("Link to this section: Same");
    expect(draw("# Same").querySelector("h1")?.outerHTML).toBe("<h1>Same</h1>");
  });

  test("links to other places open a new tab", () => {
    const root = draw("[out](https://example.org/x) [in](/a) [here](#b) [mail](mailto:a@b.c)");
    const targets = [...root.querySelectorAll("a")].map((a) => [a.target, a.rel]);
    expect(targets).toEqual([["_blank", "noopener noreferrer"], ["", ""], ["", ""], ["", ""]]);
  });
});

describe("code", () => {
  test("is coloured once its fence is closed", () => {
    const { root, show } = view();
    show("```python\nx = 1\n");
    expect(root.querySelector("code")?.innerHTML).toBe("x = 1\n");
    show("```python\nx = 1\n```");
    expect(root.querySelector("code .hljs-number")?.textContent).toBe("1");
    expect(root.querySelector("code")?.className).toBe("language-python hljs");
  });

  test("in a language that is not loaded yet is plain, then coloured", async () => {
    const { root, show } = view();
    show("```rust\nfn main() {}\n```");
    expect(root.querySelector(".hljs-keyword")).toBeNull();
    await vi.waitFor(() => expect(root.querySelector(".hljs-keyword")?.textContent).toBe("fn"));
  });

  test("in an unknown language stays plain", () => {
    expect(draw("```klingon\nqapla' <b>\n```").querySelector("code")?.innerHTML).toBe("qapla' &lt;b&gt;\n");
    expect(draw("```constructor\nx\n```").querySelector("code")?.textContent).toBe("x\n");
  });

  test("has a button that copies it", async () => {
    const writeText = vi.fn(() => Promise.resolve());
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    const button = draw("```\na\n b\n```").querySelector("button");
    expect(button?.getAttribute("aria-label")).toBe("Copy code");
    button?.click();
    await vi.waitFor(() => expect(button?.getAttribute("aria-label")).toBe("Copied"));
    expect(writeText).toHaveBeenCalledExactlyOnceWith("a\n b");
  });
});

describe("formulas", () => {
  const both = ordered([...DOLLARS, { left: "$", right: "$", display: false }, { left: "\\(", right: "\\)", display: false }]);
  const sources = (root: HTMLElement): (string | null)[] =>
    [...root.querySelectorAll("annotation")].map((source) => source.textContent);

  test("stand between delimiters, in the line or alone", () => {
    const root = draw("a $x_1$ and \\(y\\)\n\n$$\nz_1 = \\{ a \\} \\\\\n- b\n$$\n", { delimiters: both });
    expect(sources(root).map((source) => source?.trim())).toEqual(["x_1", "y", "z_1 = \\{ a \\} \\\\\n- b"]);
    expect(root.querySelectorAll(".katex-display")).toHaveLength(1);
    expect(root.querySelector("em, ul")).toBeNull();
  });

  test("are not looked for in code, nor in amounts of money", () => {
    const root = draw("`$$x$$` and $5 or $6\n\n```\n$$y$$\n```\n\n    $$z$$", { delimiters: both });
    expect(sources(root)).toEqual([]);
    expect(root.textContent).toContain("$5 or $6");
  });

  test("only with the delimiters given", () => {
    expect(sources(draw("$x$ $$y$$"))).toEqual(["y"]);
    expect(sources(draw("$x$ $$y$$", { delimiters: [] }))).toEqual([]);
  });

  test("with mistakes show them and harm nothing", () => {
    const root = draw("$$\\frac{$$ $$\\href{javascript:alert(1)}{x}$$ $$<img src=x onerror=alert(1)>$$");
    expect(root.querySelector("img, a, script")).toBeNull();
  });
});

/** What could run, load or cover something. */
const ATTACKS = [
  "<script>alert(1)</script>",
  "text <script>alert(1)</script> text",
  "<img src=x onerror=alert(1)>",
  "text <img src=x onerror=alert(1)>",
  "<svg onload=alert(1)></svg>",
  "<svg><script>alert(1)</script></svg>",
  "<svg><style>*{color:red}</style></svg>",
  "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>",
  "<svg><animate onbegin=alert(1) attributeName=x></svg>",
  "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
  "<a href='javascript:alert(1)'>x</a>",
  "<a href=' java\nscript:alert(1)'>x</a>",
  "<a href='&#106;avascript:alert(1)'>x</a>",
  "[x](javascript:alert(1))",
  "[x](<java\tscript:alert(1)>)",
  "[x](JaVaScRiPt:alert(1))",
  "[x](vbscript:alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  "![x](javascript:alert(1))",
  "[x]: javascript:alert(1)\n\n[x]",
  "<javascript:alert(1)>",
  "<style>body{display:none}</style>",
  "<link rel=stylesheet href=//evil>",
  "<meta http-equiv=refresh content='0;url=//evil'>",
  "<base href=//evil>",
  "<iframe src='javascript:alert(1)'></iframe>",
  "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
  "<object data=//evil></object><embed src=//evil>",
  "<form action=//evil><input name=password><button formaction='javascript:alert(1)'>x</button></form>",
  "<details open ontoggle=alert(1)>x</details>",
  "<video><source onerror=alert(1)></video>",
  "<body onload=alert(1)>",
  "<template><img src=x onerror=alert(1)></template>",
  "<div style='position:fixed;inset:0;background:url(//evil)'>x</div>",
  "<div class='fills-window'>x</div>",
  '```"><img src=x onerror=alert(1)>\nx\n```',
  '`<img src=x onerror=alert(1)>`',
  '![x" onerror="alert(1)](y)',
  '[x](y "z\\" onmouseover=alert(1)")',
  "| <img src=x onerror=alert(1)> |\n|--|\n| <script>alert(1)</script> |",
  "# <img src=x onerror=alert(1)>",
  "x[^1]\n\n[^1]: <img src=x onerror=alert(1)>",
  "x[^<b onclick=alert(1)>]\n\n[^<b onclick=alert(1)>]: y",
  "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
  "<!--><img src=x onerror=alert(1)>-->",
  "<span data-math='display' data-tex='\\\\href{javascript:alert(1)}{x}'>x</span>",
  "<code class=language-python>x</code><pre><code class='language-python'>&lt;img src=x onerror=alert(1)></code></pre>",
];

describe("what is inert", () => {
  test.each(ATTACKS)("%s", (text) => {
    const root = draw(`before\n\n${text}\n\nafter`, { headerLinks: true });
    expect(root.querySelector("script, style, link, meta, base, iframe, object, embed, form, template")).toBeNull();
    for (const element of root.querySelectorAll("*")) {
      for (const { name, value } of element.attributes) {
        expect(name).not.toMatch(/^on|^formaction$|^srcdoc$/i);
        // eslint-disable-next-line no-control-regex -- browsers drop them inside a scheme
        const bare = value.replace(/[\u0000-\u0020]/g, "");
        if (/^(?:href|src|xlink:href|action|data)$/.test(name)) expect(bare).not.toMatch(/^(?:javascript|vbscript|data:text)/i);
        if (name === "style") expect(value).not.toMatch(/position:\s*fixed|url\(/i);
        if (name === "class") expect(value).not.toContain("fills-window");
      }
    }
  });

  test("an author's own HTML stays when sanitising is off, and its scripts still do not run", () => {
    const root = draw("<script>window.ran = true</script><style>.a{}</style>\n<form class=mine></form>", { sanitize: false });
    expect(root.querySelector("form.mine")).not.toBeNull();
    expect(root.querySelector("style")).not.toBeNull();
    expect((window as unknown as Record<string, unknown>)["ran"]).toBeUndefined();
  });

  test("ordinary HTML stays", () => {
    const html = '<h1 style="text-align: center;" class="mine" id="yy">chat</h1>';
    expect(draw(html).querySelector("h1")?.outerHTML.replace("center;", "center")).toBe(html.replace("center;", "center"));
  });
});

describe("growing text", () => {
  test.each([
    ["a text", SAMPLE, {}],
    ["with definitions", WITH_DEFINITIONS, { headerLinks: true, lineBreaks: true }],
    ["with an author's HTML", SAMPLE, { sanitize: false }],
  ] as const)("looks at the end as if it had been there at once: %s", (_, sample, options) => {
    const { root, show } = view(options);
    for (const end of ends(sample.length, { seed: 1, longest: 120 })) {
      show(sample.slice(0, end));
    }
    expect(shape(root)).toBe(shape(draw(sample, options)));
  }, 30_000);

  test("finished blocks keep their nodes, and so does the text that grows", () => {
    const { root, show } = view();
    show("# One\n\n```python\nx = 1\n```\n\ntwo words");
    const [heading, code, paragraph] = root.children;
    const text = paragraph?.firstChild;
    show("# One\n\n```python\nx = 1\n```\n\ntwo words and **more**\n\nend");
    expect([...root.children].slice(0, 3)).toEqual([heading, code, paragraph]);
    expect(root.children[0]).toBe(heading);
    expect(root.children[1]).toBe(code);
    expect(root.children[2]?.firstChild).toBe(text);
  });

  test("another text replaces it", () => {
    const { root, show } = view();
    show("a\n\nb\n\nc\n\nd");
    expect(show("x").innerHTML).toBe("<p>x</p>\n");
    expect(show("").innerHTML).toBe("");
    expect(show("y\n\nz").textContent).toBe("y\nz\n");
    expect(root.children).toHaveLength(2);
  });
});
