import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, type Fake } from "$ui/testing";
import Dialogue from "./Dialogue.svelte";
import type { DialogueProps } from "./dialogue.gen";
import { castOf, colorOf, linesOf, matching, nextSpeaker, queryAt, tagged, textOf, type DialogueValue } from "./lines";

const HI = [
  { speaker: "A", text: "hi" },
  { speaker: "B", text: "yo" },
];

function draw(
  value: DialogueValue,
  props: Partial<DialogueProps> = {},
  members: Partial<Omit<Host<DialogueProps, DialogueValue>, "props" | "value">> = {},
): Fake<DialogueProps, DialogueValue> {
  const host = fakeHost<DialogueProps, DialogueValue>(
    { name: "dialogue", label: "Scene", speakers: ["A", "B"], separator: "\n", buttons: [], ...props },
    value,
    { tag: "dialogue", ...members },
  );
  render(Dialogue, { host });
  return host;
}

const texts = (): HTMLTextAreaElement[] => screen.getAllByRole<HTMLTextAreaElement>("textbox", { name: "Text" });
const first = (): HTMLTextAreaElement => texts()[0] as HTMLTextAreaElement;

test("a text is read line by line; who is not named goes on", () => {
  expect(linesOf("[A] hi\n\nmore\n[B] yo", "\n", "A")).toEqual([
    { speaker: "A", text: "hi" },
    { speaker: "A", text: "more" },
    { speaker: "B", text: "yo" },
  ]);
  expect([linesOf(null, "\n", "A"), linesOf(HI, "\n", "A")]).toEqual([[], HI]);
  expect(textOf(HI, " | ")).toBe("[A] hi | [B] yo");
});

test("speakers take turns, and each has a colour", () => {
  expect([nextSpeaker(["A", "B"], undefined), nextSpeaker(["A", "B"], "A"), nextSpeaker(["A", "B"], "B")]).toEqual(["A", "B", "A"]);
  expect([nextSpeaker([], "Z"), nextSpeaker([], undefined)]).toEqual(["Z", ""]);
  expect(castOf(["A", "B"], [{ speaker: "Z", text: "" }])).toEqual(["A", "B", "Z"]);
  expect(colorOf("A", ["A"], { A: "red" })).toBe("red");
  expect(colorOf("A", ["A", "B"], undefined)).not.toBe(colorOf("B", ["A", "B"], undefined));
});

test("a colon asks for tags", () => {
  expect(queryAt("Oh :si", 6)).toEqual({ start: 3, text: "si" });
  expect([queryAt("Oh : si", 7), queryAt("Oh", 2)]).toEqual([null, null]);
  expect(matching(["(laughs)", "(sighs)"], { start: 0, text: "SI" })).toEqual(["(sighs)"]);
  expect(tagged({ text: "Oh :si", caret: 6 }, { start: 3, text: "si" }, "(sighs)")).toEqual({ text: "Oh (sighs) ", caret: 11 });
});

test("lines have a speaker and a text; changes are told", async () => {
  const host = draw(HI);
  expect(texts().map((area) => area.value)).toEqual(["hi", "yo"]);
  await fireEvent.input(first(), { target: { value: "hello" } });
  expect(host.value).toEqual([{ speaker: "A", text: "hello" }, HI[1]]);
  const [speaker] = screen.getAllByRole("combobox", { name: "Speaker" });
  await fireEvent.change(speaker as HTMLElement, { target: { value: "B" } });
  expect(host.value?.[0]).toEqual({ speaker: "B", text: "hello" });
  expect(host.dispatched.map(({ event }) => event)).toEqual(["input", "input"]);
});

test("Enter makes a line for the next speaker, Backspace takes an empty one away", async () => {
  const host = draw(HI, { max_lines: 3 });
  await fireEvent.keyDown(first(), { key: "Enter" });
  expect(host.value).toEqual([HI[0], { speaker: "B", text: "" }, HI[1]]);
  await vi.waitFor(() => expect(document.activeElement).toBe(texts()[1]));
  await fireEvent.keyDown(first(), { key: "Enter" }); // no more than three
  expect(host.value).toHaveLength(3);
  await fireEvent.keyDown(texts()[1] as HTMLElement, { key: "Backspace" });
  expect(host.value).toEqual(HI);
});

test("Ctrl+Enter and the button submit", async () => {
  const host = draw(HI, { submit_btn: "Go" });
  await fireEvent.keyDown(first(), { key: "Enter", ctrlKey: true });
  await fireEvent.click(screen.getByRole("button", { name: "Go" }));
  expect(host.dispatched.map(({ event }) => event)).toEqual(["submit", "submit"]);
});

test("a tag is chosen with the keys", async () => {
  const host = draw(HI, { tags: ["(laughs)", "(sighs)"] });
  const area = first();
  area.value = "hi :";
  area.setSelectionRange(4, 4);
  await fireEvent.input(area);
  const list = screen.getByRole("listbox", { name: "Tags" });
  expect(within(list).getAllByRole("option").map((option) => option.textContent.trim())).toEqual(["(laughs)", "(sighs)"]);
  await fireEvent.keyDown(area, { key: "ArrowDown" });
  expect(area.getAttribute("aria-activedescendant")).toBe(within(list).getByRole("option", { selected: true }).id);
  await fireEvent.keyDown(area, { key: "Enter" });
  expect(host.value?.[0]).toEqual({ speaker: "A", text: "hi (sighs) " });
});

test("plain text is the server's, for the author may have a format of their own", async () => {
  const call = vi.fn((fn: string) => Promise.resolve(fn === "format" ? "A: hi" : HI));
  const host = draw(HI, {}, { call });
  await fireEvent.click(screen.getByRole("switch", { name: "Plain Text" }));
  await vi.waitFor(() => expect(host.value).toBe("A: hi"));
  expect(screen.getByTestId<HTMLTextAreaElement>("dialogue-text").value).toBe("A: hi");
  await fireEvent.click(screen.getByRole("switch"));
  await vi.waitFor(() => expect(host.value).toEqual(HI));
  expect(call.mock.calls).toEqual([["format", HI], ["unformat", { text: "A: hi" }]]);
});

test("without speakers there is plain text only", () => {
  draw(null, { speakers: [] });
  expect(screen.getByTestId("dialogue-text")).toBeTruthy();
  expect(screen.queryByRole("switch")).toBeNull();
});

test("static, it is a text to read", () => {
  draw(HI, {}, { interactive: false });
  expect(screen.queryByRole("textbox")).toBeNull();
  expect(screen.getByTestId("dialogue-container").textContent.replace(/\s+/g, " ").trim()).toBe("A hiB yo");
});
