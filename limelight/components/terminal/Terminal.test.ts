import { fireEvent, render, screen as page } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test, vi } from "vitest";
import { IDLE } from "$ui/stub";
import { fakeHost } from "$ui/testing";
import { places } from "./find";
import { MAX_COLUMNS, Screen } from "./screen";
import { contrast, look, restyle, PLAIN } from "./style";
import Terminal from "./Terminal.svelte";

function shown(...pieces: string[]): string {
  const screen = new Screen(10_000);
  for (const piece of pieces) screen.write(piece);
  return screen.text;
}

test.each([
  ["plain", "a\nb\r\nc", "a\nb\nc"],
  ["a progress bar writes over itself", "10%\r20%\r100%\nok", "100%\nok"],
  ["what is shorter leaves the rest", "abcdef\rxy", "xycdef"],
  ["backspace", "abc\b\bX", "aXc"],
  ["erase to the end of the line", "abcdef\r12\x1b[K", "12"],
  ["erase the line", "abc\x1b[2Kd", "   d"],
  ["nested bars go up", "one\ntwo\n\x1b[2A\x1b[2KONE\n\x1b[1B", "ONE\ntwo\n"],
  ["pip erases upwards", "a\nb\x1b[1A\x1b[2K\rc", "c\nb"],
  ["erase below", "a\nb\nc\x1b[2A\r\x1b[J", ""],
  ["clear", "a\nb\x1b[H\x1b[2Jc", "c"],
  ["tabs", "a\tb", "a       b"],
  ["columns", "abc\x1b[2GX\x1b[10GY", "aXc      Y"],
  ["save and restore", "ab\x1b7cd\x1b8X", "abXd"],
  ["a title", "\x1b]0;title\x07a\x1b]2;t\x1b\\b", "ab"],
  ["other sequences", "\x1b(Ba\x1b[?25lb\x1b=c\x1bPq#0~\x1b\\d\x1b[>4me", "abcde"],
  ["controls", "a\x00\x07b\x7fc\x9dd", "abcd"],
  ["a title without end stops at the line", "\x1b]0;x\nb", "\nb"],
  ["characters of two units", "😀😀\rx", "x😀"],
])("%s", (_, text, wanted) => {
  expect(shown(text)).toBe(wanted);
  // Cut into pieces anywhere, it is the same.
  expect(shown(...text)).toBe(wanted);
});

test("colours and links are styles, and other addresses are none", () => {
  const screen = new Screen(10);
  screen.write("\x1b[1;31mred\x1b[0m \x1b]8;;https://a.b/c\x07web\x1b]8;;\x07 \x1b]8;;javascript:x\x07no\x1b]8;;\x07");
  const runs = screen.line(0).runs.map(({ text, style }) => [text, style.text, style.flags, style.link]);
  expect(runs).toEqual([
    ["red", 1, 1, ""],
    [" ", null, 0, ""],
    ["web", null, 0, "https://a.b/c"],
    [" ", null, 0, ""],
    ["no", null, 0, ""],
  ]);
});

test.each([
  ["31", { names: "c1", css: "" }],
  ["93", { names: "c11", css: "" }],
  ["38;5;208", { names: "own", css: "--own:#ff8700" }],
  ["38;2;1;2;3;1", { names: "bold own", css: "--own:#010203" }],
  ["38:2::255:0:0", { names: "own", css: "--own:#ff0000" }],
  ["4:3", { names: "underline", css: "" }],
  ["7", { names: "inverse", css: "" }],
  ["41", { names: "", css: "color:#ffffff;background:#c4261d" }],
  ["30;47", { names: "", css: "color:#1e1e1e;background:#d4d4d8" }],
  ["7;33", { names: "", css: "color:#000000;background:#b58100" }],
  ["38;9;1", { names: "bold", css: "" }],
  ["1;22", { names: "", css: "" }],
])("SGR %s", (params, wanted) => {
  expect(look(restyle(PLAIN, params))).toEqual(wanted);
});

