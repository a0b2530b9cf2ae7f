import { fireEvent, render, screen, within } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import { canonical, later, nowIn, writeDay } from "$ui/dates/moment";
import "$ui/more";
import type { DateTimeProps } from "./date_time.gen";
import DateTime from "./DateTime.svelte";

type DateHost = Fake<DateTimeProps, string | null>;

beforeEach(() => vi.spyOn(navigator, "languages", "get").mockReturnValue(["en-GB"]));
afterEach(() => {
  document.documentElement.dir = "";
  vi.restoreAllMocks();
});

function draw(value: string | null = "2024-02-28 09:30:00", props: Partial<DateTimeProps> = {}, interactive = true): DateHost {
  const host = fakeHost<DateTimeProps, string | null>(
    { name: "datetime", label: "Start", include_time: true, timezone: "UTC", ...props },
    value,
    { interactive },
  );
  render(DateTime, { host });
  return host;
}

const input = (): HTMLInputElement => screen.getByRole("textbox", { name: "Start" });
const events = (host: DateHost): string[] => host.dispatched.map(({ event }) => event);
const focused = (): string | undefined => (document.activeElement as HTMLElement | null)?.dataset["day"];

async function open(): Promise<HTMLElement> {
  await fireEvent.click(screen.getByRole("button", { name: "Open the calendar" }));
  await vi.waitFor(() => expect(focused()).toBeDefined());
  return screen.getByRole("grid");
}

async function press(grid: HTMLElement, key: string, shiftKey = false): Promise<void> {
  await fireEvent.keyDown(grid, { key, shiftKey });
  await new Promise((done) => setTimeout(done));
}

describe("typing", () => {
  test("the field shows the value, and what is typed counts on Enter", async () => {
    const host = draw();
    expect(input().value).toBe("2024-02-28 09:30:00");
    await fireEvent.input(input(), { target: { value: "2024-3-1 7:05" } });
    expect(host.written).toEqual([]);
    await fireEvent.keyDown(input(), { key: "Enter" });
    expect([host.value, input().value, events(host)]).toEqual(["2024-03-01 07:05:00", "2024-03-01 07:05:00", ["submit"]]);
  });

  test("leaving the field counts as well, without a submit", async () => {
    const host = draw();
    await fireEvent.input(input(), { target: { value: "now - 3d" } });
    await fireEvent.blur(input());
    expect([host.value, events(host)]).toEqual(["now - 3d", []]);
  });

  test("what no calendar has is named as such and never sent", async () => {
    const host = draw();
    await fireEvent.input(input(), { target: { value: "2024-02-30" } });
    expect(input().getAttribute("aria-invalid")).toBeNull();
    await fireEvent.keyDown(input(), { key: "Enter" });
    expect(input().getAttribute("aria-invalid")).toBe("true");
    const told = document.getElementById(input().getAttribute("aria-describedby") ?? "");
    expect(told?.textContent).toContain("This is no moment of the calendar");
    expect([host.written, events(host)]).toEqual([[], []]);
  });

  test("an emptied field is no value", async () => {
    const host = draw();
    await fireEvent.input(input(), { target: { value: " " } });
    await fireEvent.keyDown(input(), { key: "Enter" });
    expect([host.value, input().value, events(host)]).toEqual([null, "", ["submit"]]);
  });

  test("a day without time is written without", async () => {
    const host = draw("2024-02-28", { include_time: false });
    await fireEvent.input(input(), { target: { value: "2024-02-29 10:00" } });
    await fireEvent.keyDown(input(), { key: "Enter" });
    expect(host.value).toBe("2024-02-29");
  });
});

