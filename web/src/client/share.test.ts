import { expect, test } from "vitest";
import { share } from "./share";

test("equal values come back as the old one", () => {
  const old = { a: [1, { b: "x" }], c: null };
  expect(share(old, structuredClone(old))).toBe(old);
});

test("only what differs is new", () => {
  const old = [{ n: 1 }, { n: 2 }, { n: 3 }];
  const next = share(old, [{ n: 1 }, { n: 9 }, { n: 3 }, { n: 4 }]) as typeof old;
  expect(next).toEqual([{ n: 1 }, { n: 9 }, { n: 3 }, { n: 4 }]);
  expect(next[0]).toBe(old[0]);
  expect(next[2]).toBe(old[2]);
});

test("a shorter list, a missing key and another kind are differences", () => {
  expect(share([1, 2], [1])).toEqual([1]);
  expect(share({ a: 1, b: undefined }, { a: 1, c: undefined })).toEqual({ a: 1, c: undefined });
  expect(share([1], { 0: 1 })).toEqual({ 0: 1 });
});

test("a file of the browser is never compared member by member", () => {
  const file = new File(["a"], "a.txt");
  expect(share(new File(["b"], "b.txt"), file)).toBe(file);
});
