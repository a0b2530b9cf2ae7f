import { fireEvent, render, screen } from "@testing-library/svelte";
import { tick } from "svelte";
import { describe, expect, test } from "vitest";
import { fakeHost, type Fake } from "$ui/testing";
import { direction, sparkline, written, type Figure, type Measured } from "./figures";
import Metric from "./Metric.svelte";
import type { MetricProps } from "./metric.gen";

type Value = Figure | Measured;

function draw(value: Value, props: Partial<MetricProps> = {}, heard: readonly string[] = []): Fake<MetricProps, Value> {
  const host = fakeHost<MetricProps, Value>({ name: "metric", label: "Revenue", ...props }, value, {
    listens: (event) => heard.includes(event),
  });
  render(Metric, { host });
  return host;
}

const figure = () => document.querySelector(".figure")?.textContent.trim();
const delta = () => document.querySelector(".delta");

describe("figures", () => {
  test("are written as the language does", () => {
    expect(written(48250.5, { locale: "en" })).toBe("48,250.5");
    expect(written(48250.5, { locale: "de", precision: 2 })).toBe("48.250,50");
    expect(written(1_284_000, { locale: "en", format: "compact" })).toBe("1.3M");
    expect(written(0.1234, { locale: "en", format: "percent" })).toBe("12.3%");
    expect(written(12, { locale: "en" }, true)).toBe("+12");
    expect(written("A+", { locale: "en" }, true)).toBe("A+");
  });

  test("go up, down, or nowhere", () => {
    expect([3, -3, 0].map(direction)).toEqual([1, -1, 0]);
    expect(["+4 %", "2 more", "-4", "−4", "0", "0.0%", "+0,00 %"].map(direction)).toEqual([1, 1, -1, -1, 0, 0, 0]);
  });

  test("make a line, which gaps part", () => {
    const size = { width: 100, height: 10 };
    expect(sparkline([0, 5, 10], size)).toEqual({ line: "M0 10L50 5L100 0", area: "M0 10L0 10L50 5L100 0V10Z", end: [100, 0] });
    expect(sparkline([0, null, 10], size)?.line).toBe("M0 10h0M100 0h0");
    expect(sparkline([4, 4], size)?.line).toBe("M0 5L100 5");
    expect([sparkline([], size), sparkline([4], size), sparkline([4, null], size)]).toEqual([null, null, null]);
    expect(sparkline(Array.from({ length: 200_000 }, (_, i) => i), size)?.end).toEqual([100, 0]);
  });
});

test("a number with what stands around it", () => {
  draw(48250, { prefix: "€", suffix: "k", info: "Of this year" });
  expect(figure()).toBe("€48,250k");
  expect(screen.getByRole("group", { name: "Revenue", description: "Of this year" })).toBeTruthy();
  expect([delta(), screen.queryByRole("img"), screen.queryByRole("button")]).toEqual([null, null, null]);
});

test("a change has a sign and an arrow, and a mood", async () => {
  const host = draw(10, { delta: 4, delta_label: "since yesterday" });
  const seen = () => [delta()?.textContent.trim(), delta()?.classList[1], document.querySelector(".way")?.className.includes("up")];
  expect(seen()).toEqual(["+4", "good", true]);
  host.update({ delta_color: "inverse" });
  await tick();
  expect(seen()).toEqual(["+4", "bad", true]);
  host.put({ value: 10, delta: -2 });
  await tick();
  expect(seen()).toEqual(["-2", "good", false]);
  host.update({ delta_color: "off" });
  await tick();
  expect(seen()).toEqual(["-2", "even", false]);
  host.put({ value: 10, delta: 0 });
  await tick();
  expect(seen()).toEqual(["0", "even", undefined]);
  expect(screen.getByText("since yesterday")).toBeTruthy();
});

test("the line of how it went is told, too", async () => {
  const host = draw(3, { trend: [1, 5, 3] });
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("3 values from 1 to 3, lowest 1, highest 5");
  host.put({ value: 3, trend: [2, null, 1] });
  await tick();
  expect(screen.getByRole("img").getAttribute("aria-label")).toBe("2 values from 2 to 1, lowest 1, highest 2");
});

test("no figure is a dash", () => {
  draw(null);
  expect(figure()).toBe("—Empty value");
});

test("it is a button where somebody listens", async () => {
  const host = draw("good", {}, ["click"]);
  await fireEvent.click(screen.getByRole("button", { name: "Revenue" }));
  expect(host.dispatched).toEqual([{ event: "click", data: undefined }]);
});