test("text on any of the 256 grounds can be read", () => {
  for (let back = 0; back < 256; back++) {
    for (const text of [0, 1, 7, 12, 200]) {
      const { css } = look({ ...PLAIN, text, back });
      const [one = "", two = ""] = [...css.matchAll(/#(\w{6})/g)].map(([, hex]) => hex);
      expect(contrast(Number.parseInt(one, 16), Number.parseInt(two, 16))).toBeGreaterThanOrEqual(4.5);
    }
  }
});

test("the sixteen colours can be read in light and in dark", async () => {
  const { default: css } = await import("./Terminal.svelte?raw");
  const pairs = [...css.matchAll(/\.c\d+\) \{ color: light-dark\(#(\w{6}), #(\w{6})\)/g)];
  expect(pairs.length).toBe(16);
  for (const [, light = "", dark = ""] of pairs) {
    expect(contrast(Number.parseInt(light, 16), 0xf4f4f5)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(Number.parseInt(dark, 16), 0x27272a)).toBeGreaterThanOrEqual(4.5);
  }
});

test("only so many lines are kept, and a line is only so long", () => {
  const screen = new Screen(5);
  screen.write(Array.from({ length: 9000 }, (_, at) => `line ${at}`).join("\n"));
  expect(screen.text).toBe("line 8995\nline 8996\nline 8997\nline 8998\nline 8999");
  expect([screen.first, screen.end]).toEqual([8995, 9000]);
  const long = new Screen(5);
  long.write("x".repeat(MAX_COLUMNS + 5));
  expect(long.text.split("\n").map(({ length }) => length)).toEqual([MAX_COLUMNS, 5]);
});

test("time grows with the text, whatever it is", () => {
  const attacks = [
    "\x1b[".repeat(200_000),
    "\x1b]8;;".repeat(100_000),
    "\x1b[512C\r".repeat(50_000),
    "\x1b[38;5;1mx\b".repeat(50_000),
    "\x1b]0;" + "x".repeat(500_000),
    "\x1b[1Aa\n".repeat(100_000),
    "x\r\x1b[K".repeat(100_000),
    "\x1b[1;".repeat(100_000),
  ];
  for (const attack of attacks) shown(attack);
  const screen = new Screen(100);
  screen.write("\x1b]0;");
  for (let at = 0; at < 20_000; at++) screen.write("x".repeat(50));
  screen.write("\x07seen");
  expect(screen.text).toBe("seen");
});

test("a hundred thousand lines are read", () => {
  const text = Array.from({ length: 100_000 }, (_, at) => `\x1b[32mINFO\x1b[0m step ${at} of many`).join("\n");
  const screen = new Screen(100_000);
  screen.write(text);
  expect(screen.end).toBe(100_000);
});

test("places are found in any case, in order", () => {
  const screen = new Screen(10);
  screen.write("Error\nok error ERROR");
  expect(places(screen, "error").map(({ line, from }) => [line, from])).toEqual([
    [0, 0],
    [1, 3],
    [1, 9],
  ]);
  expect(places(screen, "")).toEqual([]);
});

function draw(value: string | null, props: Record<string, unknown> = {}, [interactive, isBusy] = [false, false]) {
  const host = fakeHost<Record<string, unknown>, string | null>({ name: "terminal", label: "Log", ...props }, value, {
    tag: "terminal",
    interactive,
    ...(isBusy ? { status: { ...IDLE, stage: "generating" as const } } : {}),
  });
  render(Terminal, { host: host as never });
  return host;
}

/** Until all is loaded and drawn. */
const frame = async (): Promise<void> => {
  await Promise.all([import("./engine"), import("./parts/Prompt.svelte")]);
  await tick();
  await new Promise((done) => requestAnimationFrame(done));
  await tick();
};

test("only what is new is read", async () => {
  const write = vi.spyOn(Screen.prototype, "write");
  const host = draw("one\n");
  await frame();
  host.put("one\n\x1b[31mtwo");
  await frame();
  expect(write.mock.calls.map(([piece]) => piece)).toEqual(["one\n", "\x1b[31mtwo"]);
  expect(page.getByRole("log").textContent).toBe("one\ntwo\n");
  expect(document.querySelector(".c1")?.textContent).toBe("two");
  host.put("other");
  await frame();
  expect(page.getByRole("log").textContent).toBe("other\n");
  write.mockRestore();
});

test("what was cleared stays away while a function goes on writing", async () => {
  const host = draw("old\n", {}, [false, true]);
  await frame();
  await fireEvent.click(page.getByRole("button", { name: "Clear" }));
  expect([host.value, host.dispatched.map(({ event }) => event)]).toEqual(["", ["clear"]]);
  host.put("old\nnew\n");
  await frame();
  expect(page.getByRole("log").textContent).toBe("new\n\n");
  host.put("old\nnew\nnewer\n");
  await frame();
  expect(page.getByRole("log").textContent).toBe("new\nnewer\n\n");
});

test("a function that begins anew shows all of its text, cleared or not", async () => {
  const host = draw("done\n");
  await frame();
  await fireEvent.click(page.getByRole("button", { name: "Clear" }));
  host.put("done\n");
  await frame();
  expect(page.getByRole("log").textContent).toBe("done\n\n");
});

test("commands are sent with the text, and come back with the arrow keys", async () => {
  const host = draw("hi", { prompt: "$ " }, [true, false]);
  await frame();
  const field = page.getByRole<HTMLInputElement>("textbox", { name: "Command for Log" });
  const type = async (text: string): Promise<void> => {
    await fireEvent.input(field, { target: { value: text } });
    await fireEvent.submit(field.form!);
  };
  await type("ls");
  expect(host.value).toBe("hi\n$ ls\n");
  expect(host.dispatched).toEqual([{ event: "submit", data: { command: "ls" } }]);
  await type("pwd");
  expect(host.value).toBe("hi\n$ ls\n$ pwd\n");
  await fireEvent.keyDown(field, { key: "ArrowUp" });
  await fireEvent.keyDown(field, { key: "ArrowUp" });
  expect(field.value).toBe("ls");
  await fireEvent.keyDown(field, { key: "ArrowDown" });
  expect(field.value).toBe("pwd");
  await fireEvent.keyDown(field, { key: "ArrowDown" });
  expect(field.value).toBe("");
});

test("static, there is no field for commands", async () => {
  draw("hi", { prompt: "$ " });
  await frame();
  expect(page.queryByRole("textbox")).toBeNull();
});

test("lines have numbers when wanted", async () => {
  draw("a\nb", { line_numbers: true });
  await frame();
  expect([...document.querySelectorAll<HTMLElement>(".line")].map(({ dataset }) => dataset["sign"])).toEqual(["1", "2"]);
});
