import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import "$ui/more";
import { halvesOf, parse, partAt, show, turned, write } from "./daytime";
import type { TimeProps } from "./time.gen";
import Time from "./Time.svelte";

type TimeHost = Fake<TimeProps, string | null>;

function draw(value: string | null = "09:30", props: Partial<TimeProps> = {}, interactive = true): TimeHost {
  const host = fakeHost<TimeProps, string | null>({ name: "time", label: "Alarm", step: 60, ...props }, value, { interactive });
  render(Time, { host });
  return host;
}

const input = (): HTMLInputElement => screen.getByRole("combobox", { name: "Alarm" });
const events = (host: TimeHost): string[] => host.dispatched.map(({ event }) => event);
const speak = (language: string): unknown => vi.spyOn(navigator, "languages", "get").mockReturnValue([language]);

async function press(key: string, altKey = false): Promise<void> {
  await fireEvent.keyDown(input(), { key, altKey });
  await new Promise((done) => setTimeout(done));
}

beforeEach(() => speak("en-GB"));

describe("times", () => {
  test.each([
    ["9", "09:00"], ["9:30", "09:30"], ["09:30:15", "09:30:15"], ["9.30", "09:30"], ["9:30 pm", "21:30"],
    ["12 am", "00:00"], ["12:15 P.M.", "12:15"], ["  9:30   am ", "09:30"], ["9p", "21:00"],
  ])("%j is sent as %j", (text, sent) => expect(write(parse(text) ?? -1, false)).toBe(sent));

  test.each(["", "24:00", "9:60", "13 pm", "0 am", "9:3", "930", "now", "9:30:61", " ".repeat(100_000), "1".repeat(100_000)])(
    "%.20j is none",
    (text) => expect(parse(text)).toBeNull(),
  );

  test("are shown as a language has them, and read so", () => {
    expect([halvesOf("en-GB"), halvesOf("de")]).toEqual([null, null]);
    const halves = halvesOf("en-US");
    const shown = show(21 * 3600 + 1800, false, halves);
    expect([shown.toLowerCase(), parse(shown, halves)]).toEqual(["9:30 pm", 21 * 3600 + 1800]);
    const arabic = halvesOf("ar-EG");
    expect(parse(show(9 * 3600, false, arabic), arabic)).toBe(9 * 3600);
  });

  test("have parts, which turn around their ends", () => {
    expect([0, 2, 3, 5, 6, 8].map((caret) => partAt("9:30 PM", caret)?.index)).toEqual([0, 1, 1, 3, 3, undefined]);
    const at = 23 * 3600 + 59 * 60;
    const turn = (index: number, by: number, step = 60): string => write(turned(at, { index, by, step }), false);
    expect([turn(0, 1), turn(1, 1), turn(3, 1), turn(1, -1, 900)]).toEqual(["00:59", "23:00", "11:59", "23:44"]);
  });
});

test("what is typed counts on Enter, in any form", async () => {
  const host = draw();
  expect(input().value).toBe("09:30");
  await fireEvent.input(input(), { target: { value: "9.45 pm" } });
  expect(host.written).toEqual([]);
  await press("Enter");
  expect([host.value, input().value, events(host)]).toEqual(["21:45", "21:45", ["input", "submit"]]);
});

test("twelve hours are shown where the reader's language has them; the wire has twenty-four", async () => {
  speak("en-US");
  const host = draw("21:30");
  expect(input().value.toLowerCase()).toBe("9:30 pm");
  input().setSelectionRange(6, 6);
  await press("ArrowUp");
  expect([host.value, input().value.slice(input().selectionStart ?? 0).toLowerCase()]).toEqual(["09:30", "am"]);
});

test("arrow keys turn the part at the caret, which stays marked", async () => {
  const host = draw("09:30", { step: 300 });
  input().setSelectionRange(0, 0);
  await press("ArrowUp");
  expect([host.value, input().selectionStart, input().selectionEnd]).toEqual(["10:30", 0, 2]);
  input().setSelectionRange(4, 4);
  await press("ArrowDown");
  expect([host.value, input().selectionStart, input().selectionEnd]).toEqual(["10:25", 3, 5]);
});

test("arrow keys stay within the bounds; what is typed beyond them is refused in words", async () => {
  const host = draw("09:30", { min: "09:00", max: "17:00" });
  input().setSelectionRange(0, 0);
  await press("ArrowDown");
  expect(host.value).toBe("09:00");
  await fireEvent.input(input(), { target: { value: "17:01" } });
  await press("Enter");
  expect([host.value, input().getAttribute("aria-invalid"), screen.getByRole("status").textContent]).toEqual([
    "09:00", "true", "Nothing after 17:00 can be chosen.",
  ]);
  await fireEvent.input(input(), { target: { value: "half past" } });
  await fireEvent.blur(input());
  expect(screen.getByRole("status").textContent).toContain("This is no time.");
});

test("the list is gone through by keyboard, and Escape closes it", async () => {
  const host = draw("09:40", { min: "09:00", max: "11:00" });
  await press("ArrowDown", true);
  await screen.findByRole("listbox", { name: "Times" });
  const active = (): string | undefined => document.getElementById(input().getAttribute("aria-activedescendant") ?? "")?.textContent.trim();
  expect([input().getAttribute("aria-expanded"), screen.getAllByRole("option").length, active()]).toEqual(["true", 5, "09:30"]);
  await press("ArrowDown");
  await press("ArrowDown");
  expect(active()).toBe("10:30");
  await press("Enter");
  expect([host.value, screen.queryByRole("listbox"), document.activeElement]).toEqual(["10:30", null, input()]);
  await press("ArrowDown", true);
  await screen.findByRole("listbox");
  await press("Escape");
  expect([host.value, screen.queryByRole("listbox")]).toEqual(["10:30", null]);
});

test("the list is opened by its button and clicked", async () => {
  const host = draw(null, { step: 3600 });
  await fireEvent.click(screen.getByRole("button", { name: "Open the list of times" }));
  await fireEvent.click(await screen.findByRole("option", { name: "14:00" }));
  expect([host.value, screen.queryByRole("listbox"), events(host)]).toEqual(["14:00", null, ["focus", "input"]]);
});

test("seconds are shown where steps have some", async () => {
  const host = draw("09:30:00", { step: 15 });
  input().setSelectionRange(7, 7);
  await press("ArrowUp");
  expect([host.value, input().value]).toEqual(["09:30:15", "09:30:15"]);
});

test("an emptied field is no value; an arrow key in it begins with now", async () => {
  const host = draw();
  await fireEvent.input(input(), { target: { value: "" } });
  await press("Enter");
  expect(host.value).toBeNull();
  await press("ArrowUp");
  expect(host.value).toMatch(/^\d\d:\d\d$/);
});

test("an output shows its time and opens nothing", () => {
  draw("09:30", {}, false);
  expect([input().disabled, input().value, screen.queryByRole("button")]).toEqual([true, "09:30", null]);
});
