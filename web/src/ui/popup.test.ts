import { expect, test } from "vitest";
import { place } from "./popup";

const view = { width: 400, height: 600, maxHeight: 300, right: false };
const control = (top: number, left = 20) => ({ left, right: left + 100, top, bottom: top + 40 });

test("opens below the control", () => {
  expect(place(control(100), { width: 100, height: 200 }, view)).toEqual({
    left: 20,
    top: 144,
    maxHeight: 300,
    above: false,
  });
});

test("opens above where there is more room, and shrinks to it", () => {
  const at = place(control(500), { width: 100, height: 200 }, view);
  expect([at.above, at.top]).toEqual([true, 296]);
  const low = place(control(200), { width: 100, height: 900 }, { ...view, height: 400, maxHeight: 900 });
  expect([low.above, low.maxHeight, low.top]).toEqual([true, 188, 8]);
});

test("stays inside the window, and lines up with the right edge if wanted", () => {
  expect(place(control(0, 350), { width: 200, height: 50 }, view).left).toBe(192);
  expect(place(control(0, 250), { width: 200, height: 50 }, { ...view, right: true }).left).toBe(150);
  expect(place(control(0, 0), { width: 500, height: 50 }, view).left).toBe(8);
});
