import { render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fakeHost, nodeContext, type Fake } from "$ui/testing";
import Html from "./Html.svelte";
import "./Sandbox.svelte"; // loaded before a test waits for it
import type { Props } from "./live.svelte";
import { scoped } from "./scope";
import { filled } from "./template";

type HtmlFake = Fake<Props, unknown>;

function draw(value: unknown, props: Partial<Props> = {}, members: Partial<HtmlFake> = {}): HtmlFake {
  const host = fakeHost<Props, unknown>({ name: "html", container: false, html_template: "${value}", ...props }, value, members);
  render(Html, { props: { host }, context: nodeContext() });
  return host;
}

const frame = (): HTMLElement => screen.getByTestId("html").querySelector<HTMLElement>(".html-container") ?? document.body;
const root = (): HTMLElement => frame().querySelector<HTMLElement>("[data-scope]") ?? document.body;

/** What scripts of the tests tell. */
const told: unknown[] = [];
const page = window as unknown as Record<string, unknown>;

beforeEach(() => {
  told.length = 0;
  page["tell"] = (what: unknown) => told.push(what);
});

afterEach(() => Reflect.deleteProperty(page, "tell"));

describe("templates", () => {
  test.each([
    ["${value}", { value: "<i>x</i>" }, "<i>x</i>"],
    ["[${value}]", { value: null }, "[]"],
    ["${foo}-${value}", { value: 1, foo: "f" }, "f-1"],
    ["${value.map(x => `<b>${x}</b>`).join('')}", { value: [1, 2] }, "<b>1</b><b>2</b>"],
    ["${value.map(x => { return `<b>${ {a: x}.a }</b>` /* } */ }).join('}')}", { value: [1, 2] }, "<b>1</b>}<b>2</b>"],
    ["a ` b $ {x} \\201C \\d", { value: 1 }, "a ` b $ {x} \\201C \\d"],
    ["\\${value}", { value: 1 }, "${value}"],
    ["{{value}} {{{value}}} {{&value}}", { value: "<'x'>" }, "&lt;&#x27;x&#x27;&gt; <'x'> <'x'>"],
    ["{{value.a.b}}[{{missing}}]{{missing.deep}}{{! no }}{{!-- {{no}} --}}", { value: { a: { b: 3 } } }, "3[]"],
    ["{{#if a}}A{{else if b}}B{{else}}C{{/if}}", { a: [], b: 1 }, "B"],
    ["{{#if a}}A{{else if b}}B{{else}}C{{/if}}", { a: 0, b: "" }, "C"],
    ["{{#unless a}}no{{else}}yes{{/unless}}", { a: 1 }, "yes"],
    ["{{#each value}}{{n}}{{this.n}}{{@index}}{{@first}}{{../foo}}{{#unless @last}},{{/unless}}{{else}}none{{/each}}", { value: [{ n: 1 }, { n: 2 }], foo: "f" }, "110truef,221falsef"],
    ["{{#each value}}x{{else}}none{{/each}}", { value: [] }, "none"],
    ["{{#each value}}{{@key}}={{this}};{{/each}}", { value: { a: 1, b: 2 } }, "a=1;b=2;"],
    ["{{#each value as |it i|}}{{i}}{{it.n}}{{/each}}", { value: [{ n: "a" }] }, "0a"],
    ["{{#with value.a}}{{b}}{{@root.foo}}{{/with}}{{lookup value 'c'}}", { value: { a: { b: 1 }, c: 2 }, foo: 3 }, "132"],
    ["${value.map(x => `{{foo}}${x}`).join('')}", { value: [1], foo: "<" }, "&lt;1"],
    ["{{value.constructor}}{{value.length}}", { value: "abc" }, "3"],
  ])("%s", (template, values, html) => {
    expect(filled(template, values)).toBe(html);
  });

  test("a value is never taken for code", () => {
    const value = "${1+1} {{foo}} `x` \\u0041";
    expect(filled("{{{value}}}${value}", { value, foo: "f" })).toBe(value + value);
  });

  test("mistakes are told", () => {
    expect(() => filled("${missing}", { value: 1 })).toThrow("missing is not defined");
    expect(() => filled("${value", { value: 1 })).toThrow(SyntaxError);
    expect(() => filled("{{#if a}}", { a: 1 })).toThrow("{{#if}} is not closed");
    expect(() => filled("{{#if a}}{{/each}}", { a: 1 })).toThrow("{{/each}} closes nothing");
    expect(() => filled("{{#nope a}}{{/nope}}", { a: 1 })).toThrow("{{#nope}} is not known");
  });

  test("props whose names JavaScript cannot bind harm nothing", () => {
    expect(filled("${a}{{class}}", { a: 1, class: "c", "data-x": 2, __h: 3 })).toBe("1c");
  });
});

