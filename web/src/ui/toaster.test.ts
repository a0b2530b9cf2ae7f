import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Toaster } from "./toaster.svelte";

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

function messages(toaster: Toaster): string[] {
  return toaster.visible.map((toast) => toast.message);
}

test("a message leaves after its seconds", () => {
  const toaster = new Toaster();
  toaster.push("info", "Saved", { duration_s: 3 });
  vi.advanceTimersByTime(2_999);
  expect(messages(toaster)).toEqual(["Saved"]);
  vi.advanceTimersByTime(1);
  expect(messages(toaster)).toEqual([]);
});

test("a message without a duration stays until it is closed", () => {
  const toaster = new Toaster();
  const id = toaster.push("error", "Broken", { duration_s: null });
  vi.advanceTimersByTime(1e9);
  expect(messages(toaster)).toEqual(["Broken"]);
  toaster.dismiss(id);
  expect(messages(toaster)).toEqual([]);
});

test("pausing stops the time that is left, resuming goes on with it", () => {
  const toaster = new Toaster();
  toaster.push("info", "Read me", { duration_s: 2 });
  vi.advanceTimersByTime(1_500);
  toaster.pause();
  vi.advanceTimersByTime(60_000);
  expect(messages(toaster)).toEqual(["Read me"]);
  toaster.resume();
  vi.advanceTimersByTime(499);
  expect(messages(toaster)).toEqual(["Read me"]);
  vi.advanceTimersByTime(1);
  expect(messages(toaster)).toEqual([]);
});

test("a message that comes while paused waits for its full time", () => {
  const toaster = new Toaster();
  toaster.push("info", "first", { duration_s: null });
  toaster.pause();
  toaster.push("info", "second", { duration_s: 1 });
  vi.advanceTimersByTime(5_000);
  toaster.resume();
  vi.advanceTimersByTime(999);
  expect(messages(toaster)).toEqual(["first", "second"]);
  vi.advanceTimersByTime(1);
  expect(messages(toaster)).toEqual(["first"]);
});

test("the newest five are shown, and older ones return when those have gone", () => {
  const toaster = new Toaster();
  for (let i = 1; i <= 7; i++) toaster.push("info", `${i}`, { duration_s: i <= 2 ? null : 1 });
  expect(messages(toaster)).toEqual(["3", "4", "5", "6", "7"]);
  vi.advanceTimersByTime(1_000);
  expect(messages(toaster)).toEqual(["1", "2"]);
});

test("the time of a message that is not shown does not pass", () => {
  const toaster = new Toaster();
  for (let i = 1; i <= 7; i++) toaster.push("info", `${i}`, { duration_s: 2 });
  vi.advanceTimersByTime(2_000);
  expect(messages(toaster)).toEqual(["1", "2"]);
  vi.advanceTimersByTime(1_999);
  expect(messages(toaster)).toEqual(["1", "2"]);
  vi.advanceTimersByTime(1);
  expect(messages(toaster)).toEqual([]);
});

test("Escape's target is the newest", () => {
  const toaster = new Toaster();
  toaster.push("info", "old");
  toaster.push("info", "new");
  expect(toaster.dismissNewest()).toBe(true);
  expect(messages(toaster)).toEqual(["old"]);
  toaster.clear();
  expect(toaster.dismissNewest()).toBe(false);
});

test("a flood does not grow without end", () => {
  const toaster = new Toaster();
  for (let i = 0; i < 500; i++) toaster.push("warning", "again", { duration_s: null });
  expect(toaster.items.length).toBe(50);
});

test("closing the last one while paused lets the next one run", () => {
  const toaster = new Toaster();
  const id = toaster.push("info", "hovered", { duration_s: 1 });
  toaster.pause();
  toaster.dismiss(id);
  toaster.push("info", "next", { duration_s: 1 });
  vi.advanceTimersByTime(1_000);
  expect(messages(toaster)).toEqual([]);
});
