import { fireEvent, render, screen, waitFor } from "@testing-library/svelte";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import type { CodeProps } from "./code.gen";
import Code from "./Code.svelte";
import { difference, moved } from "./difference";
import { Editor, type Listener, type Settings } from "./editor";
import { nameOf } from "./files";
import { LANGUAGES } from "./languages";

beforeAll(() => {
  // Nothing is laid out in jsdom; the editor asks all the same.
  const none = { length: 0, item: () => null, [Symbol.iterator]: [][Symbol.iterator] } as unknown as DOMRectList;
  Range.prototype.getClientRects = () => none;
  Range.prototype.getBoundingClientRect = () => new DOMRect();
});

const made: Element[] = [];

afterEach(() => made.splice(0).forEach((parent) => parent.remove()));

const SETTINGS: Settings = {
  language: undefined,
  isReadOnly: false,
  numbers: true,
  wraps: false,
  completes: false,
  attributes: { "aria-label": "Program" },
};

interface Made {
  editor: Editor;
  content: HTMLElement;
  listener: { [name in keyof Listener]: ReturnType<typeof vi.fn> };
}

function make(text: string, settings: Partial<Settings> = {}): Made {
  const parent = document.createElement("div");
  document.body.append(parent);
  made.push(parent);
  const listener = { changed: vi.fn(), focused: vi.fn(), blurred: vi.fn(), indented: vi.fn() };
  const editor = new Editor({ text, settings: { ...SETTINGS, ...settings }, listener });
  editor.place(parent);
  editor.start();
  const content = parent.querySelector<HTMLElement>(".cm-content");
  if (content === null) throw new Error("there is no editor");
  return { editor, content, listener };
}

const shown = (content: HTMLElement): string =>
  [...content.querySelectorAll(".cm-line")].map((line) => line.textContent).join("\n");

async function draw(props: Partial<CodeProps> = {}, value: string | null = null, interactive = true): Promise<Fake<CodeProps, string | null>> {
  const host = fakeHost<CodeProps, string | null>({ name: "code", label: "Program", ...props }, value, { tag: "code", interactive });
  render(Code, { host });
  await waitFor(() => expect(document.querySelector(".cm-content")).not.toBeNull());
  return host;
}

test("the stretch that differs is found, and pairs of one character stay together", () => {
  expect(difference("abc", "abc")).toBeNull();
  expect(difference("abc", "abXc")).toEqual({ from: 2, to: 2, insert: "X" });
  expect(difference("aa", "a")).toEqual({ from: 1, to: 2, insert: "" });
  expect(difference("x😀y", "x😁y")).toEqual({ from: 1, to: 3, insert: "😁" });
});

test("a cursor stays with its text, else in its line and column", () => {
  expect(moved(2, "abc", "abcd")).toBe(2);
  expect(moved(3, "abc", "XXabc")).toBe(5);
  expect(moved(6, "a=1\nb=2\nc=3", "a = 1\nb = 2\nc = 3")).toBe("a = 1\nb ".length);
  expect(moved(9, "a\nb\nc\nd\nefgh\nz", "one")).toBe(3);
});

test("every language can be loaded", { timeout: 30_000 }, async () => {
  for (const { load } of Object.values(LANGUAGES)) expect((await load()).language.name).toBeTypeOf("string");
  expect(Object.keys(LANGUAGES)).toHaveLength(28);
});

test("downloads are named for their language", () => {
  expect([undefined, "python", "json", "sql-hive", "dockerfile"].map(nameOf)).toEqual([
    "file.txt",
    "file.py",
    "file.json",
    "file.sql",
    "Dockerfile",
  ]);
});

test("a text of the server is shown without being told as typed", () => {
  const { editor, content, listener } = make("one\ntwo");
  editor.show("one\r\n2\r\nthree");
  expect(shown(content)).toBe("one\n2\nthree");
  expect(listener.changed).not.toHaveBeenCalled();
});