describe("the calendar", () => {
  test("opens at the value, with names of its days; Escape closes it", async () => {
    draw();
    const grid = await open();
    expect(grid.getAttribute("aria-label")).toBe("February 2024");
    expect(screen.getByRole("dialog", { name: "Choose a day: Start" })).toBeTruthy();
    const chosen = screen.getByRole("gridcell", { selected: true });
    expect([chosen.getAttribute("aria-label"), focused()]).toEqual(["Wednesday, 28 February 2024", "2024-02-28"]);
    expect(within(grid).getAllByRole("columnheader").map((cell) => cell.getAttribute("abbr"))[0]).toBe("Monday");
    await press(grid, "Escape");
    expect([screen.queryByRole("dialog"), document.activeElement]).toEqual([null, input()]);
  });

  test("keys move the day: by one, a week, a month, a year", async () => {
    draw();
    const grid = await open();
    const went: (string | undefined)[] = [];
    for (const key of ["ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp", "Home", "End", "PageDown", "PageUp"]) {
      await press(grid, key);
      went.push(focused());
    }
    await press(grid, "PageUp", true);
    went.push(focused());
    expect(went).toEqual([
      "2024-02-29", "2024-03-07", "2024-03-06", "2024-02-28", "2024-02-26", "2024-03-03", "2024-04-03", "2024-03-03",
      "2023-03-03",
    ]);
    expect(grid.querySelectorAll("[role=gridcell][tabindex='0']")).toHaveLength(1); // by role it takes seconds
  });

  test("from right to left the arrows follow the eye", async () => {
    document.documentElement.dir = "rtl";
    document.documentElement.style.direction = "rtl";
    draw();
    const grid = await open();
    await press(grid, "ArrowLeft");
    expect(focused()).toBe("2024-02-29");
    document.documentElement.style.direction = "";
  });

  test("Enter picks the day and keeps the time; the time can be changed", async () => {
    const host = draw();
    const grid = await open();
    await press(grid, "ArrowRight");
    await press(grid, "Enter");
    expect(host.value).toBe("2024-02-29 09:30:00");
    const time = screen.getByLabelText<HTMLInputElement>("Time");
    expect(time.value).toMatch(/^09:30/);
    await fireEvent.change(time, { target: { value: "17:45:10" } });
    expect(host.value).toBe("2024-02-29 17:45:10");
  });

  test("a day without time is picked with one click, which closes", async () => {
    const host = draw(null, { include_time: false });
    await open();
    await fireEvent.change(screen.getByRole("combobox", { name: "Month" }), { target: { value: "2" } });
    await fireEvent.input(screen.getByRole("spinbutton", { name: "Year" }), { target: { value: "2024" } });
    await fireEvent.click(screen.getByRole("gridcell", { name: "Thursday, 29 February 2024" }));
    expect([host.value, screen.queryByRole("dialog"), document.activeElement]).toEqual(["2024-02-29", null, input()]);
  });

  test("pages turn with buttons", async () => {
    draw();
    const grid = await open();
    await fireEvent.click(screen.getByRole("button", { name: "Next month" }));
    expect(grid.getAttribute("aria-label")).toBe("March 2024");
    await fireEvent.click(screen.getByRole("button", { name: "Previous month" }));
    await fireEvent.click(screen.getByRole("button", { name: "Previous month" }));
    expect(grid.getAttribute("aria-label")).toBe("January 2024");
  });

  test("now and nothing have buttons", async () => {
    const host = draw(null);
    await open();
    await fireEvent.click(screen.getByRole("button", { name: "Now" }));
    expect(host.value).toBe(canonical(host.value ?? "", true));
    expect(host.value?.slice(0, 4)).toBe(String(nowIn("UTC").year));
    await fireEvent.click(screen.getByRole("button", { name: "Clear" }));
    expect([host.value, screen.queryByRole("dialog")]).toEqual([null, null]);
  });

  test("a moment counted from now stands at its day", async () => {
    draw("now - 1d");
    await open();
    expect(focused()).toBe(writeDay(later(nowIn("UTC"), -86_400)));
  });
});

test("an output shows its moment and opens nothing", () => {
  draw("2024-02-28 09:30:00", {}, false);
  expect([input().disabled, input().value, screen.queryByRole("button")]).toEqual([true, "2024-02-28 09:30:00", null]);
});
