import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import Pagination, { adopt } from "./Pagination.svelte";
import type { PaginationProps } from "./pagination.gen";
import { pageAt, placeOf, type PageValue } from "./paging";

function draw(value: PageValue = 1, props: Partial<PaginationProps> = {}): Fake<PaginationProps, PageValue> {
  const host = fakeHost<PaginationProps, PageValue>(
    { name: "pagination", label: "Towns", total: 95, page_size: 10, show_label: false, ...props },
    value,
  );
  render(Pagination, { host });
  return host;
}

const button = (name: string) => screen.getByRole("button", { name });
const current = () => document.querySelector("[aria-current]")?.textContent;
const numbers = () => [...document.querySelectorAll("nav button:not(.arrow), .gap")].map(({ textContent }) => textContent);

test("pages are counted from what there is", () => {
  expect(placeOf(3, 10, 25)).toEqual({ page: 3, pages: 3, from: 21, to: 25 });
  expect(placeOf(9, 10, 25).page).toBe(3);
  expect(placeOf(1, 10, 0)).toEqual({ page: 1, pages: 1, from: 0, to: 0 });
  expect(pageAt(placeOf(3, 10, 95), 20)).toBe(2);
});

test("it is a landmark that says where one is", () => {
  draw(5);
  expect(screen.getByRole("navigation", { name: "Towns" })).toBeTruthy();
  expect([current(), numbers()]).toEqual(["5", ["1", "…", "4", "5", "6", "…", "10"]]);
  expect(screen.getByRole("status").textContent.trim()).toBe("41–50 of 95");
});

test("numbers and arrows lead to other pages", async () => {
  const host = draw(5);
  await fireEvent.click(button("Page 6"));
  await fireEvent.click(button("Next page"));
  await fireEvent.click(button("Previous page"));
  expect(host.written).toEqual([6, 7, 6]);
  expect(host.dispatched.slice(0, 2)).toEqual([
    { event: "input", data: undefined },
    { event: "select", data: { index: 5, value: 6, selected: true } },
  ]);
});

test("at the end the arrow keeps its focus, and leads nowhere", async () => {
  const host = draw(10);
  expect(button("Next page").getAttribute("aria-disabled")).toBe("true");
  await fireEvent.click(button("Next page"));
  expect(host.written).toEqual([]);
});

test("without ends there are arrows to the first and the last page", async () => {
  const host = draw(5, { boundaries: 0, siblings: 0 });
  expect(numbers()).toEqual(["…", "5", "…"]);
  await fireEvent.click(button("Last page"));
  await fireEvent.click(button("First page"));
  expect(host.written).toEqual([10, 1]);
});

test("another size keeps the first entry in sight, and the value says it", async () => {
  const host = draw(3, { page_sizes: [10, 50] });
  await fireEvent.change(screen.getByRole("combobox", { name: "Entries on a page" }), { target: { value: "50" } });
  expect([host.value, host.props.page_size, current()]).toEqual([{ page: 1, page_size: 50 }, 50, "1"]);
  await fireEvent.click(button("Page 2"));
  expect(host.value).toEqual({ page: 2, page_size: 50 });
  const size = { name: "pagination", page_size: 50 };
  expect(adopt(1, host.value, size)).toEqual({ page: 1, page_size: 50 }); // a function leads back to the first page
  expect([adopt(1, host.value, { ...size, page_size: 20 }), adopt(1, 3, size)]).toEqual([1, 1]);
  host.update({ page_size: 20 }); // it says how large they are: now the server knows
  await tick();
  expect([host.value, current()]).toEqual([2, "2"]);
});

test("when there is less, one is on the last page", async () => {
  const host = draw(9);
  host.update({ total: 12 });
  await tick();
  expect([current(), host.written]).toEqual(["2", [2]]);
  host.update({ total: 0 });
  await tick();
  expect([host.value, screen.getByRole("status").textContent.trim()]).toEqual([1, "No entries"]);
});

test("what cannot be changed is only shown", () => {
  draw(2, { interactive: false, page_sizes: [10, 20] });
  expect(screen.getByRole<HTMLButtonElement>("button", { name: "Page 3" }).disabled).toBe(true);
  expect(screen.getByRole<HTMLSelectElement>("combobox").disabled).toBe(true);
});