test("settings take effect at once; what has to be fetched, later", async () => {
  const { editor, content } = make("def f(): pass");
  expect(content.getAttribute("contenteditable")).toBe("true");
  await editor.configure({ ...SETTINGS, language: "python", isReadOnly: true, numbers: false, wraps: true });
  expect(content.getAttribute("contenteditable")).toBe("false");
  expect(content.tabIndex).toBe(0);
  expect(content.classList).toContain("cm-lineWrapping");
  expect(content.parentElement?.querySelector(".cm-lineNumbers")).toBeNull();
  await waitFor(() => expect(content.querySelector(".tok-keyword")?.textContent).toBe("def"));
});

test("of two languages the one chosen last stays", async () => {
  const { editor, content } = make("SELECT 1");
  const first = editor.configure({ ...SETTINGS, language: "python" });
  const last = editor.configure({ ...SETTINGS, language: "sql" });
  await Promise.all([first, last]);
  await waitFor(() => expect(content.querySelector(".tok-keyword")?.textContent).toBe("SELECT"));
});

test("Tab indents, and after Escape it leaves", async () => {
  const { content, listener } = make("x");
  content.focus();
  expect(await fireEvent.keyDown(content, { key: "Tab", keyCode: 9 })).toBe(false);
  expect(shown(content)).toBe("    x");
  expect(listener.changed).toHaveBeenLastCalledWith("    x");
  expect(listener.indented).toHaveBeenLastCalledWith(true);
  await fireEvent.keyDown(content, { key: "Escape", keyCode: 27 });
  expect(await fireEvent.keyDown(content, { key: "Tab", keyCode: 9 })).toBe(true);
  await fireEvent.keyDown(content, { key: "ArrowLeft", keyCode: 37 });
  expect(await fireEvent.keyDown(content, { key: "Tab", keyCode: 9 })).toBe(false);
});

test("in a text that cannot be changed Tab leaves at once", async () => {
  const { content } = make("x", { isReadOnly: true });
  content.focus();
  expect(await fireEvent.keyDown(content, { key: "Tab", keyCode: 9 })).toBe(true);
  expect(shown(content)).toBe("x");
});

test("the label names the editor, and what is typed is the value", async () => {
  const host = await draw({ language: "python" }, "print(1)");
  const content = screen.getByLabelText("Program");
  expect(content.getAttribute("role")).toBe("textbox");
  expect(document.getElementById(content.getAttribute("aria-describedby") ?? "")?.textContent).toContain("Escape");
  expect(content.closest("[role=region]")?.getAttribute("aria-label")).toBe("Code input container");
  await fireEvent.focusIn(content);
  await fireEvent.keyDown(content, { key: "Tab", keyCode: 9 });
  expect(host.value).toBe("    print(1)");
  await fireEvent.focusOut(content);
  expect(host.dispatched.map(({ event }) => event)).toEqual(["focus", "input", "blur"]);
});

test("a value of the server is shown; null empties the editor", async () => {
  const host = await draw({}, "one");
  const content = screen.getByLabelText("Program");
  host.put("two");
  await waitFor(() => expect(shown(content)).toBe("two"));
  host.put(null);
  await waitFor(() => expect(shown(content)).toBe(""));
  expect(host.written).toEqual([]);
});

test("an output can be read, copied and downloaded", async () => {
  const writeText = vi.fn(() => Promise.resolve());
  Object.defineProperty(navigator, "clipboard", { configurable: true, value: { writeText } });
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  await draw({ language: "json", buttons: ["copy", "download"] }, "[1]", false);
  expect(screen.getByLabelText("Program").getAttribute("aria-readonly")).toBe("true");
  await fireEvent.click(screen.getByRole("button", { name: "Copy" }));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeTruthy();
  expect(writeText).toHaveBeenCalledWith("[1]");
  await fireEvent.click(screen.getByRole("button", { name: "Download" }));
  expect(saved).toEqual(["file.json"]);
});

test("regions on one page have different names", async () => {
  await draw();
  await draw();
  expect([...document.querySelectorAll("[role=region]")].map((region) => region.getAttribute("aria-label"))).toEqual([
    "Code input container",
    "Code input container 2",
  ]);
});
