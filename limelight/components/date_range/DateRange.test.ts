import { fireEvent, render, screen } from "@testing-library/svelte";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import "$ui/more";
import type { DateRangeProps } from "./date_range.gen";
import "$ui/dates/DatePanel.svelte"; // loaded before a test waits for it
import DateRange from "./DateRange.svelte";
import type { Range } from "./ranging.svelte";

type RangeHost = Fake<DateRangeProps, Range | null>;

const FEBRUARY: Range = ["2024-02-10", "2024-02-14"];

beforeEach(() => {
  vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-GB"]);
  vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }));
});

function draw(value: Range | null = FEBRUARY, props: Partial<DateRangeProps> = {}, interactive = true): RangeHost {
  const host = fakeHost<DateRangeProps, Range | null>(
    { name: "daterange", label: "Stay", timezone: "UTC", ...props },
    value,
    { interactive },
  );
  render(DateRange, { host });
  return host;
}

const from = (): HTMLInputElement => screen.getByRole("textbox", { name: "From" });
const to = (): HTMLInputElement => screen.getByRole("textbox", { name: "To" });
const said = (): string => screen.getByRole("status").textContent;
const events = (host: RangeHost): string[] => host.dispatched.map(({ event }) => event);
const day = (text: string): HTMLElement => {
  const found = document.querySelector<HTMLElement>(`[data-day="${text}"]`);
  if (!found) throw new Error(`${text} is not shown`);
  return found;
};
const within = (): string[] => [...document.querySelectorAll<HTMLElement>(".within")].map(({ dataset }) => dataset["day"]?.slice(5) ?? "");
const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset["day"];

async function open(): Promise<void> {
  await fireEvent.click(screen.getByRole("button", { name: "Open the calendar" }));
  await vi.waitFor(() => expect(focused()).toBeDefined());
}

async function press(key: string): Promise<void> {
  await fireEvent.keyDown(document.activeElement as HTMLElement, { key });
  await new Promise((done) => setTimeout(done));
}

async function type(field: HTMLInputElement, text: string): Promise<void> {
  await fireEvent.input(field, { target: { value: text } });
  await fireEvent.keyDown(field, { key: "Enter" });
}

describe("typing", () => {
  test("either end counts on Enter", async () => {
    const host = draw();
    expect([from().value, to().value, screen.getByRole("group", { name: "Stay" }).contains(to())]).toEqual([...FEBRUARY, true]);
    await type(to(), "2024/2/20");
    expect([host.value, events(host)]).toEqual([["2024-02-10", "2024-02-20"], ["input", "submit"]]);
  });

  test("a start later than the end is refused in words, and kept until it is mended", async () => {
    const host = draw();
    await type(from(), "2024-03-01");
    expect([host.written, said(), from().value, from().getAttribute("aria-invalid")]).toEqual([
      [], "The start is later than the end.", "2024-03-01", "true",
    ]);
    await type(to(), "2024-03-02");
    expect([host.value, said(), events(host)]).toEqual([["2024-03-01", "2024-03-02"], "", ["input", "submit"]]);
  });

  test("one end alone is no range; that is said when the reader goes", async () => {
    const host = draw(null);
    await fireEvent.input(from(), { target: { value: "2024-03-01" } });
    await fireEvent.blur(from());
    expect([host.written, said()]).toEqual([[], ""]);
    await fireEvent.focusOut(from());
    expect([said(), to().getAttribute("aria-invalid")]).toEqual(["Give both the start and the end.", "true"]);
    host.put(["2024-01-01", "2024-01-02"]);
    await Promise.resolve();
    expect([from().value, said()]).toEqual(["2024-01-01", ""]);
  });

  test("bounds hold, also those that count from now", async () => {
    const host = draw(FEBRUARY, { min: "2024-01-01", max: "now" });
    await type(from(), "2023-12-31");
    expect(said()).toBe("Nothing before 2024-01-01 can be chosen.");
    await type(from(), "2024-01-01");
    await type(to(), "now + 2d");
    expect(said()).toBe("Nothing after now can be chosen.");
    await type(to(), "now");
    expect([host.value, said()]).toEqual([["2024-01-01", "now"], ""]);
  });

  test("no day of a calendar is told, two empty fields are no range", async () => {
    const host = draw();
    await type(from(), "2024-02-30");
    expect(said()).toContain("This is no moment of the calendar.");
    await type(from(), "");
    await type(to(), "");
    expect([host.value, said()]).toEqual([null, ""]);
  });
});

