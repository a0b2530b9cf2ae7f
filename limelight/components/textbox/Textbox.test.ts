import { fireEvent, render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import type { TextboxProps } from "./textbox.gen";
import Textbox from "./Textbox.svelte";
import { highest, nearEnd, showsEnd, submits } from "$ui/typing";

type TextHost = Fake<TextboxProps, string | null>;

function draw(props: Partial<TextboxProps> = {}, value: string | null = null, interactive = true): TextHost {
  const host = fakeHost<TextboxProps, string | null>({ name: "textbox", label: "Name", ...props }, value, {
    interactive,
  });
  render(Textbox, { host });
  return host;
}

const control = (): HTMLTextAreaElement => screen.getByTestId("textbox");
const key = (name: string, shiftKey = false) => ({ key: name, shiftKey, isComposing: false });

test("Enter submits one line and Shift+Enter several, as long as no character is being composed", () => {
  const one = { lines: 1, wraps: true };
  const three = { lines: 3, wraps: true };
  const input = { lines: 1, wraps: false };
  expect([one, three, input].map((field) => submits(key("Enter"), field))).toEqual([true, false, true]);
  expect([one, three, input].map((field) => submits(key("Enter", true), field))).toEqual([false, true, false]);
  expect(submits({ ...key("Enter"), isComposing: true }, one)).toBe(false);
  expect(submits(key("a"), one)).toBe(false);
});

test("a field grows to twenty lines unless the author says otherwise", () => {
  expect([highest(1, undefined), highest(25, undefined), highest(3, 2), highest(1, 1)]).toEqual([20, 25, 3, 1]);
});

test("the end of the limit is announced only when it is near", () => {
  expect([nearEnd(50, 100), nearEnd(92, 100), nearEnd(120, 100)]).toEqual([null, 8, 0]);
});

test("a text that is scrolled up stays where it is", () => {
  expect(showsEnd({ scrollTop: 160, clientHeight: 200, scrollHeight: 400 })).toBe(true);
  expect(showsEnd({ scrollTop: 0, clientHeight: 200, scrollHeight: 400 })).toBe(false);
});

test("the label names the field and the info describes it", () => {
  draw({ info: "First and last", lines: 3, placeholder: "Who?" });
  const field = screen.getByRole("textbox", { name: "Name", description: "First and last" });
  expect(field).toBe(control());
  expect([field.getAttribute("rows"), field.getAttribute("placeholder")]).toEqual(["3", "Who?"]);
});

test("typing sets the value and says so", async () => {
  const host = draw();
  await fireEvent.input(control(), { target: { value: "Ada" } });
  expect(host.value).toBe("Ada");
  expect(host.dispatched).toEqual([{ event: "input", data: undefined }]);
});

test("Enter submits and does not break the line", async () => {
  const host = draw();
  expect(await fireEvent.keyDown(control(), { key: "Enter" })).toBe(false);
  expect(await fireEvent.keyDown(control(), { key: "Enter", shiftKey: true })).toBe(true);
  expect(host.dispatched.map(({ event }) => event)).toEqual(["submit"]);
});

test("a selection comes with its place and text", async () => {
  const host = draw({}, "hello");
  control().setSelectionRange(1, 3);
  await fireEvent.select(control());
  expect(host.dispatched).toContainEqual({ event: "select", data: { value: "el", index: [1, 3] } });
});

test("focus and blur are told", async () => {
  const host = draw();
  await fireEvent.focus(control());
  await fireEvent.blur(control());
  expect(host.dispatched.map(({ event }) => event)).toEqual(["focus", "blur"]);
});

test("buttons have names, captions and events of their own", async () => {
  const host = draw({ submit_btn: true, stop_btn: "Halt" });
  await fireEvent.click(screen.getByRole("button", { name: "Submit" }));
  await fireEvent.click(screen.getByRole("button", { name: "Halt" }));
  expect(host.dispatched.map(({ event }) => event)).toEqual(["submit", "stop"]);
});

test("the copy button copies and tells what", async () => {
  Object.defineProperty(navigator, "clipboard", {
    configurable: true,
    value: { writeText: () => Promise.resolve() },
  });
  const host = draw({ buttons: ["copy"] }, "hello");
  await fireEvent.click(await screen.findByRole("button", { name: "Copy" }));
  expect(await screen.findByRole("button", { name: "Copied" })).toBeTruthy();
  expect(host.dispatched).toEqual([{ event: "copy", data: { value: "hello" } }]);
});

test("without buttons there are none", () => {
  draw({ buttons: [] });
  expect(screen.queryByRole("button")).toBeNull();
});

test("passwords and addresses are inputs of their type", () => {
  draw({ type: "password", lines: 1 });
  expect(screen.getByTestId<HTMLInputElement>("password").type).toBe("password");
});

test("one line at most is an input", () => {
  draw({ lines: 1, max_lines: 1 });
  expect(control().tagName).toBe("INPUT");
});

test("the limit is kept and counted", async () => {
  const host = draw({ max_length: 10 }, "hello");
  expect(control().getAttribute("maxlength")).toBe("10");
  expect(screen.getByText("5 / 10")).toBeTruthy();
  host.put("hello!");
  expect(await screen.findByText("4 characters left")).toBeTruthy();
});

test("an output is readable and cannot be typed into", () => {
  draw({ submit_btn: true, max_length: 10 }, "fixed", false);
  expect(control().disabled).toBe(true);
  expect(control().value).toBe("fixed");
  expect(screen.queryByText("5 / 10")).toBeNull();
});

test("a new value of the server is shown; null empties the field", async () => {
  const host = draw({}, "one");
  host.put("two");
  await Promise.resolve();
  expect(control().value).toBe("two");
  host.put(null);
  await Promise.resolve();
  expect(control().value).toBe("");
});

test("direction, alignment and attributes of the author are on the element", () => {
  draw({ rtl: true, text_align: "right", html_attributes: { lang: "ar", spellcheck: false } });
  expect(control().dir).toBe("rtl");
  expect(control().style.textAlign).toBe("right");
  expect(control().lang).toBe("ar");
  expect(control().getAttribute("spellcheck")).toBe("false");
});