describe("styles", () => {
  test.each([
    ["", ""],
    ["p { color: red }", "#x {p { color: red }}"],
    ["color: red; p { top: 0 }", "#x {color: red; p { top: 0 }}"],
    ["@keyframes a { to { top: 0 } } p { animation: a }", "@keyframes a { to { top: 0 } }\n#x { p { animation: a }}"],
    ["@media print { p { top: 0 } }", "#x {@media print { p { top: 0 } }}"],
    ["p::before { content: '}' } /* } */ b {}", "#x {p::before { content: '}' } /* } */ b {}}"],
    ["p { top: 0 } } body { display: none }", "#x {p { top: 0 } body { display: none }}"],
    ["p { top: 0", "#x {p { top: 0}}"],
  ])("%s", (css, result) => {
    expect(scoped(css, "#x").replace(/^\n/, "")).toBe(result);
  });

  test("stand in an element of their own and cannot end it", async () => {
    const host = draw("x", { css_template: "p { color: ${color}; }", props: { color: "red" } });
    const style = (): HTMLStyleElement | null => screen.getByTestId("html").querySelector("style");
    expect(style()?.textContent).toBe(`[data-scope="${root().id}"] {p { color: red; }}`);
    host.update({ props: { color: "</style><img src=x onerror=tell(1)>" } });
    await tick();
    expect(screen.getByTestId("html").querySelector("img")).toBeNull();
  });
});

describe("the block", () => {
  test("shows the markup in the app's typography", () => {
    draw("<b>hi</b>");
    expect(root().innerHTML).toBe("<b>hi</b>");
    expect(root().classList).toContain("prose");
  });

  test("without it when told so", () => {
    draw("x", { apply_default_css: false });
    expect(root().classList).not.toContain("prose");
  });

  test("scripts in a value do not run", async () => {
    draw("<script>tell(1)</script>");
    await tick();
    expect(told).toEqual([]);
  });

  test("a new value changes only what differs", async () => {
    const host = draw("new", { html_template: "<p>same</p><p>${value}</p>" });
    const [same, other] = root().children;
    host.put("newer");
    await tick();
    expect(root().innerHTML).toBe("<p>same</p><p>newer</p>");
    expect([...root().children]).toEqual([same, other]);
  });

  test("an equal value changes nothing, not even what a script did", async () => {
    const host = draw("a");
    root().append("by a script");
    host.put("a");
    host.update({ props: { unused: 1 } });
    await tick();
    expect(root().textContent).toBe("aby a script");
  });

  test("a mistake in a template is told in place, and mended by the next value", async () => {
    const host = draw(null, { html_template: "${value.name}", js_on_load: "tell('ran')", component_class_name: "Card" });
    host.put("x");
    host.update({ html_template: "${nope}" });
    await tick();
    expect(frame().textContent).toContain("(Card):");
    expect(frame().textContent).toContain("nope is not defined");
    expect(root().hidden).toBe(true);
    host.update({ html_template: "fine" });
    await tick();
    expect(root().hidden).toBe(false);
    expect(root().textContent).toBe("fine");
  });

  test("blocks inside are drawn at @children", () => {
    const child = fakeHost({ name: "textbox" }, null, { id: 7 });
    draw("v", { html_template: "<h3>${value}</h3>@children<footer>end</footer>" }, { children: [child] });
    const parts = [...root().children].map((part) => part.innerHTML);
    expect(parts[0]).toBe("<h3>v</h3>");
    expect(parts.at(-1)).toBe("<footer>end</footer>");
    expect(parts).toHaveLength(3);
  });

  test("higher content scrolls", () => {
    draw("x", { min_height: 50, max_height: 90, label: "Log" });
    expect([frame().style.minHeight, frame().style.maxHeight, frame().tabIndex]).toEqual(["50px", "90px", 0]);
    expect(screen.getByRole("group", { name: "Log" })).toBe(frame());
  });

  test("its label is shown in a frame only", async () => {
    const host = draw("x", { label: "Lab", show_label: true, container: true });
    expect(screen.getByTestId("block-label").textContent).toContain("Lab");
    host.update({ container: false });
    await tick();
    expect(screen.queryByTestId("block-label")).toBeNull();
  });
});