describe("the calendar", () => {
  test("shows two months, and the range in them", async () => {
    draw(["2024-02-28", "2024-03-02"]);
    await open();
    expect(screen.getByRole("dialog", { name: "Choose a range: Stay" })).toBeTruthy();
    const months = screen.getAllByRole("grid").map((grid) => grid.getAttribute("aria-label"));
    expect([months, within(), focused()]).toEqual([
      ["February 2024", "March 2024"], ["02-28", "02-29", "03-01", "03-02"], "2024-02-28",
    ]);
    expect(document.querySelectorAll("[role=gridcell][tabindex='0']")).toHaveLength(1);
  });

  test("two days are picked, in either order, with a preview between", async () => {
    const host = draw();
    await open();
    await fireEvent.click(day("2024-03-05"));
    expect([host.written, screen.queryByRole("dialog") === null]).toEqual([[], false]);
    await fireEvent.pointerEnter(day("2024-03-02"));
    expect(within()).toEqual(["03-02", "03-03", "03-04", "03-05"]);
    await fireEvent.click(day("2024-03-02"));
    expect([host.value, screen.queryByRole("dialog"), document.activeElement]).toEqual([["2024-03-02", "2024-03-05"], null, from()]);
  });

  test("by keyboard as well: arrows go over to the other month, and on", async () => {
    const host = draw(["2024-02-28", "2024-02-28"]);
    await open();
    await press("Enter");
    for (const key of ["ArrowDown", "ArrowRight"]) await press(key);
    expect([focused(), within().length]).toEqual(["2024-03-07", 9]);
    await press("PageDown");
    expect([focused(), screen.getAllByRole("grid").map((grid) => grid.getAttribute("aria-label"))]).toEqual([
      "2024-04-07", ["March 2024", "April 2024"],
    ]);
    await press(" ");
    expect(host.value).toEqual(["2024-02-28", "2024-04-07"]);
  });

  test("days beyond the bounds are not picked", async () => {
    const host = draw(FEBRUARY, { min: "2024-02-05" });
    await open();
    expect(day("2024-02-04").getAttribute("aria-disabled")).toBe("true");
    await fireEvent.click(day("2024-02-04"));
    await fireEvent.click(day("2024-02-05"));
    await fireEvent.click(day("2024-02-06"));
    expect(host.value).toEqual(["2024-02-05", "2024-02-06"]);
  });

  test("moments keep their times, which have fields", async () => {
    const host = draw(["2024-02-10 08:00:00", "2024-02-14 09:30:00"], { include_time: true });
    await open();
    await fireEvent.click(day("2024-02-12"));
    await fireEvent.click(day("2024-02-12"));
    expect(host.value).toEqual(["2024-02-12 08:00:00", "2024-02-12 09:30:00"]);
    await fireEvent.change(screen.getByLabelText("Time of the end"), { target: { value: "17:45:10" } });
    expect(host.value).toEqual(["2024-02-12 08:00:00", "2024-02-12 17:45:10"]);
  });

  test("ranges of the author are one click away, and stay relative", async () => {
    const host = draw(null, { presets: [["Last week", ["now - 7d", "now"]]] });
    await open();
    await fireEvent.click(screen.getByRole("button", { name: "Last week" }));
    expect([host.value, from().value, screen.queryByRole("dialog")]).toEqual([["now - 7d", "now"], "now - 7d", null]);
    await open();
    expect(within()).toHaveLength(8);
    await fireEvent.click(screen.getByRole("button", { name: "Clear" }));
    expect(host.value).toBeNull();
  });
});

test("an output shows its range and opens nothing", () => {
  draw(FEBRUARY, {}, false);
  expect([from().disabled, to().value, screen.queryByRole("button")]).toEqual([true, "2024-02-14", null]);
});
