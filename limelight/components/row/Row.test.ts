import { render, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";
import type { Host } from "$ui/contract";
import { fakeHost, nodeContext } from "$ui/testing";
import Row from "./Row.svelte";

test("draws its blocks, with the author's id, classes and sizes", () => {
  const host = fakeHost(
    { name: "row", elem_id: "mine", elem_classes: ["a"], height: 200, max_height: "50vh", scale: 2 },
    null,
    { children: [fakeHost({ name: "textbox", label: "In" }, null, { id: 5 })] as unknown as Host[] },
  );
  render(Row, { props: { host }, context: nodeContext() });
  const row = screen.getByText("In").parentElement!;
  expect([row.id, row.style.height, row.style.maxHeight, row.style.flexGrow]).toEqual([
    "mine",
    "200px",
    "50vh",
    "2",
  ]);
  expect([...row.classList]).toEqual(expect.arrayContaining(["row", "a", "unequal-height"]));
});