describe("the script", () => {
  test("finds the markup, tells events and changes props", async () => {
    const host = draw("a", {
      html_template: "<p>${value} ${title}</p>",
      props: { title: "T" },
      js_on_load:
        "tell([element.innerHTML, Object.keys(props), props.title, 'title' in props]); trigger('submit', {n: 1}); props.value = 'b'; props.title = 'U'",
    });
    await tick();
    await tick();
    expect(told).toEqual([["<p>a T</p>", ["value", "label", "visible", "title"], "T", true]]);
    expect(host.dispatched).toEqual([{ event: "submit", data: { n: 1 } }]);
    expect(host.written).toEqual(["b"]);
    expect(root().innerHTML).toBe("<p>b U</p>");
  });

  test("runs once", async () => {
    const host = draw("a", { js_on_load: "tell('ran')" });
    host.put("b");
    await tick();
    expect(told).toEqual(["ran"]);
  });

  test("calls server functions, with await", async () => {
    const call = vi.fn((_: string, data: unknown) => Promise.resolve({ got: data }));
    draw("a", { server_fns: ["plus"], js_on_load: "tell(await server.plus(1)); tell(await server.plus(1, 2)); tell(await server.plus())" }, { call });
    await vi.waitFor(() => expect(told).toEqual([{ got: 1 }, { got: [1, 2] }, { got: null }]));
    expect(call.mock.calls[0]).toEqual(["plus", 1]);
  });

  test("uploads files", async () => {
    const upload = vi.fn(() => Promise.resolve([{ path: "p", meta: { _type: "gradio.FileData" as const } }]));
    draw("a", { js_on_load: "tell(await upload(new File(['x'], 'x.txt')))" }, { upload, url: () => "u" });
    await vi.waitFor(() => expect(told).toEqual([{ path: "p", url: "u", meta: { _type: "gradio.FileData" } }]));
  });

  test("watches what the app changes, after it is drawn, and not what it changes itself", async () => {
    const host = draw("a", {
      props: { color: "red" },
      js_on_load: "watch(['value', 'color'], () => tell(element.textContent)); watch('color', () => tell('color'))",
    });
    host.put("b");
    await tick();
    expect(told).toEqual(["b"]);
    host.update({ props: { color: "blue" } });
    await tick();
    expect(told).toEqual(["b", "b", "color"]);
  });

  test("its own changes wake no watcher", async () => {
    draw("a", { js_on_load: "watch('value', () => tell('woken')); props.value = 'b'" });
    await tick();
    await tick();
    expect(root().textContent).toBe("b");
    expect(told).toEqual([]);
  });

  test("an update of one prop keeps the others", async () => {
    const host = draw("v", { html_template: "${a}-${b}", props: { a: 1, b: 2 } });
    host.update({ props: { b: 5 } });
    await tick();
    expect(root().textContent).toBe("1-5");
    expect(host.props.props).toEqual({ a: 1, b: 5 });
  });

  test("mistakes in it are told in place", async () => {
    const error = vi.spyOn(console, "error").mockImplementation(() => undefined);
    draw("shown", { js_on_load: "throw new Error('oops')" });
    await vi.waitFor(() => expect(frame().textContent).toContain("oops"));
    expect(root().textContent).toBe("shown");
    expect(error).toHaveBeenCalledOnce();
  });

  test("runs after what the head needs, which is added once", async () => {
    const head = "<meta name=probe><link rel=probe href=x><link rel=probe href=x>";
    draw("a", { head, js_on_load: "tell('a')" });
    draw("b", { head, js_on_load: "tell('b')" });
    await vi.waitFor(() => expect(told).toContain("b"));
    expect(document.head.querySelectorAll("meta[name=probe]")).toHaveLength(1);
    expect(document.head.querySelectorAll("link[rel=probe]")).toHaveLength(1);
    expect(told.filter((what) => what === "a" || what === "b")).toEqual(["a", "b"]);
  });
});

describe("the sandbox", () => {
  const iframe = (): HTMLIFrameElement => screen.getByTitle<HTMLIFrameElement>("Report");
  /** It is fetched where it is used. */
  const drawn = async (): Promise<void> => void (await screen.findByTitle("Report"));

  test("draws the markup in a frame of an origin of nobody's", async () => {
    draw("<script>tell(1)</script>", { sandbox: true, label: "Report", css_template: "b { color: ${color} }</style>", props: { color: "red" } });
    await drawn();
    expect(iframe().getAttribute("sandbox")?.split(" ")).not.toContain("allow-same-origin");
    expect(iframe().getAttribute("sandbox")).not.toContain("top-navigation");
    expect(iframe().srcdoc).toContain("<script>tell(1)</script>");
    expect(iframe().srcdoc).toContain("<style>b { color: red }<\\/style></style>");
    expect(screen.getByTestId("html").querySelector("[data-scope]")).toBeNull();
    expect(told).toEqual([]);
  });

  test("is as high as the frame says, and hears no other window", async () => {
    draw("x", { sandbox: true, label: "Report" });
    await drawn();
    const say = (height: unknown, source: Window | null): boolean =>
      window.dispatchEvent(new MessageEvent("message", { data: { height }, source }));
    say(50, window);
    await tick();
    expect(iframe().style.height).toBe("0px");
    say(50.2, iframe().contentWindow);
    await tick();
    expect(iframe().style.height).toBe("51px");
    say("99", iframe().contentWindow);
    say(-1, iframe().contentWindow);
    await tick();
    expect(iframe().style.height).toBe("51px");
    say(1e9, iframe().contentWindow);
    await tick();
    expect(iframe().style.height).toBe("20000px");
  });

  test("shows a new value", async () => {
    const host = draw("a", { sandbox: true, label: "Report", apply_default_css: false });
    await drawn();
    host.put("<i>b</i>");
    await tick();
    expect(iframe().srcdoc.endsWith("<i>b</i>")).toBe(true);
    expect(iframe().srcdoc).not.toContain("color-scheme");
  });

  test("tells mistakes in a template", () => {
    draw("a", { sandbox: true, html_template: "${nope}" });
    expect(frame().textContent).toContain("nope is not defined");
  });
});
