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

test("opens above if wanted, and below where that has more room", () => {
  const top = { ...view, side: "top" as const };
  expect(place(control(300), { width: 100, height: 200 }, top).top).toBe(96);
  expect(place(control(100), { width: 100, height: 200 }, top)).toMatchObject({ above: false, top: 144 });
});

test("opens beside the control, on the other side or below it where it does not fit", () => {
  const size = { width: 120, height: 100 };
  const right = { ...view, side: "right" as const };
  expect(place(control(100), size, right)).toMatchObject({ left: 124, top: 100 });
  expect(place(control(100, 280), size, right)).toMatchObject({ left: 156, top: 100 });
  expect(place(control(560), size, right).top).toBe(492);
  expect(place(control(100, 150), { width: 300, height: 100 }, { ...right, side: "left" })).toMatchObject({
    left: 92,
    top: 144,
  });
});

test("stands in the middle of its side", () => {
  const size = { width: 60, height: 20 };
  expect(place(control(100), size, { ...view, centered: true }).left).toBe(40);
  expect(place(control(100), size, { ...view, centered: true, side: "right" }).top).toBe(110);
});
