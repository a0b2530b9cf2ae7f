import { expect, test } from "vitest";
import { pagesShown } from "./pages";

test("pages around the current one are offered, and the ends", () => {
  expect(pagesShown(1, 3)).toEqual([1, 2, 3]);
  expect(pagesShown(6, 11)).toEqual([1, null, 5, 6, 7, null, 11]);
  expect(pagesShown(500_000, 1_000_000)).toEqual([1, null, 499_999, 500_000, 500_001, null, 1_000_000]);
});

test("a gap hides two pages at least, and there are as many places everywhere", () => {
  expect(pagesShown(5, 11)).toEqual([1, null, 4, 5, 6, null, 11]);
  expect(pagesShown(4, 11)).toEqual([1, 2, 3, 4, 5, null, 11]);
  expect(pagesShown(3, 11)).toEqual([1, 2, 3, 4, 5, null, 11]);
  expect(pagesShown(9, 11)).toEqual([1, null, 7, 8, 9, 10, 11]);
  const lengths = Array.from({ length: 40 }, (_, page) => pagesShown(page + 1, 40, { siblings: 2, boundaries: 2 }).length);
  expect(new Set(lengths)).toEqual(new Set([11]));
});

test("the ends can be left out", () => {
  expect(pagesShown(5, 9, { siblings: 0, boundaries: 0 })).toEqual([null, 5, null]);
  expect(pagesShown(1, 0)).toEqual([]);
});
