import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick as drawn } from "svelte";
import { describe, expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import TaskList from "./TaskList.svelte";
import type { TaskListProps } from "./task_list.gen";
import { count, ended, lasting, tick, type Task } from "./tasks";

type List = readonly Task[] | null;

const PLAN: readonly Task[] = [
  { title: "Read", status: "done", duration: 0.42 },
  {
    title: "Search",
    status: "running",
    children: [
      { title: "Library", status: "failed", description: "It was closed" },
      { title: "Web", status: "running", progress: 0.4 },
    ],
  },
  { title: "Write", status: "pending" },
];

function draw(value: List = PLAN, props: Partial<TaskListProps> = {}): Fake<TaskListProps, List> {
  const host = fakeHost<TaskListProps, List>({ name: "tasklist", label: "Plan", interactive: false, ...props }, value);
  render(TaskList, { host });
  return host;
}

const rows = () => screen.getAllByRole("listitem").map(({ dataset }) => dataset["status"]);

describe("tasks as data", () => {
  test("those without others inside are counted, and those skipped are not", () => {
    expect(count(PLAN)).toEqual({ done: 1, count: 4 });
    expect(count([{ title: "a", status: "skipped" }])).toEqual({ done: 0, count: 0 });
  });

  test("ticking touches one branch, and all inside it", () => {
    const ticked = tick(PLAN, [1, 1], "done");
    expect(ticked[1]?.children?.[1]).toEqual({ title: "Web", status: "done" });
    expect([ticked[0], ticked[1]?.children?.[0]]).toEqual([PLAN[0], PLAN[1]?.children?.[0]]);
    expect(tick(PLAN, [1], "done")[1]?.children?.map(({ status }) => status)).toEqual(["done", "done"]);
  });

  test("what ended is what was there before and went on then", () => {
    const now = tick(tick(PLAN, [1, 1], "done"), [2], "done");
    expect(ended(PLAN, now).map(({ title }) => title)).toEqual(["Web", "Write"]);
    expect(ended([], PLAN)).toEqual([]);
  });

  test("durations are short", () => {
    const texts = [0.42, 9.96, 59.4, 185, 7440].map((seconds) => lasting(seconds, "en"));
    expect(texts).toEqual(["0.4s", "10s", "59s", "3m 5s", "2h 4m"]);
  });
});

test("each task says how it is doing", () => {
  draw();
  expect(screen.getByRole("group", { name: "Plan" })).toBeTruthy();
  expect(rows()).toEqual(["done", "running", "failed", "running", "pending"]);
  expect(screen.getAllByRole("listitem")[2]?.textContent.replace(/\s+/g, " ").trim()).toBe("Library It was closed failed");
  expect(screen.getByRole("progressbar", { name: "Progress of Web" }).getAttribute("aria-valuenow")).toBe("40");
  expect(screen.getByText("1 of 4 done")).toBeTruthy();
  expect(screen.queryByRole("checkbox")).toBeNull();
});

test("tasks with others inside can be folded", async () => {
  draw();
  const fold = screen.getByRole("button", { name: "Tasks inside Search", expanded: true });
  await fireEvent.click(fold);
  expect([rows().length, fold.getAttribute("aria-expanded")]).toEqual([3, "false"]);
});

test("unless the author does not want it, or wants them folded", async () => {
  const host = draw(PLAN, { open: false });
  expect(rows()).toHaveLength(3);
  host.update({ collapsible: false });
  await drawn();
  expect([rows().length, screen.queryByRole("button")]).toEqual([5, null]);
});

test("an update draws only what changed, and says what ended", async () => {
  const host = draw();
  const before = screen.getAllByRole("listitem");
  host.put(tick(PLAN, [1, 1], "done"));
  await drawn();
  expect(screen.getAllByRole("listitem")).toEqual(before);
  expect(document.querySelector(".sr-only[aria-live]:not(:empty)")?.textContent).toBe("Web: done");
});

test("the reader ticks tasks off and on again", async () => {
  const host = draw(PLAN, { interactive: true });
  await fireEvent.click(screen.getByRole("checkbox", { name: "Write" }));
  expect(host.value?.[2]).toEqual({ title: "Write", status: "done" });
  expect(host.dispatched).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: 2, value: "Write", selected: true } },
  ]);
  await fireEvent.click(screen.getByRole("checkbox", { name: /Library/ }));
  expect(host.dispatched.at(-1)?.data).toEqual({ index: [1, 0], value: "Library", selected: true });
  await fireEvent.click(screen.getByRole("checkbox", { name: /Read/ }));
  expect(host.value?.[0]?.status).toBe("pending");
});

test("no tasks are said, too", () => {
  draw(null);
  expect(screen.getByText("No tasks")).toBeTruthy();
});
