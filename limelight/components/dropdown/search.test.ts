import { fireEvent, render, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import "$ui/more";
import { fakeHost, type Fake } from "$ui/testing";
import Dropdown from "./Dropdown.svelte";
import type { DropdownProps } from "./dropdown.gen";
import "./parts/search.svelte";
import type { DropdownValue } from "./picking.svelte";

interface Asked {
  fn: string;
  data: unknown;
  answer: (pairs: readonly (readonly [string, unknown])[], has_more?: boolean) => Promise<void>;
  fail: () => Promise<void>;
}

let asked: Asked[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
});

afterEach(() => {
  vi.useRealTimers();
});

const call = (fn: string, data: unknown): Promise<unknown> =>
  new Promise((resolve, reject) => {
    asked.push({
      fn,
      data,
      answer: async (pairs, has_more = false) => {
        resolve(fn === "search" ? { pairs, has_more } : pairs);
        await vi.advanceTimersByTimeAsync(0);
      },
      fail: async () => {
        reject(new Error("gone"));
        await vi.advanceTimersByTimeAsync(0);
      },
    });
  });

async function draw(
  props: object = {},
  value: DropdownValue = null,
): Promise<{ host: Fake<DropdownProps, DropdownValue>; input: HTMLInputElement }> {
  const host = fakeHost<DropdownProps, DropdownValue>(
    { name: "dropdown", label: "Who", choices: { search: [] }, num_choices_shown: 100, ...props } as unknown as DropdownProps,
    value,
    { tag: "dropdown", interactive: true, call },
  );
  render(Dropdown, { host });
  await vi.advanceTimersByTimeAsync(0);
  return { host, input: screen.getByRole<HTMLInputElement>("combobox", { name: "Who" }) };
}

const options = () => screen.queryAllByRole("option").map((option) => option.textContent.trim());
const searches = () => asked.filter(({ fn }) => fn === "search");
const wait = (ms: number) => vi.advanceTimersByTimeAsync(ms);
const type = (input: HTMLElement, value: string) => fireEvent.input(input, { target: { value } });
const press = (input: HTMLElement, key: string) => fireEvent.keyDown(input, { key });
const active = (input: HTMLElement) =>
  document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.textContent.trim();

test("opening asks for the first choices, a pause in typing for others", async () => {
  const { input } = await draw();
  expect(asked).toEqual([]);
  await press(input, "ArrowDown");
  await wait(0);
  expect(searches().map(({ data }) => data)).toEqual([""]);
  expect(screen.getByRole("listbox").getAttribute("aria-busy")).toBe("true");
  await asked[0]?.answer([["Ada", 1], ["Ann", 2]], true);
  expect([options(), screen.getByRole("status").textContent]).toEqual([
    ["Ada", "Ann"],
    "The first 2 are shown. Type to find the others.",
  ]);
  for (const text of ["b", "bo", "bob"]) {
    await type(input, text);
    await wait(100);
  }
  await wait(100);
  expect(searches().map(({ data }) => data)).toEqual(["", "bob"]);
  expect(options()).toEqual(["Ada", "Ann"]); // for as long as nothing better is known
  await asked[1]?.answer([["Bob", 3]]);
  expect([options(), active(input)]).toEqual([["Bob"], "Bob"]);
});

test("an answer to an earlier question is dropped", async () => {
  const { input } = await draw();
  await type(input, "a");
  await wait(200);
  await type(input, "ab");
  await wait(200);
  const [first, second] = searches();
  await second?.answer([["Abel", 2]]);
  await first?.answer([["Ada", 1]]);
  expect(options()).toEqual(["Abel"]);
});

test("Enter picks nothing that was found for another text", async () => {
  const { host, input } = await draw();
  await press(input, "ArrowDown");
  await wait(0);
  await asked[0]?.answer([["Ada", 1]]);
  await type(input, "bo");
  await press(input, "Enter");
  expect([host.value, input.getAttribute("aria-expanded")]).toEqual([null, "true"]);
  await wait(200);
  await asked[1]?.answer([["Bob", 3]]);
  await press(input, "Enter");
  expect([host.value, input.value]).toEqual([3, "Bob"]);
});

test("what is picked keeps its text when other choices are found", async () => {
  const { host, input } = await draw({ multiselect: true }, []);
  await type(input, "a");
  await wait(200);
  await asked[0]?.answer([["Ada", 1]]);
  await press(input, "Enter");
  await wait(200);
  await type(input, "b");
  await wait(200);
  await searches().at(-1)?.answer([["Bob", 3]]);
  await press(input, "Enter");
  expect(host.value).toEqual([1, 3]);
  expect(screen.getAllByRole("button", { name: /^Remove/ }).map((button) => button.title)).toEqual(["Remove Ada", "Remove Bob"]);
  expect(asked.filter(({ fn }) => fn === "labels")).toEqual([]);
});

test("values set by Python are named by the server, once", async () => {
  const { host, input } = await draw({ choices: { search: [["Ada", 1]] } }, 1);
  expect([input.value, asked]).toEqual(["Ada", []]);
  host.put(7);
  await wait(0);
  expect([input.value, asked.map(({ fn, data }) => [fn, data])]).toEqual(["7", [["labels", [7]]]]);
  await asked[0]?.answer([["Grace", 7]]);
  expect(input.value).toBe("Grace");
  host.put(8);
  await wait(0);
  await asked[1]?.answer([]);
  host.put(8);
  await wait(0);
  expect([input.value, asked.length]).toEqual(["8", 2]);
});

test("nothing found says so; a failure can be tried again, by key and by mouse", async () => {
  const { input } = await draw();
  await type(input, "zz");
  await wait(200);
  await asked[0]?.answer([]);
  expect(screen.getByRole("status").textContent).toBe("No choice matches");
  await type(input, "zzz");
  await wait(200);
  await asked[1]?.fail();
  expect(screen.getByRole("alert").textContent).toContain("could not be loaded");
  await press(input, "Enter");
  await wait(0);
  await asked[2]?.fail();
  await fireEvent.click(screen.getByRole("button", { name: "Try again" }));
  await wait(0);
  await asked[3]?.answer([["Zoe", 9]]);
  expect([options(), searches().map(({ data }) => data)]).toEqual([["Zoe"], ["zz", "zzz", "zzz", "zzz"]]);
});

test("a value of the reader's own is taken as it was typed, found or not", async () => {
  const { host, input } = await draw({ allow_custom_value: true });
  await type(input, "mine");
  await press(input, "Enter");
  expect([host.value, input.value]).toEqual(["mine", "mine"]);
});
