import { describe, expect, test } from "vitest";
import type { ProgressUnit, Status } from "./contract";
import { spokenText } from "./spoken";
import { bars, etaFraction, percentText, queueText, timeText } from "./status";
import { IDLE } from "./stub";

const pending: Status = { ...IDLE, stage: "pending", startedAt: 1_000 };

function unit(members: Partial<ProgressUnit>): ProgressUnit {
  return { index: null, length: null, unit: null, progress: null, desc: null, ...members };
}

describe("time", () => {
  test("shows elapsed and estimated seconds", () => {
    expect(timeText({ ...pending, eta: 3.21 }, 2_400)).toBe("1.4/3.2s");
  });

  test("shows only elapsed seconds without an estimate", () => {
    expect(timeText(pending, 2_400)).toBe("1.4s");
  });

  test("is empty while nothing runs, and never negative", () => {
    expect(timeText(IDLE, 2_400)).toBe("");
    expect(timeText(pending, 900)).toBe("0.0s");
  });

  test("never fills the line of the estimate", () => {
    expect(etaFraction({ ...pending, eta: 2 }, 2_000)).toBe(0.5);
    expect(etaFraction({ ...pending, eta: 2 }, 60_000)).toBe(0.97);
    expect(etaFraction(pending, 2_000)).toBeNull();
  });
});

describe("queue", () => {
  test("counts places from one", () => {
    expect(queueText({ ...pending, position: 1, queueSize: 5 }, null)).toBe("queue: 2/5");
  });

  test("is never smaller than the place in it", () => {
    expect(queueText({ ...pending, position: 2, queueSize: 1 }, null)).toBe("queue: 3/3");
  });

  test("says that a call runs once it has left the queue", () => {
    expect(queueText(pending, null)).toBe("processing");
    expect(queueText({ ...pending, stage: "complete" }, null)).toBe("");
  });
});

test("what is spoken leaves errors to the messages, and does not change with the clock", () => {
  expect(spokenText({ ...IDLE, stage: "error", message: "Too long" }, { t: null })).toBe("");
  expect(spokenText({ ...IDLE, stage: "error" }, { t: null })).toBe("Error");
  expect(spokenText({ ...pending, position: 0, queueSize: 4 }, { t: null })).toBe(
    "Waiting, 1 of 4 in the queue",
  );
  expect(spokenText({ ...IDLE, stage: "complete" }, { t: null })).toBe("Done");
  expect(spokenText(pending, { isDown: true, t: null })).toBe("waiting for the connection");
});

test("progress becomes one bar for each unit, outermost first", () => {
  const units = [
    unit({ index: 3, length: 10, unit: "steps", desc: "Epoch" }),
    unit({ progress: 0.256 }),
    unit({ index: 7, unit: "rows" }),
    unit({ index: 30, length: 10 }),
  ];
  expect(bars(units)).toEqual([
    { text: "Epoch", count: "3/10 steps", fraction: 0.3 },
    { text: "", count: "", fraction: 0.256 },
    { text: "", count: "7 rows", fraction: null },
    { text: "", count: "30/10", fraction: 1 },
  ]);
  expect(bars(null)).toEqual([]);
  expect(percentText(0.256)).toBe("26%");
  expect(percentText(null)).toBe("");
});
