import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import { fakeHost } from "$ui/testing";
import Skeleton from "./Skeleton.svelte";
import type { SkeletonProps } from "./skeleton.gen";

function draw(props: Partial<SkeletonProps>) {
  render(Skeleton, { props: { host: fakeHost<SkeletonProps>({ name: "skeleton", ...props }) } });
  const status = screen.getByRole("status");
  return { status, shapes: [...status.querySelectorAll<HTMLElement>(".shape")] };
}

test.each([
  [{}, 3],
  [{ lines: 5 }, 5],
  [{ variant: "rect" }, 1],
  [{ variant: "circle" }, 1],
  [{ variant: "card", lines: 2 }, 3],
  [{ variant: "chat", lines: 4 }, 6],
] as [Partial<SkeletonProps>, number][])("%j is %i shapes", (props, count) => {
  const { status, shapes } = draw(props);
  expect([status.textContent?.trim(), shapes.length]).toEqual(["Loading", count]);
  expect(shapes.every((shape) => shape.closest("[aria-hidden=true]"))).toBe(true);
});

test("it is as large as the author says, and says what it stands for", () => {
  const { status, shapes } = draw({ variant: "rect", width: 200, height: "4rem", label: "The map is loading" });
  expect([status.style.inlineSize, shapes[0]!.style.blockSize]).toEqual(["200px", "4rem"]);
  expect(status.textContent).toContain("The map is loading");
});
